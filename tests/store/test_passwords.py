"""A publishing password: only its hash is kept, and guessing gets slower."""

import pytest

from ipsdash.store.passwords import FREE, LONGEST, hashed, matches, wait


def test_a_password_matches_its_hash_and_no_other_does():
    kept = hashed("nordlys over Kárášjohka")
    assert matches("nordlys over Kárášjohka", kept) and not matches("nordlys over Karasjohka", kept)


def test_the_password_is_not_in_what_is_kept_and_two_hashes_differ():
    one, other = hashed("hemmelig"), hashed("hemmelig")
    assert "hemmelig" not in one and one != other


@pytest.mark.parametrize("kept", ["", "hemmelig", "scrypt:xx:yy", "scrypt::", "md5:00:00", "a:b:c:d"])
def test_a_text_that_is_no_hash_matches_nothing(kept):
    assert not matches("hemmelig", kept)


def test_the_wait_doubles_after_the_free_tries_and_has_an_end():
    assert [wait(times) for times in range(FREE + 4)] == [0] * FREE + [1, 2, 4, 8]
    assert wait(100) == wait(10**6) == LONGEST


def test_a_password_of_megabytes_is_not_even_hashed(monkeypatch):
    kept = hashed("nordlys")
    monkeypatch.setattr("hashlib.scrypt", lambda *_, **__: pytest.fail("hashed"))
    assert not matches("x" * 20_000_000, kept)
