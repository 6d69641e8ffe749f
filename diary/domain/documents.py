"""Documents that are issued: their kinds with the letters of their number, and whether they still hold."""

from enum import StrEnum


class DocumentKind(StrEnum):
    EVALUATION_SHEET = "evaluation_sheet"
    YEAR_BOOK = "year_book"
    PROPOSAL_LIST = "proposal_list"


KIND_LETTERS = {DocumentKind.EVALUATION_SHEET: "PĐG", DocumentKind.YEAR_BOOK: "SNK", DocumentKind.PROPOSAL_LIST: "DS"}
KIND_LABELS = {
    DocumentKind.EVALUATION_SHEET: "Phiếu đánh giá, xếp loại đoàn viên",
    DocumentKind.YEAR_BOOK: "Sổ nhật ký năm",
    DocumentKind.PROPOSAL_LIST: "Danh sách đề nghị xếp loại",
}


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


def numbered(number: int, kind: DocumentKind, symbol: str) -> str:
    """What stands after "Số": 3 of kind DS at ĐTNK is "03-DS/ĐTNK"."""
    return f"{number:02d}-{KIND_LETTERS[kind]}/{symbol}"


def numbered_decision(number: int, symbol: str) -> str:
    """What stands after "Số" of a decision (QĐ): 3 at ĐTNK is "03-QĐ/ĐTNK"."""
    return f"{number:02d}-QĐ/{symbol}"
