"""Scenarios as a file that can be loaded again (`tables.scenarios`)."""

from collections.abc import Mapping

import tomli_w

from ipsdash.tables.scenarios import BLOCK, NAME


def toml(scenarios: Mapping[str, Mapping[str, float | str]], about: str) -> bytes:
    """A block for each scenario, by name, with what it changes. about: lines of comment on top."""
    comment = "".join(f"# {line}\n" for line in about.splitlines())
    blocks = [{NAME: name, **{key: _short(given) for key, given in changed.items()}} for name, changed in scenarios.items()]
    # Each on its own, so that a reader of the file finds it under a heading.
    return "\n".join([comment, *(f"[[{BLOCK}]]\n{tomli_w.dumps(block)}" for block in blocks)]).encode()


def _short(given: float | str) -> float | int | str:
    """A whole number without its decimal point."""
    return int(given) if isinstance(given, float) and given.is_integer() else given
