"""Where the numbers of this machine are: the public files, and the editions."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def public_path() -> Path:
    """Where the public tables are read from: IPSDASH_DATA, or the folder data/."""
    return Path(os.environ.get("IPSDASH_DATA") or ROOT / "data")


def store_folder() -> Path:
    """Where editions are kept: IPSDASH_STORE, or the folder var/."""
    return Path(os.environ.get("IPSDASH_STORE") or ROOT / "var")


def example_path() -> Path:
    """Where the invented example is read from; it lies over the public files that come with the product."""
    return ROOT / "data" / "example"
