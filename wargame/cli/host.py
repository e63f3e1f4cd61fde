"""The command that holds one table for many screens: `wargame host`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wargame.cli.arguments import HindsightOpt, RoundsOpt, SavesOpt, SeedOpt, TableArg
from wargame.cli.output import fail, printable
from wargame.cli.play import meant
from wargame.content import DEFAULT

if TYPE_CHECKING:
    from wargame.host.serve import Host
    from wargame.table import Table

LISTEN = "127.0.0.1:8022"


def host(
    what: TableArg = DEFAULT,
    listen: Annotated[
        str,
        typer.Option(
            "--listen", metavar="ADDRESS:PORT", help="Where people come in; 0.0.0.0 is the network."
        ),
    ] = LISTEN,
    name: Annotated[str, typer.Option("--name", help="Who facilitates, for the record.")] = "",
    cards: Annotated[
        Path | None,
        typer.Option("--cards", help="Write a page of cards to hand round: what each team types."),
    ] = None,
    sheets: Annotated[
        Path | None,
        typer.Option("--sheets", help="Write a page to print: what each seat reads before the evening."),
    ] = None,
    begin: Annotated[
        bool,
        typer.Option("--begin", help="Begin at once: else a new game waits for the white cell."),
    ] = False,
    observers: Annotated[bool, typer.Option("--observers", help="Let people look on as `observer`.")] = False,
    keys: Annotated[
        Path | None,
        typer.Option("--keys", help="Who comes in without a phrase: lines of a login and a public key."),
    ] = None,
    new_phrase: Annotated[
        list[str] | None, typer.Option("--new-phrase", metavar="LOGIN", help="Give a seat another phrase.")
    ] = None,
    seed: SeedOpt = None,
    rounds: RoundsOpt = None,
    hindsight: HindsightOpt = False,
    saves: SavesOpt = None,
) -> None:
    """Hold a table for a room: each team comes in from its own screen by ssh, and this is the white cell's.

    The game is saved here as ever. Hosts of a saved game let people in with the phrases they have.
    """
    try:
        import asyncssh  # noqa: F401
    except ImportError:
        fail("Hosting needs asyncssh: install wargame[host].", 2)
    from wargame.errors import WargameError
    from wargame.host.hostfile import check_place
    from wargame.host.keys import authorized
    from wargame.host.serve import Opening, check_listening, serve
    from wargame.table.storage import command, saves_folder
    from wargame.tui import Start
    from wargame.words.pages import table as said

    for page in filter(None, (cards, sheets)):  # before there is a game that would have to be begun anew
        check_place(page)
    address, port = _place(listen)
    about = meant(what, seed, rounds, hindsight, saves)
    if new_phrase and about["kind"] != "resume":
        fail("--new-phrase is for a saved game: name it, as `wargame saves` lists it.", 2)
    start = Start(saves=saves_folder(saves), facilitator=name, **about)
    try:
        text = keys.read_text(encoding="utf-8") if keys is not None else ""
    except (OSError, ValueError) as error:
        fail(f"{keys} can't be read: {error}.", 2)
    opening = Opening(
        address,
        port,
        name,
        held=False if begin else None if about["kind"] == "resume" else True,
        observers=observers,
        authorized=authorized(text),
        renew=tuple(new_phrase or ()),
    )
    hosts: list[Host] = []

    def tell(host: Host) -> None:
        hosts.append(host)
        _tell(host, cards)

    try:
        check_listening(address, port)  # before there is a game that would have to be begun anew
        serve(start, opening, tell, lambda table: _print(table, sheets))
    except OSError as error:
        raise WargameError(f"Nobody can come in at {listen}: {error.strerror or error}.") from error
    for host in hosts:
        if (left := host.table.kept) is not None and not host.table.over:
            print(printable(said.saved(command("host", left))))


def _place(listen: str) -> tuple[str, int]:
    address, _, port = listen.rpartition(":")
    if not address or not port.isdecimal() or not 0 <= int(port) < 1 << 16:
        fail(f"--listen {listen}: give an address and a port, such as {LISTEN} or 0.0.0.0:8022.", 2)
    return address.strip("[]"), int(port)


def _print(table: Table, sheets: Path | None) -> None:
    """Write the sheets, if they are wanted."""
    if sheets is not None:
        from wargame.host.sheets import write

        write(sheets, table.scenario, table.exercise, table.game.state.rounds)


def _tell(host: Host, cards: Path | None) -> None:
    """Print what people type, and write the cards; phrases can be read this once."""
    print()
    for line in lines(host):
        print(printable(line))
    if cards is not None:
        _write_cards(host, cards)
    if sys.stdin.isatty() and sys.stdout.isatty():
        once = "The phrases are said this once. " if host.fresh else ""
        print(f"  {once}Enter opens the white cell's console.")
    sys.stdout.flush()


def _write_cards(host: Host, path: Path) -> None:
    """Write a card for each login whose phrase is new; only their owner may read the file."""
    from wargame.host.cards import cards, cards_html
    from wargame.host.hostfile import write_private
    from wargame.host.keys import fingerprint

    assert host.door is not None
    scenario = host.table.scenario
    page = cards_html(
        str(scenario.spec.title),
        cards(scenario, host.fresh),
        host.address,
        host.door.port,
        fingerprint(host.key),
    )
    write_private(path, page.encode())


def lines(host: Host) -> list[str]:
    """Return what people type to come in, a line each, with the phrases that are new."""
    assert host.door is not None
    from wargame.host.keys import fingerprint
    from wargame.table.storage import command

    found = []
    for login in host.room.logins:
        typed = f"ssh -p {host.door.port} {login}@{host.address}"
        found.append(f"  {typed:<44}{host.fresh.get(login, 'as on its card')}")
    found += ["", f"  The host's key: {fingerprint(host.key)}"]
    if (path := host.table.kept) is not None:
        found.append(f"  Saved as it goes. Should this host die: {command('host', path)}")
    return [*found, ""]


__all__: list[Any] = ["host"]
