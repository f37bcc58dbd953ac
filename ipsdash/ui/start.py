"""What is checked before the server starts."""

import sys

from ipsdash import settings
from ipsdash.text.settings import fault_sentence
from ipsdash.text.words import Words


def check_settings() -> None:
    """Ends the process with a sentence for each setting that is wrong, before anybody is served."""
    faults = settings.faults()
    if faults:
        words = Words("en")
        sys.exit("\n".join(fault_sentence(words, fault) for fault in faults))
