"""docs/reference.md says what the program takes: every key, as it is now."""

from __future__ import annotations

import re

import pytest

from tests.reference_page import REFERENCE, reference
from wargame.content.keys import DATACLASSES, MODELS, keys_of, operator_of
from wargame.rules.effects.operators import OPERATORS


def test_the_page_is_true() -> None:
    """Written anew it is the same (`make rules`)."""
    assert REFERENCE.read_text(encoding="utf-8") == reference()


@pytest.mark.parametrize("record", (*DATACLASSES, *MODELS), ids=lambda record: record.__name__)
def test_every_record_and_key_is_on_the_page(record: type) -> None:
    """Under its own heading, or that of its file; each key with its meaning."""
    page = REFERENCE.read_text(encoding="utf-8")

    for key in keys_of(record):
        if record.__name__ != "Spec" or f"`{key.name}.yaml`" in page:
            assert (
                re.search(rf"^\| `{key.name}` \| .*\S \|$", page, re.MULTILINE) or record.__name__ == "Spec"
            )
    heads = {"Spec": "## scenario.yaml", "Hindsight": "## hindsight.yaml", "Exercise": "## exercise.yaml"}
    heads |= {"Claims": "## claims.yaml"}
    head = heads.get(record.__name__, f"### {operator_of(record) or record.__name__}")
    assert f"\n{head}\n" in page


def test_every_link_on_the_page_leads_somewhere() -> None:
    """To a heading of its own."""
    page = REFERENCE.read_text(encoding="utf-8")
    heads = re.findall(r"^##+ (.*)$", page, re.MULTILINE)
    anchors = {re.sub(r"[^a-z0-9_-]", "", head.lower().replace(" ", "-")) for head in heads}

    assert set(re.findall(r"\]\(#([^)]*)\)", page)) <= anchors
    assert set(OPERATORS) <= anchors
