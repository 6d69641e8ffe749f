"""What makes a scheme one that can be rated by; every fault stands at the field it is in, and says what to write instead."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from ..measures import MEMBER_MEASURES, UNIT_MEASURES, Measure
from ..years import FIRST_YEAR, LAST_YEAR
from .shapes import Cap, Condition, Criterion, Level, Scheme

NAME_LIMIT, LEVEL_NAME_LIMIT, SHORT_LIMIT, LETTERS_LIMIT, TEXT_LIMIT = 200, 60, 24, 8, 300
MOST_LEVELS, MOST_CAPS, MOST_COUNT, MOST_POINTS = 8, 10, 10_000, 1000
_CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,23}")
_SCHEME_CODE = re.compile(r"[a-z0-9][a-z0-9_./-]{0,39}")
Fault = tuple[str, str]


def scheme_faults(scheme: Scheme) -> dict[str, str]:
    """Everything that is wrong with the scheme, by field ("name", "levels-0-conditions-1-least"); empty where nothing is."""
    faults: dict[str, str] = {}
    for field, message in _all_faults(scheme):
        faults.setdefault(field, message)
    return faults


def _all_faults(scheme: Scheme) -> Iterator[Fault]:
    yield from _naming(scheme)
    yield from _levels("levels", scheme.levels, scheme.criteria, MEMBER_MEASURES)
    yield from _criteria("criteria", scheme.criteria, MEMBER_MEASURES)
    yield from _who_is_rated(scheme)
    yield from _caps(scheme)
    if scheme.unit_levels:
        yield from _levels("unit_levels", scheme.unit_levels, scheme.unit_criteria, UNIT_MEASURES)
    yield from _criteria("unit_criteria", scheme.unit_criteria, UNIT_MEASURES, needed=bool(scheme.unit_levels))


def _naming(scheme: Scheme) -> Iterator[Fault]:
    if not _SCHEME_CODE.fullmatch(scheme.code):
        yield "code", "Mã gồm 1 đến 40 chữ thường không dấu, chữ số và các dấu - _ . /"
    yield from _line("name", scheme.name, NAME_LIMIT, "Hãy đặt tên cho bộ tiêu chí.")
    if len(scheme.source) > NAME_LIMIT:
        yield "source", _too_long(NAME_LIMIT)
    for field, year in (("first_year", scheme.first_year), ("last_year", scheme.last_year)):
        if not FIRST_YEAR <= year <= LAST_YEAR:
            yield field, f"Năm phải từ {FIRST_YEAR} đến {LAST_YEAR}."
    if scheme.last_year < scheme.first_year:
        yield "last_year", f"Năm cuối không thể trước năm đầu ({scheme.first_year})."


def _who_is_rated(scheme: Scheme) -> Iterator[Fault]:
    if scheme.minimum_months > 12:
        yield "minimum_months", "Số tháng phải từ 0 đến 12."
    if scheme.long_leave_days > 366:
        yield "long_leave_days", "Số ngày phải từ 0 đến 366; 0 là không đặt mức này."
    if scheme.long_leave_days and not scheme.holds(scheme.long_leave_level):
        yield "long_leave_level", "Hãy chọn mức cao nhất cho người nghỉ ốm dài ngày."
    if scheme.thin_rhythm > 100:
        yield "thin_rhythm", "Tỷ lệ phải từ 0 đến 100; 0 là không lưu ý."


# Levels


def _levels(name: str, levels: Sequence[Level], criteria: Sequence[Criterion], measures: Mapping[str, Measure]) -> Iterator[Fault]:
    if not 2 <= len(levels) <= MOST_LEVELS:
        yield name, f"Cần từ 2 đến {MOST_LEVELS} mức."
        return
    for number, level in enumerate(levels):
        yield from _level(f"{name}-{number}-", level, measures)
    for field in ("code", "name", "short", "letters"):
        yield from _twice(name, field, [str(getattr(level, field)) for level in levels])
    yield from _points_falling(name, levels, sum(criterion.points for criterion in criteria))
    for number, (above, level) in enumerate(pairwise(levels), 1):
        yield from _not_harder(f"{name}-{number}-", level, above, measures)
    if levels[-1].conditions:
        yield f"{name}-{len(levels) - 1}-conditions", "Mức cuối dành cho người không đạt mức nào ở trên, nên không đặt điều kiện."


def _level(path: str, level: Level, measures: Mapping[str, Measure]) -> Iterator[Fault]:
    if level.name and not _CODE.fullmatch(level.code):
        yield f"{path}code", "Mã của mức gồm 1 đến 24 chữ thường không dấu, chữ số và các dấu - _"
    yield from _line(f"{path}name", level.name, LEVEL_NAME_LIMIT, "Hãy ghi tên mức.")
    yield from _line(f"{path}short", level.short, SHORT_LIMIT, "Hãy ghi tên gọn.")
    yield from _line(f"{path}letters", level.letters, LETTERS_LIMIT, "Hãy ghi chữ tắt, ví dụ XS.")
    for number, condition in enumerate(level.conditions):
        yield from _condition(f"{path}conditions-{number}-", condition, measures)
    seen = [condition.measure for condition in level.conditions]
    for number, code in enumerate(seen):
        if code in seen[:number]:
            yield f"{path}conditions-{number}-measure", "Số liệu này đã có điều kiện ở dòng trên."


def _condition(path: str, condition: Condition, measures: Mapping[str, Measure]) -> Iterator[Fault]:
    measure = measures.get(condition.measure)
    if measure is None:
        yield f"{path}measure", "Hãy chọn một số liệu trong danh sách."
        return
    if condition.least is None and condition.most is None:
        yield f"{path}least", "Hãy ghi mức ít nhất hoặc nhiều nhất."
    for field, bound in (("least", condition.least), ("most", condition.most)):
        if bound is not None:
            yield from _bound(f"{path}{field}", bound, measure)
    if condition.least is not None and condition.most is not None and condition.most < condition.least:
        yield f"{path}most", "Mức nhiều nhất không thể nhỏ hơn mức ít nhất."


def _bound(field: str, bound: int, measure: Measure) -> Iterator[Fault]:
    if measure.names:
        if bound not in measure.names:
            yield field, "Hãy chọn một kết quả trong danh sách."
    elif measure.unit == "%":
        if bound > 100:
            yield field, "Tỷ lệ phải từ 0 đến 100 %."
    elif bound > MOST_COUNT:
        yield field, "Số này lớn quá; hãy xem lại."


def _points_falling(name: str, levels: Sequence[Level], most: int) -> Iterator[Fault]:
    """Points fall from level to level, down to 0, and the highest can be reached; without points in the criteria there are none at all."""
    if not any(level.points_from for level in levels):
        if most:
            yield f"{name}-0-points_from", "Tiêu chí có điểm thì mỗi mức cần ghi từ bao nhiêu điểm."
        return
    if levels[0].points_from > most:
        yield f"{name}-0-points_from", f"Các tiêu chí cộng lại chỉ có {most} điểm."
    for number, (above, level) in enumerate(pairwise(levels), 1):
        if level.points_from >= above.points_from:
            yield f"{name}-{number}-points_from", f"Điểm phải thấp hơn mức {above.short} ({above.points_from} điểm)."
    if levels[-1].points_from:
        yield f"{name}-{len(levels) - 1}-points_from", "Mức cuối tính từ 0 điểm."


def _not_harder(path: str, level: Level, above: Level, measures: Mapping[str, Measure]) -> Iterator[Fault]:
    """A level asks nothing that the level above it does not ask at least as much of."""
    higher = {condition.measure: condition for condition in above.conditions}
    for number, condition in enumerate(level.conditions):
        of_higher = higher.get(condition.measure, Condition(condition.measure))
        said = measures[condition.measure].label if condition.measure in measures else ""
        words = f"Mức này không thể đòi hỏi cao hơn mức {above.short} về “{said}”."
        if condition.least is not None and (of_higher.least is None or condition.least > of_higher.least):
            yield f"{path}conditions-{number}-least", words
        if condition.most is not None and (of_higher.most is None or condition.most < of_higher.most):
            yield f"{path}conditions-{number}-most", words


# Criteria and caps


def _criteria(name: str, criteria: Sequence[Criterion], measures: Mapping[str, Measure], *, needed: bool = True) -> Iterator[Fault]:
    if needed and not criteria:
        yield name, "Cần ít nhất một tiêu chí."
    for number, criterion in enumerate(criteria):
        yield from _criterion(f"{name}-{number}-", criterion, measures)
    yield from _twice(name, "code", [criterion.code for criterion in criteria])


def _criterion(path: str, criterion: Criterion, measures: Mapping[str, Measure]) -> Iterator[Fault]:
    if criterion.text and not _CODE.fullmatch(criterion.code):
        yield f"{path}code", "Mã của tiêu chí gồm 1 đến 24 chữ thường không dấu, chữ số và các dấu - _"
    yield from _line(f"{path}text", criterion.text, TEXT_LIMIT, "Hãy ghi nội dung tiêu chí.")
    measure = measures.get(criterion.evidence)
    if criterion.evidence and measure is None:
        yield f"{path}evidence", "Hãy chọn một số liệu trong danh sách."
    if criterion.points > MOST_POINTS:
        yield f"{path}points", f"Điểm phải từ 0 đến {MOST_POINTS}."
    counted = measure is not None and measure.unit != "%" and not measure.names
    if criterion.points and counted and not criterion.full_at:
        yield f"{path}full_at", "Hãy ghi số lượng được trọn điểm, ví dụ 2."
    if measure is not None and measure.names and criterion.full_at > max(measure.names):
        yield f"{path}full_at", f"Bậc được trọn điểm phải từ 2 đến {max(measure.names)}."
    if criterion.full_at > MOST_COUNT:
        yield f"{path}full_at", "Số này lớn quá; hãy xem lại."


def _caps(scheme: Scheme) -> Iterator[Fault]:
    if len(scheme.caps) > MOST_CAPS:
        yield "caps", f"Nhiều nhất {MOST_CAPS} mức khống chế."
    for number, cap in enumerate(scheme.caps):
        yield from _cap(f"caps-{number}-", cap, scheme)
        if any((cap.level, cap.of_level) == (other.level, other.of_level) for other in scheme.caps[:number]):
            yield f"caps-{number}-level", "Mức này đã được khống chế ở dòng trên."


def _cap(path: str, cap: Cap, scheme: Scheme) -> Iterator[Fault]:
    rank = scheme.rank(cap.level)
    if not rank:
        yield f"{path}level", "Hãy chọn mức bị khống chế."
    elif rank == len(scheme.levels):
        yield f"{path}level", "Không khống chế được mức cuối: ai không đạt mức nào đều ở mức này."
    if not 1 <= cap.share <= 100:
        yield f"{path}share", "Tỷ lệ phải từ 1 đến 100 %."
    if cap.of_level and not scheme.rank(cap.of_level):
        yield f"{path}of_level", "Hãy chọn cách tính mẫu số."
    elif cap.of_level and scheme.rank(cap.of_level) < rank:
        yield f"{path}of_level", "Mẫu số phải gồm cả những người ở mức bị khống chế."


# Texts


def _line(field: str, text: str, limit: int, missing: str) -> Iterator[Fault]:
    if not text:
        yield field, missing
    elif len(text) > limit:
        yield field, _too_long(limit)


def _too_long(limit: int) -> str:
    return f"Mục này dài quá {limit} ký tự; hãy rút ngắn lại."


def _twice(name: str, field: str, values: Sequence[str]) -> Iterator[Fault]:
    """A fault at each row that says in `field` what an earlier one said."""
    seen: set[str] = set()
    for number, value in enumerate(values):
        if value and value.casefold() in seen:
            yield f"{name}-{number}-{field}", "Đã có dòng khác ghi như thế này."
        seen.add(value.casefold())
