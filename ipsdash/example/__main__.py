"""`python -m ipsdash.example [folder]`: writes the example anew, the same bytes each time."""

import sys
from pathlib import Path

from ipsdash.example.files import FOLDER, write

if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
