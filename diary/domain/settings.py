"""Settings of the bloc that its committee changes while the program runs: what each is, its usual value and its bounds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from .errors import BadFields
from .hints import LIMITS, Limits
from .reviews import OVERDUE_DAYS


@dataclass(frozen=True, slots=True)
class Asked:
    """How one setting is asked for. `least` and `most` are in the unit shown; `per_cent`: kept as a part of one, shown in per cent."""

    label: str
    about: str
    unit: str
    least: int
    most: int
    per_cent: bool = False


def _asked(usual: Any, label: str, about: str, unit: str, least: int, most: int, *, per_cent: bool = False) -> Any:
    return field(default=usual, metadata={"asked": Asked(label, about, unit, least, most, per_cent)})


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings as they hold now. A new one is one more field here."""

    overdue_days: int = _asked(
        OVERDUE_DAYS,
        "Sau bao nhiêu ngày thì tổ chức Đoàn cấp trên được duyệt thay",
        "Bài, nội dung đăng ký chờ lâu hơn số ngày này thì Đoàn cơ sở được duyệt thay chi đoàn.",
        "ngày",
        1,
        60,
    )
    hint_words: int = _asked(
        LIMITS.words,
        "Bài ít hơn bao nhiêu từ thì gợi ý viết thêm",
        "Bài ngắn mà đã đủ việc, nơi làm, người cùng làm thì không bị nhắc.",
        "từ",
        3,
        40,
    )
    hint_alike: float = _asked(
        LIMITS.alike,
        "Giống bài trước bao nhiêu phần trăm thì gợi ý viết khác đi",
        "So với bài của chính người viết và bài trong chi đoàn, trong hai năm gần đây. Số càng nhỏ thì càng nhiều bài được gợi ý.",
        "%",
        50,
        100,
        per_cent=True,
    )
    hint_days: int = _asked(
        LIMITS.days,
        "Ghi cho bao nhiêu ngày trong cùng một ngày thì gợi ý ghi đều hơn",
        "Tính những ngày thực hiện khác nhau mà một người ghi trong cùng một ngày.",
        "ngày",
        2,
        31,
    )

    @property
    def limits(self) -> Limits:
        """The thresholds of the hints."""
        return Limits(self.hint_words, self.hint_alike, self.hint_days)


USUAL = Settings()
ASKED: Mapping[str, Asked] = {one.name: one.metadata["asked"] for one in fields(Settings)}


def settings_of(kept: Iterable[tuple[str, Any]]) -> Settings:
    """The settings from (name, value) as they are kept; the usual value for what is not kept, not known or out of bounds."""
    good = {name: value for name, value in kept if name in ASKED and _is_within(ASKED[name], value)}
    return Settings(**good)


def _is_within(asked: Asked, value: object) -> bool:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return False
    return asked.least <= shown(asked, value) <= asked.most


def shown(asked: Asked, value: float) -> int:
    """A value in the unit it is shown in: 0.7 → 70 where it is a share."""
    return round(value * 100) if asked.per_cent else round(value)


def parse(typed: Mapping[str, str]) -> Settings:
    """Settings as typed, by name, each a whole number in the unit shown. BadFields at each that is not within its bounds."""
    values: dict[str, Any] = {}
    faults = {}
    for name, asked in ASKED.items():
        number = _whole(typed.get(name, ""))
        if number is None or not asked.least <= number <= asked.most:
            faults[name] = f"Hãy ghi một số từ {asked.least} đến {asked.most}."
        else:
            values[name] = number / 100 if asked.per_cent else number
    if faults:
        raise BadFields(faults)
    return Settings(**values)


def _whole(text: str) -> int | None:
    digits = text.strip().removesuffix("%").strip()
    return int(digits) if digits.isdecimal() and len(digits) <= 4 else None


def changed(before: Settings, after: Settings) -> dict[str, int | float]:
    """The settings that differ, by name, with their new values."""
    return {name: getattr(after, name) for name in ASKED if getattr(after, name) != getattr(before, name)}


def fingerprint(settings: Settings) -> str:
    """The values in one line, to tell whether they are still those somebody saw."""
    return " ".join(str(shown(asked, getattr(settings, name))) for name, asked in ASKED.items())
