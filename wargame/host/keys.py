"""The key by which people know the host again, and the keys by which it knows people."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import asyncssh
from asyncssh import SSHKey
from platformdirs import user_data_path

from wargame.errors import SaveError, WargameError
from wargame.host.hostfile import OWNER_ONLY, write_private
from wargame.record.files import read_file
from wargame.table.storage import PROGRAM
from wargame.words.pages import host as say

NAME = "host_key"
MOST_BYTES = 1 << 14
MOST_LINES = 1000

Authorized = Mapping[str, frozenset[bytes]]
"""Login → the public keys, as ssh sends them, that let it in without a phrase."""


def host_key(folder: Path | None = None) -> SSHKey:
    """Return the host's key, kept in the user's data folder from evening to evening; made if there is none.

    Raises `SaveError` for a file that holds no key, `CannotWrite` when the disk refuses.
    """
    path = (folder or user_data_path(PROGRAM)) / NAME
    if not path.exists():
        key = asyncssh.generate_private_key("ssh-ed25519", comment=PROGRAM)
        write_private(path, key.export_private_key())
        return key
    try:
        key = asyncssh.import_private_key(read_file(path, MOST_BYTES))
    except (asyncssh.KeyImportError, asyncssh.KeyEncryptionError) as error:
        raise SaveError(say.no_key(str(path))) from error
    with suppress(OSError):  # a copy from elsewhere may be open to all
        path.chmod(OWNER_ONLY)
    return key


def fingerprint(key: SSHKey) -> str:
    """Return what ssh shows of the host's key when somebody comes for the first time: `SHA256:…`."""
    return key.get_fingerprint()


def authorized(text: str) -> Authorized:
    """Return who may come in by which keys: a line each of a login, a blank and a public key of OpenSSH.

    Empty lines and those that begin with `#` say nothing. Raises `WargameError` with the line that is wrong.
    """
    found: dict[str, set[bytes]] = {}
    for number, line in enumerate(text.splitlines()[:MOST_LINES], 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        login, _, key = line.strip().partition(" ")
        try:
            found.setdefault(login, set()).add(asyncssh.import_public_key(key.strip()).public_data)
        except (asyncssh.KeyImportError, ValueError) as error:
            raise WargameError(say.no_authorized(number)) from error
    return {login: frozenset(keys) for login, keys in found.items()}
