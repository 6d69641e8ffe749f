"""Forms of members: one person, moving, leaving, and the file of a list."""

from collections.abc import Iterable

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, IntegerField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional

from ...domain.members import (
    EMAIL_LIMIT,
    ETHNICITY_LIMIT,
    FAMILY_LIMIT,
    GENDER_LABELS,
    GIVEN_LIMIT,
    JOB_LIMIT,
    STANDING_LABELS,
    Gender,
    MemberDraft,
    Standing,
)
from ...queries.members import UnitChoice
from ..forms import DayField, DiaryForm, LineField, VersionField

_UNKNOWN = "Chưa rõ"
_LEAVING = (Standing.MATURED, Standing.LEFT)


class MemberForm(DiaryForm):
    family_name = LineField("Họ và chữ lót", FAMILY_LIMIT, (InputRequired("Hãy ghi họ và chữ lót."),))
    given_name = LineField("Tên", GIVEN_LIMIT, (InputRequired("Hãy ghi tên."),))
    born_on = DayField("Ngày sinh", validators=[Optional()], render_kw={"autocomplete": "off"})
    birth_year = IntegerField("Năm sinh", [Optional(), NumberRange(1900, 2100, "Hãy ghi năm gồm bốn chữ số, ví dụ 1998.")])
    gender = RadioField("Giới tính", validate_choice=False)
    ethnicity = LineField("Dân tộc", ETHNICITY_LIMIT)
    joined_union_on = DayField("Ngày vào Đoàn", validators=[Optional()])
    phone = LineField("Số điện thoại", 40, render_kw={"inputmode": "tel", "autocomplete": "off"})
    email = LineField("Email", EMAIL_LIMIT, render_kw={"inputmode": "email", "autocomplete": "off"})
    job = LineField("Công việc", JOB_LIMIT)
    party_member = BooleanField("Là đảng viên")
    version = VersionField()

    def offer(self) -> None:
        self.gender.choices = [SelectChoice("", _UNKNOWN), *(SelectChoice(gender.value, label) for gender, label in GENDER_LABELS.items())]
        self.gender.data = self.gender.data or ""

    def to_draft(self) -> MemberDraft:
        return MemberDraft(
            family_name=self.family_name.data,
            given_name=self.given_name.data,
            born_on=self.born_on.data,
            birth_year=self.birth_year.data,
            gender=next((gender for gender in Gender if gender.value == self.gender.data), None),
            ethnicity=self.ethnicity.data,
            joined_union_on=self.joined_union_on.data,
            phone=self.phone.data,
            email=self.email.data,
            job=self.job.data,
            party_member=self.party_member.data,
        )


class NewMemberForm(MemberForm):
    unit_id = SelectField("Nơi sinh hoạt", coerce=int)
    another = BooleanField("Đây là người khác, chỉ trùng họ tên và ngày sinh")


class LeaveForm(DiaryForm):
    standing = RadioField("Lý do", [InputRequired("Hãy chọn một lý do.")])

    def offer(self) -> None:
        self.standing.choices = [SelectChoice(standing.value, STANDING_LABELS[standing]) for standing in _LEAVING]


class ListForm(DiaryForm):
    file = FileField("Tệp danh sách", [FileRequired("Hãy chọn tệp danh sách.")], render_kw={"accept": ".xlsx,.xls,.ods,.csv,.txt"})


def unit_options(units: Iterable[UnitChoice]) -> list[SelectChoice]:
    """Units as options of a select, indented by their depth; those that take no members themselves are left out."""
    return [SelectChoice(unit.id, " " * 3 * unit.depth + unit.name) for unit in units if unit.takes_members]
