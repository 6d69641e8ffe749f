"""The forms of a unit: what it is called, where it stands, who holds a post."""

from collections.abc import Iterable

from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from ...domain.actors import POST_LABELS, Post
from ...domain.units import KIND_LABELS, LETTERHEAD_LIMIT, NAME_LIMIT, SYMBOL_LIMIT, TOWN_LIMIT, UnitDraft, UnitKind
from ...queries.units import Person, UnitChoice
from ..forms import DiaryForm, LineField, VersionField


class UnitForm(DiaryForm):
    version = VersionField()
    name = LineField("Tên tổ chức", NAME_LIMIT, (InputRequired("Hãy ghi tên tổ chức."),))
    symbol = LineField("Ký hiệu văn bản", SYMBOL_LIMIT)
    town = LineField("Địa danh", TOWN_LIMIT)
    letterhead = LineField("Tên in trên văn bản", LETTERHEAD_LIMIT)

    def to_draft(self) -> UnitDraft:
        return UnitDraft(self.name.data, self.symbol.data, self.town.data, self.letterhead.data)


class NewUnitForm(UnitForm):
    kind = RadioField("Loại", [InputRequired("Hãy chọn loại tổ chức.")], validate_choice=False)

    def offer(self, kinds: Iterable[UnitKind]) -> None:
        self.kind.choices = [SelectChoice(kind.value, label) for kind, label in KIND_LABELS.items() if kind in kinds]

    def chosen(self) -> UnitKind | None:
        """The kind chosen, None for one that is not offered."""
        return next((kind for kind in UnitKind if kind.value == self.kind.data), None)


class MoveForm(DiaryForm):
    version = VersionField()
    parent_id = SelectField("Chuyển về", coerce=int)

    def offer(self, units: Iterable[UnitChoice]) -> None:
        self.parent_id.choices = [SelectChoice(unit.id, unit.label) for unit in units]


class MergeForm(DiaryForm):
    version = VersionField()
    into_id = SelectField("Sáp nhập vào", coerce=int)

    def offer(self, units: Iterable[UnitChoice]) -> None:
        self.into_id.choices = [SelectChoice(unit.id, unit.label) for unit in units]


class PostForm(DiaryForm):
    account_id = RadioField("Đoàn viên", [InputRequired("Hãy chọn một đoàn viên.")], coerce=int, validate_choice=False)
    post = RadioField("Chức vụ", [InputRequired("Hãy chọn một chức vụ.")], validate_choice=False)

    def offer(self, people: Iterable[Person], posts: Iterable[Post]) -> None:
        self.account_id.choices = [SelectChoice(one.account_id, f"{one.name} – {one.unit_name}") for one in people]
        self.post.choices = [SelectChoice(post.value, POST_LABELS[post]) for post in posts]

    def chosen(self) -> Post | None:
        """The post chosen, None for one there is not."""
        return next((post for post in Post if post.value == self.post.data), None)
