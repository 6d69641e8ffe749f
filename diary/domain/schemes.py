"""Schemes: the rules a year is rated by, as data. Levels stand from the highest to the lowest."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Any

from .errors import WrongMoment
from .figures import percent


@dataclass(frozen=True, slots=True)
class Level:
    """A mức xếp loại. `participation` is the least share (%) of meetings and activities it asks for, None when it asks none."""

    code: str
    name: str
    short: str
    letters: str
    participation: int | None = None
    needs_training: bool = False  # asks for "hoàn thành xuất sắc" in the Chương trình rèn luyện đoàn viên
    local_default: bool = False  # a threshold the guidance leaves to the unit: to confirm

    @property
    def condition(self) -> str:
        """What the level asks for, as a sentence; "" where it asks for nothing the program can show."""
        asked = [f"tham gia từ {self.participation} %"] if self.participation else []
        if self.needs_training:
            asked.append("“hoàn thành xuất sắc” Chương trình rèn luyện đoàn viên")
        return f"Cần {' và '.join(asked)}." if asked else ""


@dataclass(frozen=True, slots=True)
class Criterion:
    """A line of the evaluation sheet; `evidence` names the figure of the year that feeds it."""

    code: str
    text: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Cap:
    """At most `share` % of the denominator may get `level`: of all rated, or of those rated at `of_level` or better."""

    level: str
    share: int
    of_level: str = ""
    rounds_half_up: bool = False


@dataclass(frozen=True, slots=True)
class Scheme:
    code: str
    name: str
    source: str
    first_year: int
    last_year: int
    levels: tuple[Level, ...]
    criteria: tuple[Criterion, ...]
    minimum_months: int
    rates_party_members: bool
    caps: tuple[Cap, ...] = ()

    def level(self, code: str) -> Level:
        """The level called `code`; KeyError when the scheme has none such."""
        return next((level for level in self.levels if level.code == code), None) or _no_level(code)

    def rank(self, code: str) -> int:
        """The level's place from 1, the highest; 0 for what is no level of this scheme."""
        return next((number for number, level in enumerate(self.levels, 1) if level.code == code), 0)

    def holds(self, code: str) -> bool:
        """Whether `code` is one of this scheme's levels."""
        return any(level.code == code for level in self.levels)


def _no_level(code: str) -> Level:
    raise KeyError(code)


def to_body(scheme: Scheme) -> dict[str, Any]:
    """The scheme as plain data, fit for a JSON column."""
    return asdict(scheme)


def from_body(body: Mapping[str, Any]) -> Scheme:
    """The scheme that `to_body` made `body` from."""
    return Scheme(
        **{
            **body,
            "levels": tuple(Level(**level) for level in body["levels"]),
            "criteria": tuple(Criterion(**criterion) for criterion in body["criteria"]),
            "caps": tuple(Cap(**cap) for cap in body["caps"]),
        }
    )


def require_scheme(scheme: Scheme | None, year: int) -> Scheme:
    """The scheme, or WrongMoment saying what to do: a year without one is not rated."""
    if scheme is None:
        raise WrongMoment(
            f"Năm {year} chưa có bộ tiêu chí xếp loại nên chưa xếp loại được. Đoàn Khối chọn bộ tiêu chí ở trang Năm công tác."
        )
    return scheme


def cap_base(cap: Cap, scheme: Scheme, counts: Mapping[str, int]) -> int:
    """The denominator of the cap where `counts` says how many are proposed for each level."""
    counted = scheme.levels[: scheme.rank(cap.of_level)] if cap.of_level else scheme.levels
    return sum(counts.get(level.code, 0) for level in counted)


def allowed_by_cap(cap: Cap, scheme: Scheme, counts: Mapping[str, int]) -> int:
    """How many may get the cap's level where `counts` says how many are proposed for each."""
    exact = Decimal(cap_base(cap, scheme, counts) * cap.share) / 100
    return int(exact.quantize(Decimal(1), ROUND_HALF_UP if cap.rounds_half_up else ROUND_FLOOR))


def over_caps(scheme: Scheme, counts: Mapping[str, int]) -> tuple[tuple[Cap, int, int], ...]:
    """The caps that `counts` passes, each with how many are proposed and how many may be."""
    found = ((cap, counts.get(cap.level, 0), allowed_by_cap(cap, scheme, counts)) for cap in scheme.caps)
    return tuple((cap, proposed, allowed) for cap, proposed, allowed in found if proposed > allowed)


@dataclass(frozen=True, slots=True)
class CapWarning:
    """A cap that is passed: a short title, and the figures behind it in words."""

    title: str
    words: str


def cap_warnings(scheme: Scheme, counts: Mapping[str, int]) -> tuple[CapWarning, ...]:
    """What to say of each cap that `counts` passes: "4 trên 11 người loại tốt trở lên là 36,4 %; …cho tối đa 2 người"."""
    return tuple(_cap_warning(cap, scheme, counts, proposed, allowed) for cap, proposed, allowed in over_caps(scheme, counts))


def _cap_warning(cap: Cap, scheme: Scheme, counts: Mapping[str, int], proposed: int, allowed: int) -> CapWarning:
    base, among = cap_base(cap, scheme, counts), "người được xếp loại"
    if cap.of_level:
        among = f"người loại {scheme.level(cap.of_level).short.lower()} trở lên"
    share = percent(proposed, base)
    words = f"{proposed} trên {base} {among} là {share}; mức của Đoàn Khối cho tối đa {allowed} người."
    return CapWarning(f"{scheme.level(cap.level).short} vượt mức {cap.share} %", words)


_CRITERIA = (
    Criterion("conduct", "Chấp hành chủ trương của Đảng, pháp luật của Nhà nước, Điều lệ Đoàn", "conduct"),
    Criterion("participation", "Tham gia sinh hoạt, hoạt động của tổ chức Đoàn", "participation"),
    Criterion("pledges", "Thực hiện nội dung đăng ký làm theo lời Bác", "pledges"),
    Criterion("diary", "Ghi Sổ nhật ký làm theo lời Bác", "diary"),
    Criterion("fees", "Đóng đoàn phí theo quý", "fees"),
)

SCHEME_2011 = Scheme(
    code="2011-2018",
    name="Đánh giá, xếp loại đoàn viên 2011–2018",
    source="Hướng dẫn số 57-HD/TWĐTN",
    first_year=2011,
    last_year=2018,
    levels=(
        Level("excellent", "Xuất sắc", "Xuất sắc", "XS", 90, local_default=True),
        Level("good", "Khá", "Khá", "K", 80, local_default=True),
        Level("average", "Trung bình", "Trung bình", "TB", 50, local_default=True),
        Level("weak", "Yếu", "Yếu", "Y"),
    ),
    criteria=_CRITERIA,
    minimum_months=3,
    rates_party_members=True,
)
SCHEME_2023 = Scheme(
    code="2023-2027",
    name="Đánh giá, xếp loại đoàn viên 2023–2027",
    source="Hướng dẫn số 25-HD/TWĐTN-BTC",
    first_year=2023,
    last_year=2027,
    levels=(
        Level("outstanding", "Hoàn thành xuất sắc nhiệm vụ", "Xuất sắc", "HTXS", 90, needs_training=True),
        Level("good", "Hoàn thành tốt nhiệm vụ", "Tốt", "HTT", 80, local_default=True),
        Level("done", "Hoàn thành nhiệm vụ", "Hoàn thành", "HT", 50, local_default=True),
        Level("not_done", "Không hoàn thành nhiệm vụ", "Không hoàn thành", "KHT"),
    ),
    criteria=(*_CRITERIA, Criterion("training", "Kết quả Chương trình rèn luyện đoàn viên", "training")),
    minimum_months=3,
    rates_party_members=True,
    caps=(Cap("outstanding", 20, of_level="good"),),
)
SHIPPED = (SCHEME_2011, SCHEME_2023)


def for_year(year: int) -> Scheme | None:
    """The shipped scheme that covers `year`; None for 2019–2022 and from 2028 on, which have none yet."""
    return next((scheme for scheme in SHIPPED if scheme.first_year <= year <= scheme.last_year), None)
