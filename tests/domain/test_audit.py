"""Audit lines in words."""

import ast
from pathlib import Path

from diary.domain.audit import ACTION_LABELS, SUBJECT_LABELS, action_label, subject_label

SERVICES = Path(__file__).parents[2] / "diary" / "services"


def written(position):
    """Every plain text given as that argument of audit.record(…) somewhere in the services."""
    for path in SERVICES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "audit.record" and len(node.args) > position:
                given = node.args[position]
                if isinstance(given, ast.Constant):
                    yield given.value


def test_every_action_and_subject_that_services_write_has_its_words():
    assert set(written(1)) - set(ACTION_LABELS) == set()
    assert set(written(2)) - set(SUBJECT_LABELS) == set()


def test_what_has_no_words_yet_is_shown_as_it_is():
    assert (action_label("dance"), subject_label("moon")) == ("dance", "moon")
    assert (action_label("unit_add"), subject_label("unit")) == ("Thêm tổ chức", "Tổ chức")
