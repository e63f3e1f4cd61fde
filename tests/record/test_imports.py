"""Reading a save is light."""

from __future__ import annotations

import subprocess
import sys


def test_the_record_loads_no_screen_and_no_yaml() -> None:
    """Importing this room loads neither Textual nor pydantic nor YAML, and none of the rooms above it."""
    command = [sys.executable, "-c", "import sys, wargame.record; print(*sys.modules)"]

    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)

    loaded = set(done.stdout.split())
    assert "msgpack" in loaded
    assert not {"textual", "rich", "pydantic", "yaml", "typer", "transitions"} & loaded
    allowed = ("wargame.record", "wargame.rules", "wargame.errors", "wargame.counting")
    assert [name for name in loaded if name.startswith("wargame.") and not name.startswith(allowed)] == []
