"""Pages are drawn one after another, who came first before the others, and a page that takes long keeps nobody waiting."""

import threading
import time

import pytest

from ipsdash.ui.turns import Turns

LONG_S = 60


class Readers:
    """Readers who come one after another, each known by the place in which it came."""

    def __init__(self, turns: Turns):
        self.turns = turns
        self.order: list[int] = []
        self.at_once = self.most = 0
        self.threads: list[threading.Thread] = []

    def come(self, number: int) -> None:
        for place in range(number):
            thread = threading.Thread(target=self._draw, args=(place,))
            thread.start()
            self.threads.append(thread)
            until(lambda place=place: place in self.order or len(self.turns.waiting) > place - len(self.order))

    def end(self) -> None:
        for thread in self.threads:
            thread.join(LONG_S)

    def _draw(self, place: int) -> None:
        with self.turns.turn():
            self.at_once += 1
            self.most = max(self.most, self.at_once)
            self.order.append(place)
            time.sleep(0.001)
            self.at_once -= 1


def until(true) -> None:
    latest = time.monotonic() + LONG_S
    while not true():
        assert time.monotonic() < latest
        time.sleep(0.001)


def test_who_comes_first_is_drawn_first_and_alone():
    readers = Readers(Turns(LONG_S))
    with readers.turns.turn():
        readers.come(8)
        assert readers.order == []
    readers.end()
    assert readers.order == list(range(8)) and readers.most == 1


def test_a_page_that_takes_long_keeps_nobody_waiting_and_the_others_keep_their_order():
    readers = Readers(Turns(0.1))
    with readers.turns.turn():
        readers.come(5)
        readers.end()
        assert readers.order == list(range(5))
    assert not readers.turns.waiting


def test_the_end_of_a_page_that_took_long_does_not_end_the_turn_of_another():
    turns = Turns(0.01)
    long = turns.turn()
    long.__enter__()
    with turns.turn():
        drawn, _ = turns.last
        long.__exit__(None, None, None)
        assert not drawn.is_set()
    assert drawn.is_set()


def test_a_page_that_breaks_ends_its_turn():
    readers = Readers(Turns(LONG_S))
    with pytest.raises(RuntimeError), readers.turns.turn():
        raise RuntimeError
    readers.come(1)
    readers.end()
    assert readers.order == [0]
