"""Names of editors and their notes, without signs that nobody sees."""

from ipsdash.store.editions import open_store
from tests.store.made import service


def test_names_and_notes_are_kept_without_signs_that_nobody_sees(tmp_path):
    store = open_store(tmp_path)
    edition = store.publish(service("1"), "Ka\u202eri\x1b[31m", "Tall\u2066 for\nkvartalet\x00", None, counts_people=False)
    assert (edition.who, edition.note) == ("Kari[31m", "Tall for\nkvartalet")
    assert store.edition(1) == store.editions()[0] == edition


def test_names_of_earlier_stores_are_read_without_them(tmp_path, monkeypatch):
    store = open_store(tmp_path)
    with monkeypatch.context() as before:
        before.setattr("ipsdash.store.editions.plain_text", lambda text, **_: text)
        store.publish(service("1"), "Ka\u202eri", "n", None, counts_people=False)
    assert store.edition(1).who == store.editions()[0].who == "Kari"
