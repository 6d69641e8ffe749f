"""The criteria of a scheme with what the year's books say of each, as they stand on a member's sheet."""

from collections.abc import Callable, Mapping

from .evaluation_sheets import NOT_COUNTED, CriterionLine
from .evidence_sheets import EvidenceSheet
from .figures import number, percent
from .measures import MEMBER_MEASURES, Measure, Measured
from .schemes import Criterion, Scheme
from .year_registers import NOT_NOTED


def criterion_lines(scheme: Scheme, evidence: EvidenceSheet) -> tuple[CriterionLine, ...]:
    """A line for each criterion; what the books do not know is left to be written in."""
    return tuple(_line(criterion, evidence) for criterion in scheme.criteria)


def points_note(evidence: EvidenceSheet) -> str:
    """ "Cộng 83,5/100 điểm." in a scheme of points, while figures are missing "…, còn 30 điểm chưa có số liệu"; "" in another scheme."""
    points = evidence.points.values()
    if not points:
        return ""
    given, most = sum(one.given or 0 for one in points), sum(one.most for one in points)
    missing = sum(one.most for one in points if one.given is None)
    return f"Cộng {number(given, 1)}/{most} điểm" + (f", còn {missing} điểm chưa có số liệu." if missing else ".")


def _line(criterion: Criterion, evidence: EvidenceSheet) -> CriterionLine:
    measure, points = MEMBER_MEASURES.get(criterion.evidence), _points(criterion, evidence)
    if measure is None:
        return CriterionLine(criterion.text, points=points)
    measured = evidence.measures.get(measure.code, Measured())
    unsaid = NOT_NOTED if measure.noted or measure.code in _OF_REGISTERS else NOT_COUNTED
    if measured.value is None and not measure.none_is_zero:
        return CriterionLine(criterion.text, unsaid=unsaid, points=points)
    words = _WORDS.get(measure.code, _as_noted)(measured, evidence.measures)
    return CriterionLine(criterion.text, words, _figure(measure, measured), unsaid=unsaid, points=points)


def _points(criterion: Criterion, evidence: EvidenceSheet) -> str:
    """ "26,0/30"; ".../30" where the figure is not known, to be written in."""
    found = evidence.points.get(criterion.code)
    if found is None:
        return ""
    return f"{'…' if found.given is None else number(found.given, 1)}/{found.most}"


def _figure(measure: Measure, measured: Measured) -> str:
    if measured.value is None:
        return f"0 {measure.unit}"
    if measured.of is None:
        return measure.names[measured.count or 0] if measure.names else measure.figure(measured)
    share = f"{measured.count}/{measured.of}"
    if measure.code == "fees":
        return f"{share} quý"
    return share if measure.code == "pledges" else f"{share}\n{percent(measured.count or 0, measured.of, nbsp=True)}"


def _as_noted(measured: Measured, measures: Mapping[str, Measured]) -> str:
    return measured.words


def _weeks(measured: Measured, measures: Mapping[str, Measured]) -> str:
    entries = measures.get("entries", Measured()).words
    return f"{measured.words}; {entries[:1].lower()}{entries[1:]}" if entries else measured.words


def _fees(measured: Measured, measures: Mapping[str, Measured]) -> str:
    return f"Sổ đoàn phí: {measured.words[:1].lower()}{measured.words[1:]}"


_OF_REGISTERS = frozenset({"fees", "training"})
_WORDS: dict[str, Callable[[Measured, Mapping[str, Measured]], str]] = {
    "rhythm": _weeks,
    "fees": _fees,
    "training": lambda measured, measures: "Kết quả chi đoàn ghi trong sổ rèn luyện",
    "discipline": lambda measured, measures: measured.words or ("Có bị kỷ luật" if measured.count else "Không ghi nhận kỷ luật"),
}
