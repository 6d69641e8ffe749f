"""Member lists for tests: people as a list names them, and the list as a file."""

from datetime import date
from pathlib import Path

from diary.domain.member_lists import CLEAN_HEADER, ListedMember, MemberList, RefusedRow
from diary.domain.names import split_full_name
from diary.files.sheets import write_sheet

BORN = date(1996, 8, 9)
BASE, NOI = "Đoàn cơ sở Bệnh viện Đa khoa", "Chi đoàn Khối Nội"


def person(name: str = "Lương Ngọc Diệp", base: str | None = BASE, branch: str | None = NOI, row: int = 2, **facts: object) -> ListedMember:
    family, given = split_full_name(name)
    known = {"born_on": BORN, "birth_year": facts.get("born_on", BORN).year if facts.get("born_on", BORN) else None}
    return ListedMember(
        str(facts.pop("sheet", "DS")), row, family, given, base_name=base, branch_name=branch, original=(name,), **(known | facts)
    )


def listed(*people: ListedMember, refused: tuple[RefusedRow, ...] = ()) -> MemberList:
    return MemberList(people, refused, len(people) + len(refused), {"DS": {}}, {"DS": "Unicode"})


def clean_row(name: str, born: object = BORN, base: str = BASE, branch: str = NOI, post: str = "", phone: str = "") -> tuple[object, ...]:
    return name, born, "Nữ", "Kinh", base, branch, post, date(2012, 3, 26), phone, ""


def clean_file(folder: Path, *rows: tuple[object, ...], name: str = "danh-sach.xlsx") -> Path:
    file = folder / name
    file.write_bytes(write_sheet(name, CLEAN_HEADER, rows))
    return file
