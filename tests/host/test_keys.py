"""The host's key stays the same from evening to evening; people's keys are read line by line."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import asyncssh
import pytest

from wargame.errors import SaveError, WargameError
from wargame.host.keys import NAME, authorized, fingerprint, host_key


def test_the_host_has_one_key(tmp_path: Path) -> None:
    """Made once, kept for its owner alone; ssh shows the same fingerprint every evening."""
    first = host_key(tmp_path / "data")
    path = tmp_path / "data" / NAME
    path.chmod(0o644)
    second = host_key(tmp_path / "data")

    assert fingerprint(first) == fingerprint(second)
    assert fingerprint(first).startswith("SHA256:")
    assert first.get_algorithm() == "ssh-ed25519"
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("raw", [b"", b"no key", b"\xff" * 100, b"x" * 100_000])
def test_what_is_no_key_is_one_sentence(tmp_path: Path, raw: bytes) -> None:
    """And stays where it is: it may be somebody's."""
    (tmp_path / NAME).write_bytes(raw)
    with pytest.raises(SaveError, match=r"host_key .*\.$"):
        host_key(tmp_path)

    assert (tmp_path / NAME).read_bytes() == raw


def test_a_key_with_a_pass_phrase_is_one_sentence(tmp_path: Path) -> None:
    """Nobody is asked for it at the beginning of an evening."""
    key = asyncssh.generate_private_key("ssh-ed25519")
    (tmp_path / NAME).write_bytes(key.export_private_key("pkcs8-pem", passphrase="secret"))
    with pytest.raises(SaveError, match=r"host_key .*\.$"):
        host_key(tmp_path)


def public() -> str:
    return asyncssh.generate_private_key("ssh-ed25519").export_public_key().decode().strip()


def test_keys_of_people_are_read_line_by_line() -> None:
    """Several a login; comments and empty lines say nothing."""
    first, second, third = public(), public(), public()
    found = authorized(f"# keys\n\njapan {first} a comment\njapan  {second}\n rok {third}\n")

    assert {login: len(keys) for login, keys in found.items()} == {"japan": 2, "rok": 1}
    assert asyncssh.import_public_key(first).public_data in found["japan"]
    assert authorized("") == {}


@pytest.mark.parametrize(
    "line", ["japan", "japan ssh-ed25519", "japan ssh-ed25519 AAAA", "japan \x00\xff", "ssh-ed25519 x y"]
)
def test_a_line_that_is_none_is_named(line: str) -> None:
    """By its number."""
    with pytest.raises(WargameError, match=r"^Line 2 .*\.$"):
        authorized(f"# keys\n{line}\n")
