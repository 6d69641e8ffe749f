"""What a person said on the preview of a list: read from the form, kept with the upload."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from ...domain.errors import BadInput
from ...domain.member_lists import Column
from ...domain.member_lists.choices import AS_GUESSED, SheetChoice
from ...domain.member_lists.doubts import DoubtfulRow, DoubtKey
from ...domain.member_lists.layout import SheetLayout
from ...files.encodings import ENCODINGS

Choices = dict[str, SheetChoice]
Answers = dict[DoubtKey, bool]

DOUBT = "nghi-"
"""How the fields begin that ask about doubtful rows."""

_COLUMNS = {column.name.lower(): column for column in Column}
_ANSWERS = {"mot": True, "khac": False}


def kept_choices(notes: Mapping[str, Any]) -> Choices:
    """The notes of an upload in; what was said of its sheets out."""
    return {name: _choice(said) for name, said in notes.get("sheets", {}).items()}


def kept_answers(notes: Mapping[str, Any]) -> Answers:
    """The notes of an upload in; how its doubtful rows were answered out."""
    return {(sheet, row, member): same for sheet, row, member, same in notes.get("answers", ())}


def as_notes(choices: Choices, answers: Answers) -> dict[str, Any]:
    """Choices and answers as plain values, to be kept with the upload."""
    sheets = {name: {"read": one.read, "head": one.head, "columns": _named(one), "encoding": one.encoding} for name, one in choices.items()}
    return {"sheets": sheets, "answers": [[*key, same] for key, same in answers.items()]}


def sent_choices(fields: Mapping[str, str], layouts: Iterable[SheetLayout], kept: Choices) -> Choices:
    """The sent form, how the sheets are read now, and what was said before in; what is said now out.

    A sheet the form does not hold stays as it was. BadInput when two columns of a sheet are said to be the same.
    """
    sent = {layout.name: _sent(fields, number, layout, kept.get(layout.name, AS_GUESSED)) for number, layout in enumerate(layouts)}
    return {name: choice for name, choice in sent.items() if choice != AS_GUESSED}


def sent_answers(fields: Mapping[str, str], doubts: Iterable[DoubtfulRow], kept: Answers) -> Answers:
    """The sent form, the doubtful rows it asked about, and earlier answers in; all answers out."""
    answers = dict(kept)
    for doubt in doubts:
        said = fields.get(answer_field(doubt))
        if said in _ANSWERS:
            answers[doubt.key] = _ANSWERS[said]
        elif said is not None:
            answers.pop(doubt.key, None)
    return answers


def answer_field(doubt: DoubtfulRow) -> str:
    """The name of the field that asks whether a row is the member it may be."""
    sheet, row, member = doubt.key
    return f"{DOUBT}{member}-{row}-{sheet}"


def chosen_columns(layouts: Iterable[SheetLayout], choices: Choices) -> dict[str, Column]:
    """The columns that were matched by hand, by their folded head: what is worth remembering."""
    said = (layout for layout in layouts if choices.get(layout.name, AS_GUESSED).columns is not None)
    columns = (column for layout in said for column in layout.columns if column.key)
    return {column.key: column.column for column in columns if column.column is not column.guess or column.remembered}


def _sent(fields: Mapping[str, str], number: int, layout: SheetLayout, kept: SheetChoice) -> SheetChoice:
    if f"chu-{number}" not in fields:
        return kept
    said = fields.get(f"dau-{number}", "")
    head = int(said) if said.isascii() and said.isdigit() and len(said) < 7 else None
    encoding = fields.get(f"chu-{number}", "")
    choice = replace(kept, read=f"doc-{number}" in fields)
    if encoding in ENCODINGS and encoding != layout.encoding:
        choice = replace(choice, encoding=encoding)
    columns = _sent_columns(fields, number, layout)
    changed = columns != _used(layout)
    if head is not None and head != layout.head:  # under another head the columns are guessed anew, but for what was said just now
        return replace(choice, head=None if head == layout.guessed_head else head, columns=columns if changed else None)
    return replace(choice, columns=columns) if changed else choice


def _sent_columns(fields: Mapping[str, str], number: int, layout: SheetLayout) -> dict[int, Column]:
    columns: dict[int, Column] = {}
    for one in layout.columns:
        column = _COLUMNS.get(fields.get(f"cot-{number}-{one.number}", ""), one.column)
        if column in columns.values():
            raise BadInput("columns", f"Trang “{layout.name}” có hai cột cùng được chọn là “{column.value}”. Hãy chọn lại.")
        if column is not Column.IGNORED:
            columns[one.number] = column
    return columns


def _used(layout: SheetLayout) -> dict[int, Column]:
    return {one.number: one.column for one in layout.columns if one.column is not Column.IGNORED}


def _choice(said: Mapping[str, Any]) -> SheetChoice:
    columns = said["columns"]
    read = None if columns is None else {int(number): _COLUMNS[name] for number, name in columns.items() if name in _COLUMNS}
    return SheetChoice(said["read"], said["head"], read, said["encoding"])


def _named(choice: SheetChoice) -> dict[str, str] | None:
    return None if choice.columns is None else {str(number): column.name.lower() for number, column in choice.columns.items()}
