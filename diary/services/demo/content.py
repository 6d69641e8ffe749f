"""The words of the demo bloc, read from the TOML files beside this module."""

import functools
import random
import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "content"
Row = dict[str, Any]
SLOT = re.compile(r"\{\w+\}")


@dataclass(frozen=True)
class Content:
    """Everything the demo says; the pools are keyed by job group."""

    units: list[Row]
    titles: dict[str, list[str]]
    ethnicities: list[Row]
    families: dict[str, list[list[Any]]]
    middles: dict[tuple[str, str], list[str]]
    givens: dict[tuple[str, str], list[str]]
    virtues: list[Row]
    slots: dict[str, list[str]]
    pledges: dict[str, list[Row]]
    entries: dict[str, list[Row]]
    thin: dict[str, list[Row]]
    words: dict[str, list[str]]


@functools.cache
def load() -> Content:
    """All of it, read once."""
    units, names = _file("units"), _file("names")
    entries = _file("entries")
    return Content(
        units=units["unit"],
        titles={job["key"]: job["titles"] for job in units["job"]},
        ethnicities=names["ethnicity"],
        families={row["ethnicity"]: row["names"] for row in names["family"]},
        middles={(row["ethnicity"], row["gender"]): row["names"] for row in names["middle"]},
        givens={(row["ethnicity"], row["gender"]): row["names"] for row in names["given"]},
        virtues=_file("virtues")["virtue"],
        slots={row["name"]: row["values"] for row in _file("places")["slot"]},
        pledges=_by_job(_file("pledges")["pledge"]),
        entries=_by_job(entries["entry"]),
        thin=_by_job([{"jobs": list(_jobs(units)), **row} for row in entries["thin"]]),
        words=_words(_file("reviews")),
    )


def phrase(content: Content, kind: str, dice: random.Random, figures: dict[str, int] | None = None) -> str:
    """Something a person says of that `kind`; one whose figures are all known and at least 1."""
    known = {f"{{{name}}}": str(value) for name, value in (figures or {}).items() if value >= 1}
    fitting = [text for text in content.words[kind] if all(slot in known for slot in SLOT.findall(text))]
    text = dice.choice(fitting or [text for text in content.words[kind] if "{" not in text])
    for slot, value in known.items():
        text = text.replace(slot, value)
    return text


def _words(groups: dict[str, list[Row]]) -> dict[str, list[str]]:
    """The texts of reviews.toml by kind: "approve.any", "meeting.1", "proposal.above_self", "strength"; "return" holds every kind."""
    found: dict[str, list[str]] = defaultdict(list)
    for kind, rows in groups.items():
        for row in rows:
            part = next((str(row[name]) for name in ("when", "rank", "case") if name in row), "")
            found[f"{kind}.{part}" if part else kind] += row["texts"]
    return dict(found)


def _file(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def _jobs(units: dict[str, Any]) -> list[str]:
    return [job["key"] for job in units["job"]]


def _by_job(rows: list[Row]) -> dict[str, list[Row]]:
    pools: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        for job in row["jobs"]:
            pools[job].append(row)
    return dict(pools)
