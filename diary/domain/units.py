"""Units: the tree of union organisations. A unit's place in the tree is its path, "1.5.12.": the ids from the bloc down to itself."""

from dataclasses import dataclass
from enum import StrEnum


class UnitKind(StrEnum):
    """The four kinds; what a unit is called ("Đoàn trường", "liên chi đoàn") is part of its name."""

    BLOC = "bloc"
    BASE_UNION = "base_union"
    BASE_BRANCH = "base_branch"
    BRANCH = "branch"


KIND_LABELS = {
    UnitKind.BLOC: "Đoàn Khối",
    UnitKind.BASE_UNION: "Đoàn cơ sở",
    UnitKind.BASE_BRANCH: "Chi đoàn cơ sở",
    UnitKind.BRANCH: "Chi đoàn",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A unit as the rules see it: its id and its path."""

    unit_id: int
    path: str


def child_path(parent_path: str, unit_id: int) -> str:
    """The path of a unit directly below the one at `parent_path` ("" for the bloc itself)."""
    return f"{parent_path}{unit_id}."


def is_below(path: str, ancestor: str) -> bool:
    """Whether `path` is the unit at `ancestor` or anything under it."""
    return path.startswith(ancestor)


def lineage(path: str) -> tuple[int, ...]:
    """The ids from the bloc down to the unit itself: "1.5.12." gives (1, 5, 12)."""
    return tuple(int(part) for part in path.split(".") if part)


def path_range(path: str) -> tuple[str, str]:
    """Bounds (from, below) of the one index range that holds the unit and everything under it, compared byte by byte."""
    return path, path[:-1] + "/"  # "/" is the byte after "."
