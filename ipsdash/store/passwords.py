"""A publishing password for a machine without sign-in: only its hash is kept, and guessing is slow."""

import hashlib
import hmac
import os

# What scrypt costs: about 50 ms for each try.
COST = {"n": 2**14, "r": 8, "p": 1}
# Tries that cost nothing but time; then each failure doubles the wait, up to the longest, seconds.
FREE, LONGEST = 5, 300
MAX_DOUBLINGS = 30
# Characters: a password that is short can be guessed in spite of waiting times.
SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 1000


def hashed(password: str) -> str:
    """The text to keep in the environment instead of the password: "scrypt:salt:hash"."""
    salt = os.urandom(16)
    return f"scrypt:{salt.hex()}:{hashlib.scrypt(password.encode(), salt=salt, **COST).hex()}"


def matches(password: str, kept: str) -> bool:
    """Whether a password is the one whose hash is kept; False for a text that is no such hash."""
    if len(password) > LONGEST_PASSWORD:
        return False
    try:
        kind, salt, expected = kept.split(":")
        made = hashlib.scrypt(password.encode(), salt=bytes.fromhex(salt), **COST).hex()
    except ValueError:
        return False
    return kind == "scrypt" and hmac.compare_digest(made, expected)


def wait(failures: int, free: int = FREE, longest: float = LONGEST) -> float:
    """Seconds to wait before the next try after so many failures in a row."""
    # The exponent has a bound: 2.0 ** 1024 is an OverflowError.
    return 0.0 if failures < free else min(longest, 2.0 ** min(failures - free, MAX_DOUBLINGS))
