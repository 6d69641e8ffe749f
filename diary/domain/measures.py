"""Measures: what a year's books can say of a member or a unit, and by which the conditions of a scheme are held."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from .figures import number, percent
from .training import RESULT_LABELS, TrainingResult

TRAINING_RANKS = {
    TrainingResult.NOT_COMPLETED: 1,
    TrainingResult.COMPLETED: 2,
    TrainingResult.GOOD: 3,
    TrainingResult.EXCELLENT: 4,
}
_TRAINING_NAMES = {rank: RESULT_LABELS[result] for result, rank in TRAINING_RANKS.items()}


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure of the year. `unit` is "%" for a share, else what is counted ("lần"). `least` and `most` put a bound into words, `told` the
    figure itself, with "{}" where it stands. `names`: what the steps of a ranked result are called, from 1. `noted`: somebody writes it
    down, nothing is counted. `none_is_zero`: where nothing was noted there was none. `adverse`: the less of it the better."""

    code: str
    label: str
    unit: str = "%"
    least: str = ""
    most: str = ""
    told: str = "{}"
    names: Mapping[int, str] | None = None
    noted: bool = False
    none_is_zero: bool = False
    adverse: bool = False

    def said(self, bound: int) -> str:
        """A bound of this measure as it is read: "90 %", "2 lần", "hoàn thành xuất sắc"."""
        if self.names:
            return f"“{self.names.get(bound, str(bound)).lower()}”"
        return f"{bound} {self.unit}"

    def figure(self, measured: "Measured") -> str:
        """What is measured, to be read: "86,7 % (26/30)", "2 lần", "“hoàn thành tốt”"; "" where nothing is known."""
        if measured.value is None or measured.count is None:
            return ""
        if measured.of is not None:
            return f"{percent(measured.count, measured.of)} ({number(measured.count)}/{number(measured.of)})"
        return self.said(measured.count) if self.names else f"{number(measured.count)} {self.unit}"


MEMBER_MEASURES = {
    one.code: one
    for one in (
        Measure("participation", "Tham gia sinh hoạt, hoạt động", least="tham gia từ {}", most="tham gia không quá {}", told="tham gia {}"),
        Measure("meetings", "Dự sinh hoạt chi đoàn", least="dự sinh hoạt từ {}", most="dự sinh hoạt không quá {}",
                told="dự sinh hoạt {}", noted=True),
        Measure("activities", "Tham gia hoạt động", least="tham gia hoạt động từ {}", most="tham gia hoạt động không quá {}",
                told="tham gia hoạt động {}", noted=True),
        Measure("pledges", "Hoàn thành nội dung đăng ký", least="hoàn thành từ {} nội dung đăng ký",
                most="hoàn thành không quá {} nội dung đăng ký", told="hoàn thành {} nội dung đăng ký"),
        Measure("rhythm", "Giữ nhịp ghi nhật ký", least="giữ nhịp ghi từ {} số tuần", most="giữ nhịp ghi không quá {} số tuần",
                told="giữ nhịp ghi {} số tuần"),
        Measure("entries", "Bài được duyệt", "bài", "có từ {} được duyệt", "có không quá {} được duyệt", "có {} được duyệt"),
        Measure("late", "Bài ghi chậm", "bài", "có từ {} ghi chậm", "có không quá {} ghi chậm", "có {} ghi chậm", adverse=True),
        Measure("returned", "Lần phải bổ sung", "lần", "phải bổ sung từ {}", "phải bổ sung không quá {}", "phải bổ sung {}", adverse=True),
        Measure("fees", "Đóng đoàn phí theo quý", least="đóng đoàn phí từ {} số quý", most="đóng đoàn phí không quá {} số quý",
                told="đóng đoàn phí {} số quý"),
        Measure("training", "Chương trình rèn luyện đoàn viên", "", "{} Chương trình rèn luyện đoàn viên",
                "không quá {} Chương trình rèn luyện đoàn viên", "Chương trình rèn luyện đoàn viên {}", names=_TRAINING_NAMES),
        Measure("initiatives", "Mô hình, công trình, phần việc", "việc", "tham gia từ {} (mô hình, công trình, phần việc)",
                "tham gia không quá {} (mô hình, công trình, phần việc)", "tham gia {} (mô hình, công trình, phần việc)",
                noted=True, none_is_zero=True),
        Measure("commendations", "Khen thưởng", "lần", "được khen từ {}", "được khen không quá {}", "được khen {}",
                noted=True, none_is_zero=True),
        Measure("discipline", "Kỷ luật", "lần", "bị kỷ luật từ {}", "bị kỷ luật không quá {}", "bị kỷ luật {}",
                noted=True, none_is_zero=True, adverse=True),
    )
}  # fmt: skip
UNIT_MEASURES = {
    one.code: one
    for one in (
        Measure("meetings_held", "Sinh hoạt chi đoàn đã tổ chức", "buổi", "tổ chức từ {} sinh hoạt",
                "tổ chức không quá {} sinh hoạt", "tổ chức {} sinh hoạt", noted=True),
        Measure("registered", "Đoàn viên đăng ký làm theo", least="từ {} đoàn viên có nội dung đăng ký được duyệt",
                most="không quá {} đoàn viên có nội dung đăng ký được duyệt", told="{} đoàn viên có nội dung đăng ký được duyệt"),
        Measure("rated_well", "Đoàn viên xếp loại từ mức thứ hai trở lên", least="từ {} đoàn viên xếp loại từ mức thứ hai trở lên",
                most="không quá {} đoàn viên xếp loại từ mức thứ hai trở lên", told="{} đoàn viên xếp loại từ mức thứ hai trở lên"),
        Measure("rated_low", "Đoàn viên xếp loại mức thấp nhất", least="từ {} đoàn viên ở mức thấp nhất",
                most="không quá {} đoàn viên ở mức thấp nhất", told="{} đoàn viên ở mức thấp nhất", adverse=True),
        Measure("rhythm", "Giữ nhịp ghi nhật ký", least="giữ nhịp ghi từ {} số tuần", most="giữ nhịp ghi không quá {} số tuần",
                told="giữ nhịp ghi {} số tuần"),
        Measure("fees", "Đóng đoàn phí", least="đóng đoàn phí từ {} số quý", most="đóng đoàn phí không quá {} số quý",
                told="đóng đoàn phí {} số quý"),
        Measure("topics", "Chuyên đề đã học", "chuyên đề", "học từ {}", "học không quá {}", "học {}", noted=True),
        Measure("initiatives", "Mô hình, công trình, phần việc", "việc", "có từ {} (mô hình, công trình, phần việc)",
                "có không quá {} (mô hình, công trình, phần việc)", "có {} (mô hình, công trình, phần việc)", noted=True),
        Measure("branches_strong", "Chi đoàn vững mạnh trở lên", least="từ {} chi đoàn vững mạnh trở lên",
                most="không quá {} chi đoàn vững mạnh trở lên", told="{} chi đoàn vững mạnh trở lên"),
    )
}  # fmt: skip


def unit_measures_naming(second: str, lowest: str) -> dict[str, Measure]:
    """UNIT_MEASURES that call the second and the lowest level of members by their names: "xếp loại Tốt trở lên"."""

    def named(words: str) -> str:
        return words.replace("từ mức thứ hai trở lên", f"{second} trở lên").replace("mức thấp nhất", f"mức {lowest}")

    return {
        code: replace(one, label=named(one.label), least=named(one.least), most=named(one.most), told=named(one.told))
        for code, one in UNIT_MEASURES.items()
    }


@dataclass(frozen=True, slots=True)
class Measured:
    """What the books say of a measure: a `count`, or `count` of `of` for a share; None or of 0 where they say nothing.

    `words` put it as a sentence, `link` is the page of what it counts ("" where the reader has none).
    """

    count: int | None = None
    of: int | None = None
    words: str = ""
    link: str = ""

    @property
    def value(self) -> Fraction | None:
        """The count, or the share in per cent; None where nothing is known."""
        if self.count is None or self.of == 0:
            return None
        return Fraction(self.count) if self.of is None else Fraction(100 * self.count, self.of)
