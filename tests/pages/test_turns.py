"""A page waits for its turn."""

import threading

from ipsdash.ui import turns as own
from ipsdash.ui.turns import Turns


def test_a_page_is_drawn_when_the_one_before_it_is(visit, monkeypatch):
    turns, seen = Turns(patience=60), []
    monkeypatch.setattr(own, "turns", lambda: turns)
    reader = threading.Thread(target=lambda: seen.append(visit("method").headline))
    with turns.turn():
        reader.start()
        while not turns.waiting and reader.is_alive():
            reader.join(0.01)
        assert turns.waiting and not seen
    reader.join()
    assert seen and seen[0]
