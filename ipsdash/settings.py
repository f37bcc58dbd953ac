"""All settings of the program: one table, and the only place that reads the environment for them.

A value is read when it is needed, so that a test may change it, and is validated each time it is
read. `faults` validates all of them at once, before the server or a command starts.
"""

import difflib
import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PREFIX = "IPSDASH"
# Kubernetes gives these names to every container beside a service called "ipsdash".
SERVICE_LINK = re.compile(r"IPSDASH_(SERVICE_(HOST|PORT(_\w+)?)|PORT(_\w+)?)")
ADDRESS = re.compile(r"[^\s@,|]+@[^\s@,|]+")
ISSUER = re.compile(r"https?://[^\s|,]+")
ORIGIN = re.compile(r"'self'|https?://(\*\.)?[A-Za-z0-9.-]+(:\d{1,5}|:\*)?")
PASSWORD_HASH = re.compile(r"scrypt:[0-9a-f]{32}:[0-9a-f]{128}")
MAX_SECONDS_DIGITS = 10
ENVIRONMENT, DEFAULT = "environment", "default"


@dataclass(frozen=True)
class Setting:
    """One setting. read: makes the value of its text, ValueError for a text that is not allowed.

    allowed: the choices, or the key of `setting.allowed` in the text files that says what is
    allowed. default: the value without the setting; default_text: how the documents write it,
    "" for nobody.
    """

    name: str
    meaning: str
    allowed: tuple[str, ...] | str
    read: Callable[[str], object]
    default: object
    default_text: str
    secret: bool = False


@dataclass(frozen=True)
class SettingFault:
    """What is wrong with one variable of the environment.

    code: "unknown" (no such setting; nearest: the name that was probably meant, or ""),
    "empty", "value", or "secret" (a wrong value that must not be repeated).
    """

    code: str
    name: str
    value: str = ""
    nearest: str = ""


class WrongSetting(ValueError):
    """A setting has a value that is not allowed."""

    def __init__(self, fault: SettingFault):
        super().__init__(f"{fault.name}: {fault.code} {fault.value}".strip())
        self.fault = fault


def _choice(*choices: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in choices:
            raise ValueError(text)
        return text

    return read


def _path(text: str) -> Path:
    if not text.isprintable():
        raise ValueError(text)
    return Path(text)


def _publishers(text: str) -> frozenset[str | tuple[str, str]]:
    """Addresses in lower case, and pairs of issuer and subject as they are written."""
    found: set[str | tuple[str, str]] = set()
    for entry in filter(None, (part.strip() for part in text.split(","))):
        # A subject may itself contain "|" (Auth0); an issuer is a URL and never does.
        issuer, bar, subject = entry.partition("|")
        if bar and ISSUER.fullmatch(issuer.strip()) and subject.strip():
            found.add((issuer.strip(), subject.strip()))
        elif not bar and ADDRESS.fullmatch(entry):
            found.add(entry.casefold())
        else:
            raise ValueError(entry)
    if not found:
        raise ValueError(text)
    return frozenset(found)


def _claim(text: str) -> tuple[str, str]:
    name, _, value = text.partition("=")
    if not name.strip() or not value.strip():
        raise ValueError(text)
    return name.strip(), value.strip()


def _password_hash(text: str) -> str:
    if not PASSWORD_HASH.fullmatch(text):
        raise ValueError
    return text


def _origins(text: str) -> tuple[str, ...]:
    origins = tuple(text.split())
    if not origins or not all(ORIGIN.fullmatch(origin) for origin in origins):
        raise ValueError(text)
    return origins


def _seconds(text: str) -> int | None:
    """Seconds; None for "off"."""
    if text == "off":
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= MAX_SECONDS_DIGITS):
        raise ValueError(text)
    return int(text)


STORE = Setting("IPSDASH_STORE", "folder of editions", "path", _path, ROOT / "var", "`var/`")
DATA = Setting(
    "IPSDASH_DATA",
    "other public tables: a folder or a workbook; counts of people there are a fault, publish them",
    "path", _path, ROOT / "data", "`data/`",
)
CACHE = Setting(
    "IPSDASH_CACHE",
    "folder of Streamlit's files packed for the wire; may be read-only once "
    "`python -m ipsdash.ui.shelf` has filled it",
    "path", _path, ROOT / "var" / "packed", "`var/packed`",
)
EVERYBODY, SIGNED_IN = "everybody", "signed-in"
READING = Setting(
    "IPSDASH_READING", "who may read", (EVERYBODY, SIGNED_IN), _choice(EVERYBODY, SIGNED_IN),
    EVERYBODY, "`everybody`",
)
PUBLISHERS = Setting(
    "IPSDASH_PUBLISHERS", "who may publish, when signed in", "publishers", _publishers,
    frozenset(), "",
)
CLAIM = Setting(
    "IPSDASH_PUBLISH_CLAIM",
    "claim of those who may publish, when signed in: `groups=ips-publisher`", "claim", _claim,
    None, "",
)
PASSWORD = Setting(
    "IPSDASH_PUBLISH_PASSWORD_HASH",
    "hash of the password for publishing, on a machine without sign-in", "hash", _password_hash,
    None, "", secret=True,
)
CONNECTION, REAL_IP = "connection", "x-real-ip"
CLIENT_ADDRESS = Setting(
    "IPSDASH_CLIENT_ADDRESS",
    "where a reader's address is seen, for waiting times after wrong passwords: `x-real-ip` behind "
    "nginx, and only where nobody reaches the dashboard but through it",
    (CONNECTION, REAL_IP), _choice(CONNECTION, REAL_IP), CONNECTION, "`connection`",
)
ANCESTORS = Setting(
    "IPSDASH_FRAME_ANCESTORS",
    "who may show the dashboard in a frame: `https://intranet.example.no`", "origins", _origins,
    (), "",
)
HSTS = Setting(
    "IPSDASH_HSTS",
    "how long a browser stays with TLS (a year), behind TLS only; `0` takes it back, `off` says nothing",
    "seconds", _seconds, 31_536_000, "`31536000`",
)
TEXT, JSON = "text", "json"
LOGS = Setting(
    "IPSDASH_LOGS", "the log: errors as text, or one JSON line for each answer and error",
    (TEXT, JSON), _choice(TEXT, JSON), TEXT, "`text`",
)
SETTINGS = (
    STORE, DATA, CACHE, READING, PUBLISHERS, CLAIM, PASSWORD, CLIENT_ADDRESS,
    ANCESTORS, HSTS, LOGS,
)


def value(setting: Setting, environment: Mapping[str, str] | None = None) -> object:
    """The value of a setting. environment: None is that of the process. Raises WrongSetting."""
    text = (os.environ if environment is None else environment).get(setting.name)
    if text is None:
        return setting.default
    fault = _fault(setting, text)
    if fault:
        raise WrongSetting(fault)
    return setting.read(text)


def faults(environment: Mapping[str, str] | None = None) -> list[SettingFault]:
    """Everything that is wrong with the settings, names that are not settings first."""
    given = os.environ if environment is None else environment
    known = {setting.name: setting for setting in SETTINGS}
    strange = [
        name for name in sorted(given)
        if name.upper().startswith(PREFIX) and name not in known and not SERVICE_LINK.fullmatch(name)
    ]
    unknown = [SettingFault("unknown", name, nearest=_nearest(name)) for name in strange]
    wrong = [_fault(setting, given[name]) for name, setting in known.items() if name in given]
    return [*unknown, *filter(None, wrong)]


def overview(
    environment: Mapping[str, str] | None = None,
) -> Iterator[tuple[Setting, str | None, str]]:
    """Every setting with its text (None for a secret that is set) and where that comes from."""
    given = os.environ if environment is None else environment
    for setting in SETTINGS:
        text = given.get(setting.name)
        source = DEFAULT if text is None else ENVIRONMENT
        shown = setting.default_text.strip("`") if text is None else text
        yield setting, None if setting.secret and text is not None else shown, source


def _fault(setting: Setting, text: str) -> SettingFault | None:
    # An empty value is not "not set": `IPSDASH_READING=$READING` would open everything in silence.
    if not text.strip():
        return SettingFault("empty", setting.name)
    try:
        setting.read(text)
    except ValueError:
        if setting.secret:
            return SettingFault("secret", setting.name)
        return SettingFault("value", setting.name, text)
    return None


def _nearest(name: str) -> str:
    found = difflib.get_close_matches(name.upper(), [setting.name for setting in SETTINGS], 1)
    return found[0] if found else ""
