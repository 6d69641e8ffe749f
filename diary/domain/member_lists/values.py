"""Single cells of a member list: names, gender, phone, email, ethnic group, post. What cannot be read raises CellError."""

import re
from functools import lru_cache

from ..members import Gender
from ..sheets import Cell
from ..vietnamese import clean_line, fold

_NOTHING = {
    "",
    "-",
    "--",
    "---",
    "–",
    "—",
    ".",
    "/",
    "..",
    "...",
    "…",
    "x",
    "0",
    "khong",
    "khong co",
    "ko",
    "k",
    "chua co",
    "chua",
    "khong ro",
    "null",
    "n/a",
    "#n/a",
}
_AS_ABOVE_WORDS = {"nt", "nhutren", "nhutr"}
_AS_ABOVE_SIGNS = re.compile(r"""(?=.*["'“”‘’″〃]|//)[\s"'“”‘’″〃/.,_\-–]{1,9}""")
_WORD_SIGNS = re.compile(r"[\W_]+")


class CellError(ValueError):
    """A cell that cannot be read; its message is a Vietnamese sentence for the user."""


_clean = lru_cache(maxsize=20_000)(clean_line)  # each cell is looked at several times, by the row, the head, the units


def text_of(cell: Cell) -> str:
    """Any cell in, its text on one clean line out ("" for a blank one); dates as dd/mm/yyyy."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return _clean(cell)
    if isinstance(cell, int | float):
        return str(int(cell)) if float(cell).is_integer() else str(cell)
    return f"{cell:%d/%m/%Y}"


def is_as_above(text: str) -> bool:
    """Whether a clean text is a ditto: nt, -nt-, như trên, ″."""
    return len(text) < 16 and (_AS_ABOVE_SIGNS.fullmatch(text) is not None or _WORD_SIGNS.sub("", fold(text)) in _AS_ABOVE_WORDS)


def is_nothing(text: str) -> bool:
    """Whether a clean text only says that there is nothing: a dash, không, chưa có."""
    return not text or (len(text) <= 9 and fold(text) in _NOTHING)


_NUMBERED = re.compile(r"^\d{1,4}\s*[.)]\s*")
_ADDRESSED = re.compile(r"^(?:đ/c|đ\.c|đc|đồng chí)[.:\s]\s*", re.IGNORECASE)
_REMARK = re.compile(r"\s*[(\[][^)\]]*[)\]]?\s*$")
_NAME = re.compile(r"[^\W\d_]+(?:[ '’.\-][^\W\d_]+|[.'’])*")
_PIECES = re.compile(r"([ '’.\-])")
_LONGEST_NAME = 60


def read_name(text: str) -> str:
    """A clean name as written in; in the usual case, without numbering, "đ/c" or a remark in brackets out.

    Raises CellError when it is no name: digits, signs, or longer than a name can be.
    """
    name = _REMARK.sub("", _ADDRESSED.sub("", _NUMBERED.sub("", text))).strip(" *,;")
    if not name:
        raise CellError("Thiếu họ và tên.")
    if len(name) > _LONGEST_NAME or not _NAME.fullmatch(name) or len(name.split()) > 9:
        raise CellError(f"“{_cut(text)}” không phải là họ và tên.")
    return "".join(map(_capitalised, _PIECES.split(name)))


def _capitalised(piece: str) -> str:
    """Words all small or with capitals past the first letter (typed in capitals) get one capital; others stay."""
    return piece if piece[1:].islower() and piece[0].isupper() else piece[:1].upper() + piece[1:].lower()


_MALE, _FEMALE = {"nam", "m", "male", "trai", "ong", "nam gioi"}, {"nu", "f", "female", "gai", "ba", "nu gioi"}
_OTHER_GENDER = {"khac", "nam nu", "nam/nu"}
_MARKS = {"x", "v", "✓", "✔", "1", "true", "*", "co", "+", "√", "nam", "nu"}


def read_gender(text: str) -> Gender | None:
    """A clean text in (Nam, Nữ, M, F, …), the gender out; None when the cell says nothing. Raises CellError."""
    folded = fold(text).strip(" .,;:()")
    if folded in _MALE:
        return Gender.MALE
    if folded in _FEMALE:
        return Gender.FEMALE
    if is_nothing(text) or folded in _OTHER_GENDER:
        return None
    raise CellError(f"Không đọc được giới tính “{_cut(text)}”. Hãy ghi Nam hoặc Nữ.")


def is_mark(text: str) -> bool:
    """Whether a clean text ticks its column: x, v, ✓, 1."""
    return fold(text) in _MARKS


_KHMER = {"khmer", "kho me", "kho-me", "khome", "kho mer", "kh'mer", "khmer.", "k'hmer", "khomer"}
_KINH = {"kinh", "viet", "kinh (viet)", "k", "nguoi kinh"}


def read_ethnicity(text: str) -> str | None:
    """A clean text in, the ethnic group with capitals out ("Kinh", "Khmer", "Ê Đê"); None when the cell says nothing."""
    folded = fold(text)
    if folded in _KINH:
        return "Kinh"
    if folded in _KHMER:
        return "Khmer"
    if is_nothing(text):
        return None
    return "".join(map(_capitalised, _PIECES.split(text))) if text.isupper() or text.islower() else text


_PHONE_SIGNS = re.compile(r"[\s.\-()_\u2010-\u2015]+")
_SEVERAL = re.compile(r"[/;,\n]|\bhoặc\b|\bvà\b|\s-\s")
_NUMBER_AMONG_OTHERS = re.compile(r"(?:\+84|(?<!\d)0)(?:[\s.\-]?\d){9}(?!\d)")
# Until 2018 mobile numbers of some prefixes had eleven digits; each prefix became one of two digits less one.
_ELEVEN_DIGITS = {
    "0120": "070", "0121": "079", "0122": "077", "0126": "076", "0128": "078", "0123": "083", "0124": "084", "0125": "085",
    "0127": "081", "0129": "082", "0162": "032", "0163": "033", "0164": "034", "0165": "035", "0166": "036", "0167": "037",
    "0168": "038", "0169": "039", "0186": "056", "0188": "058", "0199": "059",
}  # fmt: skip


def read_phone(text: str) -> str | None:
    """A clean text in, ten digits beginning with 0 out; None when the cell says nothing.

    Takes spaces, dots, dashes, +84, a leading 0 lost by a number cell, eleven-digit mobile numbers of before 2018 (turned into today's),
    and the first of several numbers. Raises CellError for anything else.
    """
    if is_nothing(text):
        return None
    for candidate in [text, *_SEVERAL.split(text), *_NUMBER_AMONG_OTHERS.findall(text)]:
        if number := _phone_number(candidate):
            return number
    raise CellError(f"Không đọc được số điện thoại “{_cut(text)}”. Số cần có 10 chữ số, bắt đầu bằng 0.")


def _phone_number(text: str) -> str | None:
    digits = _PHONE_SIGNS.sub("", re.sub(r"^(\d{9,12})\.0$", r"\1", text)).lstrip("'`")
    digits = re.sub(r"^[oO](?=\d)", "0", digits)
    for prefix in ("+84", "0084"):
        if digits.startswith(prefix):
            digits = "0" + digits.removeprefix(prefix).lstrip("0")
    if not (digits.isascii() and digits.isdigit()):
        return None
    if digits.startswith("84") and len(digits) in (11, 12):
        digits = "0" + digits[2:]
    elif not digits.startswith("0") and len(digits) in (9, 10):
        digits = "0" + digits
    if len(digits) == 11 and digits[:4] in _ELEVEN_DIGITS:
        digits = _ELEVEN_DIGITS[digits[:4]] + digits[4:]
    return digits if len(digits) == 10 and digits.startswith("0") else None


_EMAIL = re.compile(
    r"[\w.!#$%&'*+/=?^`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)+", re.ASCII
)


def read_email(text: str) -> str | None:
    """A clean text in, an address of the right shape out (small letters if it was all capitals); None when the cell says nothing.

    Raises CellError for a text of another shape.
    """
    if is_nothing(text):
        return None
    first = next((part for part in re.split(r"[;,\n]|(?<=\w)\s+(?=\S+@)|\s+-\s+", text) if "@" in part), text)
    address = re.sub(r"^mailto:", "", first.strip(), flags=re.IGNORECASE).replace(" ", "").strip("<>;,.")
    if len(address) > 254 or not _EMAIL.fullmatch(address):
        raise CellError(f"“{_cut(text)}” không phải địa chỉ email.")
    return address.lower() if address.isupper() else address


_NO_POST = {
    "doan vien",
    "dv",
    "dvtn",
    "doan vien thanh nien",
    "thanh vien",
    "d vien",
    "dvien",
    "d v",
    "doanvien",
    "doan vien uu tu",
    "dv tn",
}
_SIGNS = re.compile(r"[\W_]+")
_POSTS = (
    (re.compile(r"(pho|p) ?(bi thu|bt|b ?thu|bithu)(cd|d)?\b.*|pbt( ?cd| ?d)?\b.*|p ?b ?t\b.*"), "Phó Bí thư"),
    (re.compile(r"(bi thu|bt|b ?thu|bithu|b t)\b.*|bt(cd|d|cdoan)\b.*"), "Bí thư"),
    (re.compile(r"(uy vien|u ?v) ?(ban thuong vu|btv|thuong vu)\b.*|uvbtv\b.*|btv|tv"), "Ủy viên BTV"),
    (
        re.compile(
            r"(uy vien|u ?v)|(uy vien|u ?v) ?(ban chap hanh|bch|chap hanh)\b.*|uvbch\b.*|bch\b.*|ban chap hanh\b.*"
            r"|(uy vien|u ?v) (chi )?doan\b.*|chap hanh( vien)?"
        ),
        "Ủy viên BCH",
    ),
)
_PARTY = re.compile(r"\b(?:dang|chi bo|hoi|cong doan)\b")


def read_post(text: str) -> str | None:
    """A clean text in (BT, P.BT, UV BCH, Bí thư chi đoàn, …), the post's usual name out; None for a plain member.

    Posts of other kinds come back as written.
    """
    folded = _WORD_SIGNS.sub(" ", fold(text)).strip()
    if is_nothing(text) or folded in _NO_POST:
        return None
    if not _PARTY.search(folded):
        for pattern, label in _POSTS:
            if pattern.fullmatch(folded):
                return label
    return text.capitalize() if text.isupper() and len(text) > 6 else text


def _cut(text: str) -> str:
    return text if len(text) <= 40 else text[:40] + "…"
