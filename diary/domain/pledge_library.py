"""Pledges ready to be taken over and made one's own: by job and by virtue."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from .vietnamese import fold

EVERY_JOB = "all"
JOBS = {
    EVERY_JOB: "Việc chung",
    "office": "Văn phòng",
    "teacher": "Giáo viên",
    "health": "Y tế",
    "student": "Học sinh, sinh viên",
    "technical": "Công nhân, kỹ thuật",
    "treasury": "Thuế, hải quan, kho bạc",
    "forces": "Quân đội, công an",
    "accounting": "Kế toán",
    "it": "Công nghệ thông tin",
    "commune": "Cán bộ xã, phường",
}
VIRTUES = {"can": "Cần", "kiem": "Kiệm", "liem": "Liêm", "chinh": "Chính", "chi-cong-vo-tu": "Chí công vô tư"}
# Words of a job, folded; the first job with one of them is taken, so that "kế toán trường học" is an accountant.
_JOB_WORDS = {
    "accounting": ("ke toan", "thu quy", "tai vu"),
    "it": ("cong nghe thong tin", "cntt", "lap trinh", "quan tri mang", "phan mem", "tin hoc"),
    "teacher": ("giao vien", "giang vien", "day hoc", "nha giao", "tong phu trach"),
    "health": ("bac si", "dieu duong", "y si", "y ta", "ho sinh", "duoc si", "ky thuat vien xet nghiem", "y te"),
    "student": ("hoc sinh", "sinh vien", "hoc vien"),
    "treasury": ("thue", "hai quan", "kho bac"),
    "forces": ("bo doi", "cong an", "chien si", "quan nhan", "si quan", "bien phong", "canh sat"),
    "commune": ("xa", "phuong", "ap", "khom", "dia chinh", "tu phap", "ho tich", "mot cua"),
    "technical": ("cong nhan", "ky su", "ky thuat", "tho", "van hanh", "co khi", "dien luc", "xay dung"),
    "office": ("van phong", "van thu", "chuyen vien", "can bo", "nhan vien", "hanh chinh", "thu ky"),
}


@dataclass(frozen=True, slots=True)
class ReadyPledge:
    """One pledge of the library. `key` names it in addresses; `due` is (day, month)."""

    key: str
    job: str
    virtue: str
    title: str
    how: str
    target: str
    due: tuple[int, int]

    def due_on(self, year: int, today: date) -> date:
        """The suggested day in `year`; the year's last where that day has gone by."""
        day = date(year, self.due[1], self.due[0])
        return day if day >= today else date(year, 12, 31)


def job_of(words: str) -> str:
    """The job of the library that the words of a member's job speak of; "" where none does."""
    folded = fold(words)
    return next((job for job, signs in _JOB_WORDS.items() if any(re.search(rf"\b{sign}\b", folded) for sign in signs)), "")


def found(pledges: Iterable[ReadyPledge], job: str = "", virtue: str = "", words: str = "") -> tuple[ReadyPledge, ...]:
    """Those of `job` (and then those of every job), of `virtue`, with all of `words`, typed with or without marks; "" asks for nothing."""
    wanted = fold(words).split()
    fitting = [
        one for one in pledges if (not job or one.job in {job, EVERY_JOB}) and (not virtue or one.virtue == virtue) and _says(one, wanted)
    ]
    return tuple(sorted(fitting, key=lambda one: bool(job) and one.job == EVERY_JOB))


def virtue_among(key: str, names: Mapping[int, str]) -> int | None:
    """The id among the year's virtues (id → name) of the library's virtue `key`, marks and capitals aside; None where there is none."""
    wanted = fold(VIRTUES[key])
    exact = next((one for one, name in names.items() if fold(name) == wanted), None)
    return exact or next((one for one, name in names.items() if re.search(rf"\b{wanted}\b", fold(name))), None)


def _says(one: ReadyPledge, wanted: list[str]) -> bool:
    text = fold(f"{one.title} {one.how} {one.target}")
    return all(word in text for word in wanted)
