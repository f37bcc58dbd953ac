"""Files that no address can be guessed of.

Streamlit serves a download under a hash of its bytes, and asks nobody who wants it. A file with
hidden numbers that is the same each time would let a reader guess them: whoever makes the right file
knows its address, and hears whether it is there.
"""

import io
import secrets
import zipfile

TOKEN_BYTES = 16


def unguessable(archive: bytes) -> bytes:
    """A ZIP archive or workbook with random bytes in its comment, which no program shows."""
    file = io.BytesIO(archive)
    with zipfile.ZipFile(file, "a") as parts:
        parts.comment = secrets.token_hex(TOKEN_BYTES).encode()
    return file.getvalue()
