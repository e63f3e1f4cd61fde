"""A save may come from anybody, every checksum right: what it holds is looked at before it is used."""

from __future__ import annotations

import dataclasses
import signal
import zlib
from collections.abc import Callable
from pathlib import Path

import msgpack  # type: ignore[import-untyped]
import pytest

from tests.debrief.games import a_facilitated_game
from wargame.debrief.story import Story
from wargame.errors import CannotWrite, DamagedSave, NotASave, SaveError
from wargame.record import Header, Save, frames, reading, replay, restore, state_hash, tree, verify
from wargame.record import save as save_module
from wargame.record.files import MAX_FILE
from wargame.record.plain import MAX_ITEMS, MAX_PAYLOAD, Malformed, decode, encode
from wargame.record.records import Snapshot, parse
from wargame.rules.scenario import Scenario
from wargame.table import ENGINE, Table

from .hostile import Record, closed, forged, main, opened, probe, records_of, sealed, some_games
from .toys import TOY_ENGINE, Toy, a_header, a_short_game, play

SEEDS = (2, 4, 5, 13, 15, 36, 45, 47, 59, 1040, 1062, 1089, 1104, 1118, 1202, 1276, 1417, 1465, *range(20))
"""The first of them once broke something."""


@pytest.fixture(scope="module")
def games(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    return some_games(tmp_path_factory.mktemp("games"))


@pytest.fixture
def whole(games: list[bytes]) -> list[Record]:
    """The records of a finished game."""
    return records_of(games[0])


def written(folder: Path, raw: bytes) -> Path:
    path = folder / "forged.wargame"
    path.write_bytes(raw)
    return path


def without_its_first_move(records: list[Record]) -> None:
    """Let no move be played again, so that the snapshots are asked for."""
    next(record for record in records if record["kind"] == "move")["hash"] = bytes(8)


def with_another_state(
    records: list[Record], change: Callable[[Record], object], *, known: bool = True
) -> None:
    """Change the last snapshot's state and, if it is to be `known`, the hash of its move with it."""
    snapshot = [record for record in records if record["kind"] == "snapshot"][-1]
    facts = opened(zlib.decompress(snapshot["state"]))
    change(facts)
    state = closed(facts)
    snapshot["state"] = zlib.compress(state)
    if known:
        move = next(r for r in records if r["kind"] == "move" and r["id"] == snapshot["after"])
        move["hash"] = state_hash(state)


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_a_record_holds_is_used_or_refused_in_a_sentence(
    tmp_path: Path, games: list[bytes], seed: int
) -> None:
    """Any field of any record anything else: everything the program does with it works, or says why not."""
    for said in probe(written(tmp_path, forged(games[seed % 2], seed).raw)):
        assert said.strip()
        assert "Traceback" not in said


@pytest.mark.parametrize(
    "change",
    [
        {"rounds": 0},
        {"rounds": -5},
        {"rounds": 9},
        {"rounds": 2**63},
        {"seed": -1},
        {"seed": 2**63},
        {"seed": 2**64 - 1},
        {"created": "yesterday"},
        {"scenario_hash": "0" * 32},
        {"seats": {"amber": {"player": "person", "name": "Ann"}}},
        {"seats": {seat: {"player": "", "name": ""} for seat in ("amber", "birch", "cedar")}},
        {"seats": {seat: {"player": 7, "name": ""} for seat in ("amber", "birch", "cedar")}},
        {"texts": zlib.compress(msgpack.packb({}))},
    ],
    ids=str,
)
def test_a_header_that_no_game_begins_with_is_refused(
    tmp_path: Path, whole: list[Record], change: Record
) -> None:
    """Numbers out of range, other seats than the scenario's, another scenario: one sentence everywhere."""
    whole[0] |= change
    path = written(tmp_path, sealed(whole))

    assert not verify(path, ENGINE).ok
    for use in (Story.open, Table.resume):
        with pytest.raises(DamagedSave) as refused:
            use(path)
        assert str(refused.value).count("\n") == 0


def test_a_player_that_this_version_does_not_know_is_stood_in_for(tmp_path: Path, games: list[bytes]) -> None:
    """As for a program that nobody allowed to start: a greedy bot plays, and a notice says so."""
    records = records_of(games[1])
    records[0]["seats"]["cedar"]["player"] = "oracle"
    table = Table.resume(written(tmp_path, sealed(records)))

    assert table.players["cedar"].kind == "greedy"
    assert table.notice is not None
    assert "oracle" in table.notice
    table.close()


@pytest.mark.parametrize(
    "change",
    [
        lambda facts: facts.update(round=10**9),
        lambda facts: facts.update(round=True),
        lambda facts: facts.update(rounds=2**70),
        lambda facts: facts.update(phase="lunch"),
        lambda facts: facts.update(to_act="stranger"),
        lambda facts: facts.update(order=["amber"]),
        lambda facts: facts.update(seed=float("nan")),
        lambda facts: facts["tracks"].update(heat="hot"),
        lambda facts: facts["tracks"].update(heat=11),
        lambda facts: facts["tracks"].pop("heat"),
        lambda facts: facts["goods"].update(stranger={}),
        lambda facts: facts["goods"]["amber"].update(gold=1),
        lambda facts: facts["influence"].update(amber=-1),
        lambda facts: facts["hands"].update(amber=facts["decks"]["amber"]),
        lambda facts: facts["hands"].update(amber=["unheard-of"]),
        lambda facts: facts.update(stack=[["news/unheard-of", 0, "", None, "", []]]),
        lambda facts: facts.update(deals=[["unheard-of"] * 16]),
        lambda facts: facts.update(flags={"unheard-of": 1}),
        lambda facts: facts.update(findings=[[["amber"], 1, "track", "unheard-of", 3]]),
        lambda facts: facts.update(schedule=[[2, "news", "", None, "", [], 0, []]]),
        lambda facts: facts.update(agendas={"amber": "unheard-of"}),
        lambda facts: facts.update(outcome="victory"),
        lambda facts: facts.update(white=[["{}"], [], [], 0]),
        lambda facts: facts.update(menu=None),
        lambda facts: facts.pop("points"),
    ],
)
def test_a_state_that_cannot_be_is_never_shown(
    tmp_path: Path, whole: list[Record], change: Callable[[Record], object]
) -> None:
    """Wrong types, unknown ids, numbers out of range, facts that don't fit together: an earlier snapshot."""
    without_its_first_move(whole)
    before = Story.open(written(tmp_path, sealed(whole)))
    assert before.end.exact
    with_another_state(whole, change)

    story = Story.open(written(tmp_path, sealed(whole)))

    assert not story.end.exact
    assert story.end.state == next(m for m in reversed(story.line) if m.exact).state
    assert story.end.state.round <= story.end.state.rounds
    probe(written(tmp_path, sealed(whole)))


def test_a_snapshot_counts_only_if_it_is_that_of_its_move(tmp_path: Path, whole: list[Record]) -> None:
    """A sound state with another hash than its move's is passed over by all who look for one."""
    without_its_first_move(whole)
    with_another_state(whole, lambda facts: facts["points"].update(amber=99), known=False)
    path = written(tmp_path, sealed(whole))
    last = max(record["after"] for record in whole if record["kind"] == "snapshot")

    assert Story.open(path).end.state.points["amber"] != 99
    with Save.open(path, write=False) as opened_:
        found = restore(opened_, ENGINE)
    assert found.notice is not None
    assert f"after move {last}," not in found.notice
    assert Table.resume(path).game.state == found.game.state


def test_a_record_from_the_future_about_no_move_is_shown_at_the_start(
    tmp_path: Path, whole: list[Record]
) -> None:
    """Kinds that this version does not know may say anything."""
    whole.append({"kind": "weather", "about": 10**6, "sky": {"clouds": [1, None]}})

    assert [note.about for note in Story.open(written(tmp_path, sealed(whole))).all_notes()][-1] == 0
    assert probe(written(tmp_path, sealed(whole))) == []


def test_luck_at_its_end_is_not_passed(tmp_path: Path) -> None:
    """A rewind finds luck that no line had, also where somebody wrote the greatest into the file."""
    path = a_short_game(tmp_path)
    with Save.open(path) as game:
        game.append_head(1, "branch", luck=2**32 - 1)
        assert game.append_head(0, "rewind") == 2


# --- no more than can be read -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "payload",
    [
        msgpack.packb({"kind": "note", "about": 0, "data": [None] * MAX_ITEMS}),
        msgpack.packb({"kind": "note", "about": 0, "data": [[[]] * 200 for _ in range(200)]}),
        msgpack.packb({"kind": "note", "about": 0, "data": {str(n): {} for n in range(MAX_ITEMS)}}),
    ],
    ids=["one list", "lists in lists", "mappings"],
)
def test_a_record_of_too_many_values_is_refused(payload: bytes) -> None:
    """However they are nested, and for writing as for reading."""
    with pytest.raises(Malformed, match="more than"):
        decode(payload)
    with pytest.raises(Malformed, match="more than"):
        encode(msgpack.unpackb(payload))


def test_a_file_of_too_many_values_is_read_up_to_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where no record has too many of them."""
    monkeypatch.setattr(reading, "MAX_ITEMS", 60)
    path = a_short_game(tmp_path)

    with Save.open(path) as opened_:
        assert opened_.read_only
        assert "more than 60 values" in (opened_.notice or "")
        assert 0 < len(opened_.tree.moves) < 3


def test_a_file_of_too_many_records_is_read_up_to_there_and_never_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The writer stops in time, with the way out; nothing of before is lost."""
    monkeypatch.setattr(save_module, "MAX_FRAMES", 6)
    with Save.create(tmp_path, "long", a_header()) as game:
        toy = Toy()
        for number in range(4):
            play(game, toy, number)
        with pytest.raises(
            CannotWrite, match=r"is full: a saved game holds 6 records at most\. .*`wargame branch`"
        ):
            play(game, toy, 4)
    monkeypatch.setattr(frames, "MAX_FRAMES", 3)

    with Save.open(game.path, write=False) as opened_:
        assert len(opened_.tree) == 3
        assert "more than 3 records" in (opened_.notice or "")


def test_a_file_that_is_too_large_is_no_save(tmp_path: Path) -> None:
    """It is not read at all."""
    path = tmp_path / "large.wargame"
    with path.open("wb") as file:
        file.truncate(MAX_FILE + 1)

    with pytest.raises(NotASave, match="larger than any saved game"):
        Save.open(path)


def test_a_text_that_is_too_long_is_not_written(tmp_path: Path) -> None:
    """Somebody who pastes a library is told so, and the game goes on."""
    with Save.create(tmp_path, "game", a_header()) as game:
        with pytest.raises(CannotWrite, match="This can't be kept"):
            game.append_remark("note", {"text": "x" * MAX_PAYLOAD})
        assert play(game, Toy(), 1) == 1


def test_snapshots_are_left_out_when_there_are_too_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are a help, no part of the game: the game goes on without, and one more in a file is damage."""
    monkeypatch.setattr(tree, "MAX_SNAPSHOTS", 1)
    with Save.create(tmp_path, "game", a_header()) as game:
        for _ in range(3):
            game.append_snapshot(0, b"state")
        assert len(game.tree.snapshots()) == 1
        with pytest.raises(Malformed):
            game.tree.add(Snapshot.new(0, 0, b"state"))


def test_a_state_that_is_too_large_makes_no_snapshot(tmp_path: Path) -> None:
    """Nor is one believed that inflates to more."""
    with Save.create(tmp_path, "game", a_header()) as game:
        game.append_snapshot(0, bytes(1 << 19))
        assert game.tree.snapshots() == []
    bomb = parse(encode(Snapshot.new(0, 0, bytes(1 << 19)).to_plain()))
    assert isinstance(bomb, Snapshot)
    assert replay.recorded(game.tree, bomb) is None


def test_more_moves_than_can_be_played_again_are_not_played(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a replay may take is counted in bytes of states, not in seconds: it ends at the same move each
    time."""
    path = a_short_game(tmp_path)
    heavy = dataclasses.replace(TOY_ENGINE, work=lambda game, move: 1 << 20)
    monkeypatch.setattr(replay, "MOST_WORK", 3 << 19)

    report = verify(path, heavy)

    assert not report.ok
    assert report.problems == ("There is more in this save than can be played again: branch a part of it.",)


def test_an_evening_is_far_below_what_may_be_played_again(tmp_path: Path) -> None:
    """A full game takes a small part of it."""
    with Save.open(a_facilitated_game(tmp_path), write=False) as game:
        moves = game.tree.line()
        found = list(replay.positions(game.tree, ENGINE))
    states = sum(len(position.game.to_bytes()) for position in found)

    assert len(found) == len(moves) + 1
    assert 10 * states < replay.MOST_WORK


def test_a_scenario_is_read_once(
    tmp_path: Path, whole: list[Record], monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many snapshots are tried, the decks in the save are compiled one time."""
    without_its_first_move(whole)
    for record in whole:
        if record["kind"] == "snapshot":
            record["state"] = zlib.compress(b"no state")
    path = written(tmp_path, sealed(whole))
    loaded = []

    def load(header: Header) -> Scenario:
        loaded.append(header)
        return ENGINE.load(header)

    counting = dataclasses.replace(ENGINE, load=load)

    with Save.open(path, write=False) as game, pytest.raises(SaveError):
        restore(game, counting)
    verify(path, counting)

    assert len(loaded) == 2


def test_a_forgery_says_what_it_did(games: list[bytes]) -> None:
    """The same seed is the same forgery, so that one that broke something can be looked at."""
    assert forged(games[0], 7) == forged(games[0], 7)
    assert forged(games[0], 7).raw != forged(games[0], 8).raw


def test_many_can_be_tried_by_one_command(capsys: pytest.CaptureFixture[str]) -> None:
    """With the number alone, as its page says; a second one is the seed to begin with."""
    try:
        main(1)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, signal.SIG_DFL)

    assert "1 forgeries, 0 broke something" in capsys.readouterr().out
