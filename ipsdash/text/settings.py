"""Settings in words: what is wrong with one, and what is allowed."""

from ipsdash.settings import SETTINGS, Setting, SettingFault
from ipsdash.text.words import Words


def allowed(words: Words, setting: Setting) -> str:
    """The values that a setting may have."""
    if isinstance(setting.allowed, str):
        return words(f"setting.allowed.{setting.allowed}")
    return words("setting.allowed.choice", choices=", ".join(setting.allowed))


def fault_sentence(words: Words, fault: SettingFault) -> str:
    """What is wrong with a setting, in one line whatever its value is."""
    if fault.code == "unknown":
        key = "setting.unknown_near" if fault.nearest else "setting.unknown"
        return words(key, name=ascii(fault.name)[1:-1], nearest=fault.nearest)
    setting = next(setting for setting in SETTINGS if setting.name == fault.name)
    shown = fault.value if fault.value.isprintable() else ascii(fault.value)[1:-1]
    allowed_text = allowed(words, setting)
    return words(f"setting.{fault.code}", name=fault.name, value=shown, allowed=allowed_text)
