"""Hints against formality: explainable rules. They never refuse, never score."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from ..dates import screen_day
from ..vietnamese import fold
from .concrete import Concrete, concrete
from .likeness import likeness, runs


class HintKind(StrEnum):
    """Why a text is worth a second look."""

    SHORT = "short"
    VAGUE = "vague"
    COPIED = "copied"
    LIKE_OTHERS = "like_others"
    MANY_DAYS = "many_days"


MARKS = {
    HintKind.SHORT: "Bài ngắn",
    HintKind.VAGUE: "Chưa rõ việc",
    HintKind.COPIED: "Giống bài trước",
    HintKind.LIKE_OTHERS: "Giống bài trong chi đoàn",
    HintKind.MANY_DAYS: "Ghi dồn nhiều ngày",
}
"""The small marks a reviewer sees."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The thresholds, settings of the bloc. `words`: fewer are too short unless they show enough; `alike`: the part of a text, 0 to 1, from
    which it counts as the same; `days`: days written in one sitting from which one is asked."""

    words: int = 7
    alike: float = 0.7
    days: int = 5


EMPTY_WEIGHS, ENOUGH = 0.6, 1.3  # what shows nothing takes from what can be seen; what has to be left
MOSTLY = 0.4  # the part of a text from which it is said to be of vows; half of that for feelings, where stock phrases are no more

LIMITS = Limits()
SHOWN = 2  # hints of one text
QUOTED = 2  # stock phrases of one hint, the longest
REVERED = re.compile(r"\b(bac|dang|to quoc|nuoc|dan|lang sen|thieng lieng|liet si|anh hung|ho chi minh|lam theo|cach mang|chung con)\b")
"""What a hint never holds up as empty talk, folded: "lời Bác", "Tổ quốc"."""


@dataclass(frozen=True)
class Earlier:
    """A text to compare with: the day of one's own entry, None for another's in the branch."""

    text: str
    day: date | None = None

    @cached_property
    def runs(self) -> frozenset[str]:
        """Its runs, made once however many texts it is compared with."""
        return runs(self.text)


@dataclass(frozen=True, slots=True)
class Hint:
    """A reason and what is said to the writer."""

    kind: HintKind
    words: str


def hints(text: str, earlier: Iterable[Earlier] = (), days_at_once: int = 1, limits: Limits = LIMITS) -> tuple[Hint, ...]:
    """A text in, the hints it gets out, the most telling first and two at most, () when there is nothing to say.

    `days_at_once`: of how many days one wrote in this sitting."""
    shown = concrete(text)
    found = [_alike(text, tuple(earlier), limits), _said(shown, limits), _many(days_at_once, limits)]
    return tuple(hint for hint in found if hint is not None)[:SHOWN]


def _said(shown: Concrete, limits: Limits) -> Hint | None:
    if is_short(shown, limits):
        return Hint(HintKind.SHORT, f"Bài còn ngắn. Bạn kể thêm {_missing(shown)} nhé.")
    if is_vague(shown):
        return Hint(HintKind.VAGUE, _vague(shown))
    return None


def is_short(shown: Concrete, limits: Limits = LIMITS) -> bool:
    """Fewer words than asked for, unless they show a deed and two more signs: "Hiến máu lần 3 ở viện"."""
    return shown.words < limits.words and not (shown.deeds and shown.signs >= 3)


def is_vague(shown: Concrete) -> bool:
    """So little of it can be seen (something done, a thing, a person, a count), beside so many stock phrases, vows and feelings, that
    nobody could say what was done. The more of those there are, the more has to be seen."""
    return shown.shown - EMPTY_WEIGHS * shown.empty < ENOUGH


def _vague(shown: Concrete) -> str:
    """Why it is vague, the most telling reason, and what to tell."""
    asked = _listed([_WHAT, *_around(shown)][:3])
    return f"{_why(shown)} Bạn kể thêm {asked} nhé."


def _why(shown: Concrete) -> str:
    if shown.vowed >= MOSTLY:
        return "Bài mới nói điều nghĩ, điều mong, điều sẽ làm."
    if shown.felt >= MOSTLY / 2 and shown.felt >= shown.stock:
        return "Bài mới nói cảm nghĩ."
    quoted = _quoted(shown.phrases)
    if not quoted:
        return "Bài còn chung chung, chưa thấy việc cụ thể."
    return f"Bài còn chung chung, những chữ như {' và '.join(f'“{phrase}”' for phrase in quoted)} chưa nói rõ việc."


def _quoted(phrases: Sequence[str]) -> list[str]:
    """The longest few as they are written, in their order; never one that names what its writer reveres."""
    free = [phrase[0].lower() + phrase[1:] for phrase in phrases if not REVERED.search(fold(phrase))]
    longest = sorted(dict.fromkeys(free), key=len)[-QUOTED:]
    return [phrase for phrase in dict.fromkeys(free) if phrase in longest]


_WHAT = "đã làm việc gì"


def _missing(shown: Concrete) -> str:
    named = shown.deeds or shown.acts >= 2
    return _listed([*([] if named else [_WHAT]), *_around(shown)][:3] or ["việc đã làm"])


def _around(shown: Concrete) -> list[str]:
    """What it does not say beside the deed."""
    wanted = ((shown.place, "ở đâu"), (shown.person, "cho ai, cùng ai"), (shown.number, "kết quả là bao nhiêu"))
    return [words for has, words in wanted if not has]


def _listed(parts: Sequence[str]) -> str:
    return ", ".join(parts)


def _alike(text: str, earlier: Sequence[Earlier], limits: Limits) -> Hint | None:
    mine = runs(text)
    same = next((one for one in earlier if likeness(mine, one.runs) >= limits.alike), None)
    if same is None:
        return None
    if same.day is None:
        return Hint(HintKind.LIKE_OTHERS, "Bài rất giống một bài đã có trong chi đoàn. Bạn kể phần việc của riêng mình nhé.")
    return Hint(HintKind.COPIED, f"Bài rất giống bài ngày {screen_day(same.day)} của bạn. Lần này có gì khác không?")


def _many(days: int, limits: Limits) -> Hint | None:
    if days < limits.days:
        return None
    return Hint(HintKind.MANY_DAYS, f"Bạn đang ghi cho {days} ngày trong một lúc. Ghi ngay trong ngày thì dễ nhớ hơn.")


def already_there(text: str) -> str:
    """What is good already, said first: "Đã có việc, nơi làm và người cùng làm."; "" where nothing is."""
    shown = concrete(text)
    there = (
        (shown.deeds or shown.acts >= 2, "việc"),
        (shown.place, "nơi làm"),
        (shown.person, "người cùng làm"),
        (shown.number, "con số"),
    )
    named = [word for has, word in there if has]
    if not named:
        return ""
    return f"Đã có {named[0]}." if len(named) == 1 else f"Đã có {', '.join(named[:-1])} và {named[-1]}."
