"""`python -m ipsdash`: the way of a programme's own numbers without a browser, for scheduled deliveries.

Exit codes: 0 done, 1 the workbook has faults, 2 wrong use, 3 the store could not do it (somebody else published, disk full, damaged).
"""

import argparse
import getpass
import sys
from collections.abc import Iterable
from pathlib import Path

from ipsdash import settings
from ipsdash.export.editions import sealed_texts, whole_folder, whole_workbook
from ipsdash.export.release import delivered, find, to_publish
from ipsdash.export.workbook.marked import marked
from ipsdash.export.workbook.template import template
from ipsdash.store.deliveries import Delivery, received
from ipsdash.store.editions import FILE, Store, open_store
from ipsdash.store.faults import Conflict, Damaged, NoEdition, StoreFault
from ipsdash.store.tables import counts_people, sheets
from ipsdash.tables.faults import Fault
from ipsdash.tables.load import checked_sheets, load, load_over
from ipsdash.text.faults import lines
from ipsdash.text.formats import LANGUAGES
from ipsdash.text.settings import fault_sentence
from ipsdash.text.words import Words
from ipsdash.store.passwords import SHORTEST_PASSWORD, hashed
from ipsdash.store.places import example_path, public_path, store_folder

DONE, FAULTY, MISUSED, HINDERED = 0, 1, 2, 3


def main(given: list[str] | None = None) -> int:
    """Runs one command; gives the exit code."""
    asked = _parser().parse_args(given)
    words = Words(asked.lang)
    wrong = settings.faults() if asked.deed is not _password else []
    if wrong:
        print(*(fault_sentence(words, fault) for fault in wrong), sep="\n", file=sys.stderr)
        return MISUSED
    try:
        return asked.deed(asked, words)
    except Conflict as newer:
        key = "publish.replaced" if newer.replaced else "publish.conflict"
        return _hindered(words(key, number=newer.latest))
    except NoEdition as missing:
        return _hindered(words("cli.no_edition", number=missing.number))
    except (Damaged, StoreFault) as reason:
        return _hindered(words(f"publish.fault.{reason.code}"))
    except OSError as reason:
        return _hindered(words("cli.file", file=reason.filename or "", reason=reason.strerror or ""))


def _hindered(said: str) -> int:
    print(said, file=sys.stderr)
    return HINDERED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m ipsdash", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lang", choices=LANGUAGES, default=LANGUAGES[0], help="language of messages and templates (default: nb)")
    commands = parser.add_subparsers(required=True, metavar="command")
    for name, deed, about, arguments in COMMANDS:
        command = commands.add_parser(name, help=about, description=about)
        command.set_defaults(deed=deed)
        for names, more in arguments:
            command.add_argument(*names, **more)
    return parser


def _template(asked: argparse.Namespace, words: Words) -> int:
    kept = _store()
    latest = kept.latest() if kept else None
    tables = (checked_sheets(sheets(kept.contents(latest)), []) if latest else load(public_path())).tables
    made_from = words("deliver.edition", number=latest) if latest else words("deliver.public")
    asked.file.write_bytes(template(words, tables, asked.filled, made_from))
    return _said(words("cli.written", file=str(asked.file)))


def _check(asked: argparse.Namespace, words: Words) -> int:
    one = _received(asked, words)
    if asked.marked and one.loaded.remarks:
        asked.marked.write_bytes(marked(one.content, one.loaded.remarks, words))
    return _checked(one, words)


def _publish(asked: argparse.Namespace, words: Words) -> int:
    one = _received(asked, words)
    if _checked(one, words) == FAULTY:
        return FAULTY
    kept = open_store(store_folder())
    made = to_publish(delivered(one, kept))
    told = {"counts_people": counts_people(one.sheets), "based_on_seal": one.base_seal}
    edition = kept.publish(made, asked.who, asked.note, one.base, **told)
    return _said(words("publish.done", number=edition.number, checksum=edition.checksum[:12]))


def _editions(asked: argparse.Namespace, words: Words) -> int:
    kept = _store()
    for one in kept.editions() if kept else []:
        print(f"{one.number}\t{one.at}\t{one.who}\t{one.note}\t{one.checksum[:12]}" + (f"\t{words('log.restores', number=one.restores)}" if one.restores else ""))
    return DONE if kept else _said(words("log.none"))


def _restore(asked: argparse.Namespace, words: Words) -> int:
    kept = open_store(store_folder())
    edition = kept.restore(asked.edition, asked.who, asked.note, kept.latest())
    return _said(words("publish.done", number=edition.number, checksum=edition.checksum[:12]))


def _export(asked: argparse.Namespace, words: Words) -> int:
    kept = _store()
    number = asked.edition or (kept.latest() if kept else None)
    if not kept or not number:
        return _hindered(words("log.none"))
    contents = kept.contents(number)
    if asked.sealed:
        asked.file.write_bytes(sealed_texts(contents))
    elif asked.file.suffix == ".zip":
        asked.file.write_bytes(whole_folder(contents, words.lang))
    else:
        asked.file.write_bytes(whole_workbook(contents))
    return _said(words("cli.written", file=str(asked.file)))


def _example(asked: argparse.Namespace, words: Words) -> int:
    loaded = load_over(example_path(), public_path())
    return _said(words("cli.written", file=str(find(example_path(), loaded.tables))))


def _password(asked: argparse.Namespace, words: Words) -> int:
    first, again = getpass.getpass(words("publish.password") + ": "), getpass.getpass(words("cli.again") + ": ")
    if len(first) < SHORTEST_PASSWORD or first != again:
        print(words("cli.not_alike", shortest=SHORTEST_PASSWORD), file=sys.stderr)
        return MISUSED
    return _said(f"{settings.PASSWORD.name}={hashed(first)}")


def _settings(asked: argparse.Namespace, words: Words) -> int:
    for setting, text, source in settings.overview():
        shown = words("setting.not_shown") if text is None else text or words("setting.nobody")
        print(setting.name, shown, words(f"setting.source.{source}"), sep="\t")
    return DONE


def _said(text: str) -> int:
    print(text)
    return DONE


def _store() -> Store | None:
    return open_store(store_folder()) if (store_folder() / FILE).exists() else None


def _received(asked: argparse.Namespace, words: Words) -> Delivery:
    print(words("deliver.reading"), file=sys.stderr)
    return received(asked.workbook.name, asked.workbook.read_bytes(), _store(), public_path(), trusted=True)


def _checked(one: Delivery, words: Words) -> int:
    """Prints what the check found; FAULTY when there are faults."""
    found = one.loaded
    _listed(words, found.notes, words("deliver.notes", notes=len(found.notes)))
    _listed(words, found.warnings, words("deliver.warnings", warnings=len(found.warnings)))
    _listed(words, found.faults, words("deliver.faults", faults=len(found.faults)))
    return FAULTY if found.faults else _said(words("deliver.checked", name=one.name))


def _listed(words: Words, faults: Iterable[Fault], said: str) -> None:
    rows = lines(words, faults)
    if rows:
        print(said, *("\t".join(row) for row in rows), sep="\n", file=sys.stderr)


_WORKBOOK = (("workbook",), {"type": Path, "help": "the workbook (XLSX)"})
_WHO = [(("--who",), {"required": True, "help": "who publishes: stands in the log"}), (("--note",), {"required": True, "help": "what is new, and why: stands in the log"})]
COMMANDS = (
    ("template", _template, "write the workbook to fill in", [(("file",), {"type": Path, "help": "where to write it (XLSX)"}), (("--filled",), {"action": "store_true", "help": "with what is published"})]),
    ("check", _check, "check a workbook and list every fault", [_WORKBOOK, (("--marked",), {"type": Path, "help": "also write the workbook with its faulty cells marked"})]),
    ("publish", _publish, "check a workbook and publish it for all readers, all or nothing", [_WORKBOOK, *_WHO]),
    ("editions", _editions, "list the editions, newest first", []),
    ("restore", _restore, "bring an earlier edition back as the newest", [(("edition",), {"type": int, "help": "its number"}), *_WHO]),
    ("export", _export, "write a whole edition: .xlsx a workbook, .zip CSV files", [(("file",), {"type": Path, "help": "where to write it"}), (("--edition",), {"type": int, "help": "its number (default: the newest)"}), (("--sealed",), {"action": "store_true", "help": "a ZIP of the texts as the checksum was made of them, to count it again"})]),
    ("example", _example, "find anew what of the example's counts of people is hidden (after `python -m ipsdash.example`)", []),
    ("settings", _settings, "list every setting, its value and where that comes from; secrets are not shown", []),
    ("password", _password, "make the text to keep in IPSDASH_PUBLISH_PASSWORD_HASH", []),
)  # fmt: skip

if __name__ == "__main__":
    sys.exit(main())
