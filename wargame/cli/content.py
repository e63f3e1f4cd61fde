"""Is a scenario sound, and is its exercise?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from wargame.cli.output import complain, printable


def check(
    folder: Annotated[str, typer.Argument(help="A scenario's folder or name, or the file of an exercise.")],
) -> None:
    """Report every problem of a scenario and its exercise as file:line:column, or what is in them."""
    from wargame.content.exercise import check_file, exercise_summary, find_exercise
    from wargame.content.load import check_folder, scenario_folder, summary
    from wargame.content.places import Complaint

    complaints: set[Complaint] = set()
    if not Path(folder).is_file():
        checked = check_folder(scenario_folder(folder))
        complaints.update(checked.complaints)
        if checked.scenario is not None:
            print(printable(summary(checked.scenario)))
    sound, exercise = not complaints, find_exercise(folder)
    if exercise.is_file():
        _scenario, (prepared, wrong) = check_file(exercise)
        complaints.update(wrong)
        if prepared is not None:
            print(printable(exercise_summary(prepared.exercise)))
    if complaints and sound:
        complain(exercise.name, "run", sorted(complaints))
    elif complaints:
        complain(folder, "played", sorted(complaints))
