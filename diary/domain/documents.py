"""Documents that are issued: their kinds with the letters of their number, and whether they still hold."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from .accounts import CODE_LENGTH, normal_code, shown_code
from .errors import BadInput, WrongMoment
from .vietnamese import clean_text, fold

REASON_LIMIT = 1000
LOOKUP_WINDOW = timedelta(minutes=15)
_PLAIN = re.compile(r"[a-z0-9]+")
FAILED_LOOKUPS = 60  # wrong codes looked up from one address within the window; a whole office stands behind one


class DocumentKind(StrEnum):
    EVALUATION_SHEET = "evaluation_sheet"
    YEAR_BOOK = "year_book"
    PROPOSAL_LIST = "proposal_list"
    MINUTES = "minutes"
    REGISTRATION = "registration"
    BASE_LIST = "base_list"
    PETITION = "petition"
    DECISION = "decision"


KIND_LETTERS = {
    DocumentKind.EVALUATION_SHEET: "PĐG",
    DocumentKind.YEAR_BOOK: "SNK",
    DocumentKind.PROPOSAL_LIST: "DS",
    DocumentKind.MINUTES: "BB",
    DocumentKind.REGISTRATION: "BĐK",
    DocumentKind.BASE_LIST: "DS",
    DocumentKind.PETITION: "TTr",
    DocumentKind.DECISION: "QĐ",
}
KIND_LABELS = {
    DocumentKind.EVALUATION_SHEET: "Phiếu đánh giá, xếp loại đoàn viên",
    DocumentKind.YEAR_BOOK: "Sổ nhật ký năm",
    DocumentKind.PROPOSAL_LIST: "Danh sách đề nghị xếp loại",
    DocumentKind.MINUTES: "Biên bản họp xét xếp loại",
    DocumentKind.REGISTRATION: "Bản đăng ký làm theo",
    DocumentKind.BASE_LIST: "Danh sách đề nghị công nhận xếp loại",
    DocumentKind.PETITION: "Tờ trình đề nghị công nhận xếp loại",
    DocumentKind.DECISION: "Quyết định công nhận kết quả xếp loại",
}


class Ending(StrEnum):
    """How a paper comes: to print, to edit and sign, or as a sheet of cells."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"


_EDITED = (Ending.PDF, Ending.DOCX)
ENDINGS: Mapping[DocumentKind, tuple[Ending, ...]] = {
    DocumentKind.EVALUATION_SHEET: (Ending.PDF,),
    DocumentKind.YEAR_BOOK: (Ending.PDF,),
    DocumentKind.PROPOSAL_LIST: (*_EDITED, Ending.XLSX),
    DocumentKind.MINUTES: _EDITED,
    DocumentKind.REGISTRATION: _EDITED,
    DocumentKind.BASE_LIST: (*_EDITED, Ending.XLSX),
    DocumentKind.PETITION: _EDITED,
    DocumentKind.DECISION: (*_EDITED, Ending.XLSX),
}
"""How each kind can be had. Only the PDF is ever issued; the others are drafts."""


class DocumentState(StrEnum):
    RESERVED = "reserved"  # its number is taken, its bytes are not there yet
    VALID = "valid"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


STATE_LABELS = {
    DocumentState.RESERVED: "Đang lập",
    DocumentState.VALID: "Còn hiệu lực",
    DocumentState.REPLACED: "Đã được thay thế",
    DocumentState.WITHDRAWN: "Đã thu hồi",
}
NEXT = {
    DocumentState.RESERVED: frozenset({DocumentState.VALID}),
    DocumentState.VALID: frozenset({DocumentState.REPLACED, DocumentState.WITHDRAWN}),
    DocumentState.REPLACED: frozenset(),
    DocumentState.WITHDRAWN: frozenset(),
}
ISSUED = frozenset(DocumentState) - {DocumentState.RESERVED}


@dataclass(frozen=True, slots=True)
class About:
    """What a document is about: of its kind there is one that holds for a member's year, or for a unit's where it names no member.

    A bloc decides more than once a year: its decisions are told apart by the number and the day typed when they were made
    (`number`, `day`), which paper carries instead of a number from the counter.
    """

    kind: DocumentKind
    unit_id: int
    year: int
    member_id: int | None = None
    number: str = ""
    day: date | None = None

    @property
    def title(self) -> str:
        """What the document is called where everyone may read it: never a person's name."""
        return f"{KIND_LABELS[self.kind].removesuffix(' năm')} năm {self.year}"


def move(state: DocumentState, wanted: DocumentState) -> DocumentState:
    """The state `wanted` if it may follow `state`; WrongMoment with words otherwise."""
    if wanted not in NEXT[state]:
        raise WrongMoment(f"Văn bản này đang ở trạng thái “{STATE_LABELS[state]}” nên không làm việc này được.")
    return wanted


def clean_reason(words: str) -> str:
    """Why a document is withdrawn, cleaned; BadInput "reason" when there are no words or too many."""
    clean = clean_text(words)
    if not clean:
        raise BadInput("reason", "Hãy ghi lý do thu hồi.")
    if len(clean) > REASON_LIMIT:
        raise BadInput("reason", f"Lý do dài quá {REASON_LIMIT} ký tự; hãy viết ngắn lại.")
    return clean


def file_name(words: str, ending: str = ".pdf") -> str:
    """A file's name in ASCII from any words: "Phiếu đánh giá, 03-PĐG" gives "phieu-danh-gia-03-pdg.pdf"."""
    return ("-".join(_PLAIN.findall(fold(words))) or "van-ban") + ending


def read_code(typed: str) -> str:
    """A code as it is stored, from what someone typed or scanned; "" when it cannot be one."""
    code = normal_code(typed)
    return code if len(code) == CODE_LENGTH else ""


def verification_url(site: str, code: str) -> str:
    """The public address behind a document's QR: `site` is scheme and host ("https://nhatky.example"), `code` as stored."""
    return f"{site.rstrip('/')}/xac-minh/{shown_code(code)}"


def numbered(number: int, kind: DocumentKind, symbol: str) -> str:
    """What stands after "Số": 3 of kind DS at ĐTNK is "03-DS/ĐTNK"."""
    return f"{number:02d}-{KIND_LETTERS[kind]}/{symbol}"


def counter_of(kind: DocumentKind) -> DocumentKind:
    """The kind whose counter numbers a document of `kind`: kinds with the same letters share one, so that no number stands twice."""
    return next(other for other, letters in KIND_LETTERS.items() if letters == KIND_LETTERS[kind])


def numbered_decision(number: int, symbol: str) -> str:
    """What stands after "Số" of a decision (QĐ): 3 at ĐTNK is "03-QĐ/ĐTNK"."""
    return f"{number:02d}-QĐ/{symbol}"
