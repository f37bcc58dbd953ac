"""Waiting after wrong publishing passwords: a guesser waits, the publisher is not locked out."""

import threading
import time

import pytest

from ipsdash.store.passwords import FREE, LONGEST, hashed
from ipsdash.ui import guesses as module
from ipsdash.ui import roles
from ipsdash.ui.guesses import (
    FORGOTTEN_SECONDS,
    FREE_OF_ADDRESS,
    LONGEST_OF_ADDRESS,
    MAX_ADDRESSES,
    MAX_WAITING,
    Failures,
    Guesses,
    network,
)

STRANGER, HOME = "198.51.100.7", "203.0.113.9"


class Clock:
    now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def guesses(clock):
    return Guesses(clock)


def guess(guesses, times, address=STRANGER, session=None):
    """Wrong tries, each in a new session unless one is given."""
    for _ in range(times):
        guesses.failed(session or Failures(), address)


def test_a_session_waits_longer_after_each_wrong_try(guesses):
    session, seconds = Failures(), []
    for _ in range(FREE + 12):
        guess(guesses, 1, "", session)
        seconds.append(guesses.seconds_left(session, ""))
    assert seconds[: FREE + 4] == [0, 0, 0, 0, 1, 2, 4, 8, 16]
    assert seconds[-1] == LONGEST


def test_strangers_lock_nobody_out_who_comes_from_elsewhere(guesses):
    guess(guesses, 500)
    assert guesses.seconds_left(Failures(), STRANGER) == LONGEST_OF_ADDRESS
    assert guesses.seconds_left(Failures(), HOME) <= 0


def test_a_new_session_of_the_same_address_does_not_end_the_wait(guesses):
    guess(guesses, FREE_OF_ADDRESS)
    assert guesses.seconds_left(Failures(), STRANGER) > 0


def test_an_address_that_is_not_known_counts_for_nobody(guesses):
    guess(guesses, 500, "")
    assert guesses.seconds_left(Failures(), "") <= 0


def test_who_knew_the_password_waits_no_more(guesses):
    session = Failures()
    guess(guesses, FREE_OF_ADDRESS + 2, HOME, session)
    guesses.succeeded(session, HOME)
    assert guesses.seconds_left(session, HOME) <= 0 and session.times == 0


def test_wrong_tries_are_forgotten_after_an_hour(guesses, clock):
    guess(guesses, FREE_OF_ADDRESS - 1)
    clock.now += FORGOTTEN_SECONDS + 1
    guess(guesses, 1)
    assert guesses.seconds_left(Failures(), STRANGER) <= 0


def test_only_so_many_addresses_are_kept(guesses):
    for number in range(MAX_ADDRESSES + 10):
        guess(guesses, 1, str(number))
    assert len(guesses.addresses) == MAX_ADDRESSES and "0" not in guesses.addresses


def test_one_try_is_checked_at_a_time_and_one_of_each_address_waits(guesses):
    inside, most, go, results = [], [], threading.Event(), []

    def take(key):
        with guesses.turn(key) as admitted:
            results.append(admitted)
            if admitted:
                inside.append(key)
                most.append(len(inside))
                go.wait(10)
                inside.remove(key)

    threads = [threading.Thread(target=take, args=(str(key),)) for key in range(MAX_WAITING)]
    for thread in threads:
        thread.start()
    until = time.monotonic() + 30
    while len(guesses.waiting) < MAX_WAITING and time.monotonic() < until:
        threading.Event().wait(0.01)
    # All places are taken; these do not wait, and nothing is counted for them.
    take("0")
    take("another")
    assert results.count(False) == 2
    go.set()
    for thread in threads:
        thread.join(10)
    assert results.count(True) == MAX_WAITING and max(most) == 1 and guesses.waiting == set()
    take("another")
    assert results[-1] is True


@pytest.mark.parametrize(("address", "counted"), [
    ("198.51.100.7", "198.51.100.7"), (" 198.51.100.7 ", "198.51.100.7"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
    ("::ffff:198.51.100.7", "198.51.100.7"), ("", ""), ("unknown", ""), ("198.51.100.7, 10.0.0.1", ""), ("x" * 5000, ""),
])  # fmt: skip
def test_an_address_is_counted_by_its_network(address, counted):
    assert network(address) == counted


class Seen:
    """What `streamlit` gives of one reader, and what was said to them."""

    def __init__(self, headers=None, address=HOME):
        self.session_state, self.warnings, self.runs = {}, [], 0
        self.context = type("Context", (), {"headers": headers or {}, "ip_address": address})

    def warning(self, said):
        self.warnings.append(said)

    def rerun(self):
        self.runs += 1


class Me:
    @staticmethod
    def words(key, **_):
        return key


@pytest.fixture
def reader(monkeypatch, guesses):
    """Makes the reader of the tries that follow."""
    monkeypatch.setenv("IPSDASH_PUBLISH_PASSWORD_HASH", hashed("nordlys"))
    monkeypatch.setattr(roles, "guesses", lambda: guesses)

    def come(**named):
        seen = Seen(**named)
        monkeypatch.setattr(roles, "st", seen)
        monkeypatch.setattr(module, "st", seen)
        return seen

    return come


def test_an_empty_try_counts_nothing_and_costs_nothing(reader, guesses, monkeypatch):
    seen = reader()
    monkeypatch.setattr(roles.passwords, "matches", lambda *_: pytest.fail("checked"))
    for _ in range(100):
        roles._try(Me, "", "guess")
        roles._try(Me, "Kari", "")
    assert set(seen.warnings) == {"publish.no_name", "publish.no_password"}
    assert guesses.addresses == {} and seen.session_state == {}


def test_the_publisher_comes_in_while_strangers_guess(reader, guesses):
    guess(guesses, 500)
    stranger = reader(address=STRANGER)
    roles._try(Me, "Ola", "nordlys")
    assert stranger.warnings == ["publish.wait"] and "publisher" not in stranger.session_state
    publisher = reader(address=HOME)
    roles._try(Me, "Kari", "nordlys")
    assert publisher.session_state["publisher"] == "Kari" and publisher.warnings == []


def test_a_wrong_password_is_counted_for_its_session_and_address(reader, guesses):
    seen = reader(address=STRANGER)
    for _ in range(FREE + 1):
        roles._try(Me, "Ola", "wrong")
    assert seen.warnings == ["publish.refused"] * FREE + ["publish.wait"]
    assert guesses.addresses[STRANGER].times == FREE


def test_a_crowd_makes_a_try_wait_and_counts_nothing_for_it(reader, guesses):
    seen = reader()
    guesses.waiting |= {str(number) for number in range(MAX_WAITING)}
    roles._try(Me, "Kari", "nordlys")
    assert seen.warnings == ["publish.busy"] and guesses.addresses == {}


@pytest.mark.parametrize(("setting", "counted"), [("connection", HOME), ("x-real-ip", "192.0.2.44")])
def test_a_header_is_believed_only_where_a_proxy_sets_it(reader, monkeypatch, setting, counted):
    monkeypatch.setenv("IPSDASH_CLIENT_ADDRESS", setting)
    reader(headers={"X-Real-IP": "192.0.2.44", "X-Forwarded-For": "192.0.2.55"}, address=HOME)
    assert module.client_address() == counted
