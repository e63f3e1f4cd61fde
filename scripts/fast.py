"""Compile the rules that a playout runs through, and prove that nothing else changes: `make fast`.

mypyc builds extension modules next to the sources, and Python prefers them; `make slow` removes them, which
whoever edits a rule must do. The same games are played before and after: unless every list of moves, every
event and every state is the same to the byte, the build is removed again. Needs a C compiler.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
MODULES = (
    "luck", "state", "predicates", "options", "scoring", "piles", "deals", "upkeep", "phases",
    "effects/base", "effects/dice",
)  # fmt: skip
"""Functions and the state. Records stay plain: schemas are read off their annotations, which mypyc erases.
Nor may a plain class, as an operator is, have a compiled base."""

GAMES = 200
"""How many random games are compared."""


def clear() -> None:
    """Remove what was compiled."""
    for built in (ROOT / "wargame").rglob("*.so"):
        built.unlink()


def build() -> None:
    """Compile in place; `SystemExit` with what is wrong if it can't be done."""
    try:
        from mypyc.build import mypycify
        from setuptools import setup
    except ModuleNotFoundError as error:
        sys.exit(f"{error.name} is not installed; `make fast` sees to that")
    os.chdir(ROOT)
    files = [f"wargame/rules/{name}.py" for name in MODULES]
    with tempfile.TemporaryDirectory() as folder:
        modules = mypycify(files, opt_level="3", group_name="wargame.rules", target_dir=folder)
        to = ["--inplace", "--build-temp", folder, "--build-lib", folder]
        setup(name="rules", packages=[], ext_modules=modules, script_args=["--quiet", "build_ext", *to])


def digests() -> str:
    """What so many games boil down to, played by a process of its own."""
    words = [sys.executable, "-m", "tests.bench.digests", str(GAMES)]
    return subprocess.run(words, cwd=ROOT, check=True, text=True, stdout=subprocess.PIPE).stdout


def main() -> None:
    clear()
    plain = digests()
    same = False
    try:
        build()
        same = digests() == plain
    finally:
        if not same:
            clear()
    if not same:
        sys.exit("The compiled rules played otherwise than the plain ones, so they were removed.")
    print(f"The rules are compiled; {GAMES} games came out the same to the byte. `make slow` goes back.")


if __name__ == "__main__":
    main()
