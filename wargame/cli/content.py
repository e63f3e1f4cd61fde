"""Is a scenario sound, and is its exercise?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from wargame.cli.say import complain, printable


def check(
    folder: Annotated[str, typer.Argument(help="A scenario's folder or name, or the file of an exercise.")],
) -> None:
    """Report every problem of a scenario and its exercise as file:line:column, or what is in them."""
    from wargame.content.exercise import check_file, exercise_summary, find_exercise
    from wargame.content.load import check_folder, scenario_folder
    from wargame.content.summary import summary

    if not Path(folder).is_file():
        checked = check_folder(scenario_folder(folder))
        if checked.scenario is None:
            complain(folder, "played", checked.complaints)
        else:
            print(printable(summary(checked.scenario)))
    exercise = find_exercise(folder)
    if exercise.is_file():
        _scenario, (prepared, complaints) = check_file(exercise)
        if prepared is None:
            complain(exercise.name, "run", complaints)
        else:
            print(printable(exercise_summary(prepared.exercise)))
