"""Where the numbers of this machine are: the public files, and the editions."""

from pathlib import Path

from ipsdash import settings

ROOT = Path(__file__).resolve().parents[2]


def public_path() -> Path:
    """Where the public tables are read from: IPSDASH_DATA, or the folder data/."""
    return settings.value(settings.DATA)


def store_folder() -> Path:
    """Where editions are kept: IPSDASH_STORE, or the folder var/."""
    return settings.value(settings.STORE)


def example_path() -> Path:
    """Where the invented example is read from; it lies over the public files that come with the product."""
    return ROOT / "data" / "example"
