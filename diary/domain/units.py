"""Units: the tree of union organisations. A unit's place in the tree is its path, "1.5.12.": the ids from the bloc down to itself."""

from collections.abc import Container
from dataclasses import dataclass
from enum import StrEnum

from .errors import BadInput, WrongMoment
from .vietnamese import clean_line, fold

NAME_LIMIT, SYMBOL_LIMIT, TOWN_LIMIT, LETTERHEAD_LIMIT, CODE_LIMIT = 200, 40, 80, 200, 40
WHOLE_BLOC = "tat-ca"  # what commands call the whole bloc; no unit may have it for a code


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

BRANCHES = frozenset({UnitKind.BASE_BRANCH, UnitKind.BRANCH})
CHILD_KINDS: dict[UnitKind, frozenset[UnitKind]] = {
    UnitKind.BLOC: frozenset({UnitKind.BASE_UNION, UnitKind.BASE_BRANCH}),
    UnitKind.BASE_UNION: frozenset({UnitKind.BASE_UNION, UnitKind.BRANCH}),  # a liên chi đoàn is a base union within a base union
    UnitKind.BASE_BRANCH: frozenset(),
    UnitKind.BRANCH: frozenset(),
}
_PREFIXES = ("chi doan co so ", "doan co so ", "lien chi doan ", "chi doan ", "doan truong ", "doan khoi ", "doan ")


@dataclass(frozen=True, slots=True)
class UnitDraft:
    """What an officer types of a unit. `town`: where its documents are dated from; `letterhead`: its name on paper, "|" where it breaks."""

    name: str
    symbol: str = ""
    town: str = ""
    letterhead: str = ""


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


def is_base_below_bloc(kind: UnitKind, path: str) -> bool:
    """Whether a unit is a base that sends what it passes on straight to the bloc; a liên chi đoàn within a base is none."""
    return kind is UnitKind.BASE_UNION and len(lineage(path)) == 2


def path_range(path: str) -> tuple[str, str]:
    """Bounds (from, below) of the one index range that holds the unit and everything under it, compared byte by byte."""
    return path, path[:-1] + "/"  # "/" is the byte after "."


def clean_draft(draft: UnitDraft) -> UnitDraft:
    """The draft in clean lines; BadInput at the field that is missing or too long."""
    clean = UnitDraft(clean_line(draft.name), clean_line(draft.symbol), clean_line(draft.town), clean_line(draft.letterhead))
    if not clean.name:
        raise BadInput("name", "Hãy ghi tên tổ chức.")
    for field, limit in (("name", NAME_LIMIT), ("symbol", SYMBOL_LIMIT), ("town", TOWN_LIMIT), ("letterhead", LETTERHEAD_LIMIT)):
        if len(getattr(clean, field)) > limit:
            raise BadInput(field, f"Mục này dài quá {limit} ký tự; hãy rút ngắn lại.")
    return clean


def kind_below(kind: UnitKind, parent: UnitKind) -> UnitKind:
    """What a unit of `kind` is below a unit of kind `parent`: a chi đoàn is a base branch directly under the bloc, a branch under a base.

    WrongMoment where it cannot stand there.
    """
    if kind in BRANCHES:
        kind = UnitKind.BASE_BRANCH if parent is UnitKind.BLOC else UnitKind.BRANCH
    if kind not in CHILD_KINDS[parent]:
        raise WrongMoment(f"{KIND_LABELS[kind]} không đứng dưới {KIND_LABELS[parent].lower()} được.")
    return kind


def unit_code(name: str, above: str, taken: Container[str]) -> str:
    """A free code for a unit called `name`: the letters its words begin with, after the code `above` when given ("BV-KN", "BV-KN2")."""
    plain = fold(name)
    plain = next((plain.removeprefix(prefix) for prefix in _PREFIXES if plain.startswith(prefix)), plain)
    letters = "".join(word[0] for word in plain.split() if word[0].isascii() and word[0].isalnum()).upper() or "DV"
    stem = f"{above}-{letters}" if above else letters
    stem = stem[: CODE_LIMIT - 4]
    codes = (stem + (str(number) if number > 1 else "") for number in range(1, 10_000))
    return next(code for code in codes if code not in taken and code.lower() != WHOLE_BLOC)
