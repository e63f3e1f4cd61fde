"""Phrases and the host's file: easy to type, kept so that nobody can read them, and there after a crash."""

from __future__ import annotations

import json
import stat
import sys
from pathlib import Path

import pytest

from wargame.errors import CannotWrite, SaveError
from wargame.host.hostfile import MOST_BYTES, HostFile
from wargame.host.phrases import WORDS, Phrases, _words, new_phrase, normal

LOGINS = ("japan", "rok", "wall", "white")


def test_a_phrase_is_four_short_words_and_another_each_time() -> None:
    """Small letters only, from more than a thousand words."""
    words = [word for _ in range(50) for word in new_phrase().split(" ")]

    assert len(words) == 50 * WORDS
    assert all(3 <= len(word) <= 5 and word.isalpha() and word.islower() for word in words)
    assert len(set(words)) > 100
    assert len(_words()) > 1200


def test_each_login_has_its_own_phrase(tmp_path: Path) -> None:
    """It is recognised with blanks or hyphens and in any case; nothing else is, and of no other login."""
    phrases, plain = Phrases.new(LOGINS, HostFile(tmp_path / "evening.host"))

    assert phrases.logins == LOGINS == tuple(plain)
    phrase = plain["japan"]
    for typed in (phrase, phrase.upper(), phrase.replace(" ", "-"), f"  {phrase.replace(' ', '  ')} "):
        assert phrases.check("japan", typed)
    for login, typed in (
        ("rok", phrase), ("japan", ""), ("japan", phrase[:-1]), ("japan", phrase.replace(" ", "")),
        ("nobody", phrase), ("", ""), ("japan", phrase * 1000),
    ):  # fmt: skip
        assert not phrases.check(login, typed)


def test_a_host_that_died_goes_on_with_the_same_phrases(tmp_path: Path) -> None:
    """What is kept beside the save recognises them and does not hold them."""
    file = HostFile.beside(tmp_path / "evening.wargame")
    _, plain = Phrases.new(LOGINS, file)
    again = Phrases.of(HostFile(tmp_path / "evening.host"))

    assert again is not None
    assert again.logins == LOGINS
    assert again.check("wall", plain["wall"])
    raw = file.path.read_text()
    assert not any(
        word in raw for phrase in plain.values() for word in (phrase, normal(phrase).replace(" ", ""))
    )
    if sys.platform != "win32":
        assert stat.S_IMODE(file.path.stat().st_mode) == 0o600


def test_a_phrase_that_was_seen_is_renewed(tmp_path: Path) -> None:
    """The old one is nothing any more, the others are as they were, and a new login gets one the same way."""
    file = HostFile(tmp_path / "evening.host")
    phrases, plain = Phrases.new(LOGINS, file)
    new = phrases.renew("japan")
    guest = phrases.renew("observer")

    for each in (phrases, Phrases.of(file)):
        assert each is not None
        assert each.check("japan", new)
        assert not each.check("japan", plain["japan"])
        assert each.check("rok", plain["rok"])
        assert each.check("observer", guest)


def test_sections_of_the_file_know_nothing_of_one_another(tmp_path: Path) -> None:
    """One is replaced, the others stay; without a file there is none."""
    file = HostFile(tmp_path / "evening.host")
    assert file.read() == {}
    assert Phrases.of(file) is None
    file.replace(drafts={"japan": [1, 2]}, pens={"japan": "Kim"})
    Phrases.new(["japan"], file)
    file.replace(drafts={})

    found = file.read()
    assert (found["drafts"], found["pens"]) == ({}, {"japan": "Kim"})
    assert set(found["phrases"]) == {"japan"}
    assert [path.name for path in tmp_path.iterdir()] == ["evening.host"]


SOUND = {"salt": "00" * 16, "hash": "00" * 32, "cost": 15}


@pytest.mark.parametrize(
    "raw",
    [b"", b"\x00\xff", b"{", b"[]", b"null", b"7", b'{"a":' * 200_000, b" " * (MOST_BYTES + 10) + b"{}"],
    ids=["empty", "bytes", "begun", "list", "null", "number", "deep", "large"],
)
def test_nonsense_is_one_sentence(tmp_path: Path, raw: bytes) -> None:
    """Whatever lies where a host's file should be, and it stays as it was."""
    file = HostFile(tmp_path / "evening.host")
    file.path.write_bytes(raw)
    with pytest.raises(SaveError, match=r"^evening.host .*\.$"):
        Phrases.of(file)
    with pytest.raises(SaveError):
        file.replace(drafts={})

    assert file.path.read_bytes() == raw


@pytest.mark.parametrize(
    "section",
    [7, [], {"japan": None}, {"japan": {}}, {"japan": SOUND | {"salt": "zz"}},
     {"japan": SOUND | {"cost": 31}}, {"japan": SOUND | {"hash": "00"}}, {"japan": SOUND | {"cost": "15"}}],
)  # fmt: skip
def test_phrases_that_cannot_be_checked_are_one_sentence(tmp_path: Path, section: object) -> None:
    """Else somebody would be locked out without a word, or the host kept busy by a stranger's number."""
    file = HostFile(tmp_path / "evening.host")
    file.path.write_text(json.dumps({"phrases": section}))
    with pytest.raises(SaveError, match=r"evening.host .*\.$"):
        Phrases.of(file)


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    """And a phrase that could not be kept is not in force."""
    file = HostFile(tmp_path / "evening.host")
    phrases, plain = Phrases.new(["japan"], file)
    file.path = tmp_path / "evening.host" / "deeper.host"
    with pytest.raises(CannotWrite):
        phrases.renew("japan")

    assert phrases.check("japan", plain["japan"])
