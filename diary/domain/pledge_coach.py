"""What makes a pledge good: ngắn gọn, dễ nhớ, dễ thực hiện, dễ kiểm tra. Asks for what is missing; refuses nothing and gives no score."""

import re
from dataclasses import dataclass
from enum import StrEnum

from .pledges import HOW_LIMIT, TARGET_LIMIT, TITLE_LIMIT, PledgeDraft
from .vietnamese import fold

BRIEF = 120  # characters of a title one still remembers


class Asked(StrEnum):
    WHAT = "what"
    HOW_OFTEN = "how_often"
    BY_WHEN = "by_when"
    SEEN = "seen"
    BRIEF = "brief"


QUESTIONS = {
    Asked.WHAT: "Bạn sẽ làm việc gì cụ thể? Ví dụ: đọc sách, trả lời hồ sơ, kèm một em học sinh.",
    Asked.HOW_OFTEN: "Bao lâu bạn làm một lần? Ví dụ: mỗi ngày, mỗi tuần một buổi.",
    Asked.BY_WHEN: "Đến khi nào thì xong? Chọn Hạn hoàn thành hoặc ghi tháng.",
    Asked.SEEN: "Người khác nhìn vào đâu để biết bạn đã làm được? Thêm một con số hoặc một dấu hiệu ở Kết quả cần đạt.",
    Asked.BRIEF: "Rút còn một câu ngắn cho dễ nhớ; phần chi tiết để ở Cách làm.",
}
FOUR_QUESTIONS = ("Bạn làm việc gì?", "Bao lâu một lần?", "Đến khi nào?", "Người khác thấy kết quả ở đâu?")
GOOD = {
    Asked.WHAT: "việc cụ thể",
    Asked.HOW_OFTEN: "nhịp làm",
    Asked.BY_WHEN: "thời hạn",
    Asked.SEEN: "kết quả kiểm tra được",
}

# Phrases that stand in every slogan and say no deed; taken out before deeds are looked for. Folded, a line each.
_SLOGANS = """
hoc tap va lam theo|hoc tap, lam theo|hoc tap|lam theo loi bac|lam theo tam guong|lam theo|lam viec|viec lam|lam tot|lam tron
cham chi hoc hanh|tich cuc|ho chi minh|dao duc|tam guong|phan dau|co gang|no luc|quyet tam|nghiem tuc|guong mau|tien phong|di dau
xung kich
nang cao|phat huy|tang cuong|day manh|doi moi|ren luyen|tu duong|trau doi|giu gin|giu vung|bao ve|xay dung
nhan thuc|y thuc|tinh than|trach nhiem|dao duc|pham chat|loi song|tac phong|tu tuong|chinh tri|ban linh|nang luc
chap hanh|thuc hien tot|thuc hien|hoan thanh tot|hoan thanh|hoan thien|nhiem vu duoc giao|duoc giao|nhiem vu|chuyen mon|ke hoach de ra
thuc hanh tiet kiem|chong lang phi|tiet kiem|lang phi|doan ket|giup do moi nguoi|giup do dong nghiep|giup do ban be|giup do lan nhau
giup do
tham gia day du|tham gia|phong trao|hoat dong doan|cac hoat dong|quan tam|chia se|song va|song tot|song gian di|doc lap
"""
# Deeds one could watch somebody do. Folded; whole words only.
_DEEDS = r"""
an|bat den|boc|cam on|cap nhat|cham bai|cham tra|chay|chep|chi cach|chi nguoi|chup|cong khai|cuu|dat|day|de danh|dem|den nha|den tham
den lop|deo|de xuat|di|dieu tra
doc|doi chieu|don|don dep|dong doan phi|dong gop|dung lai|dung may|gap|ghi|giai|giai quyet|giai thich|giao|giat|giup|goi|gom|gop
gop y|gui|han che|hien|hoc|hoi|hop
huong dan|in|ke|kem|ket thuc|khai|kham|kiem diem|kiem tra|kiem dem|kiem quy|kiem han|ky cam ket|ky so|lam|lap|lau|lay|luyen|mang|mo
mua|nau|nghe|nghiem thu|nhac|nhap
khong nhan|nhan loi|nhan them|nhan mot|co mat|nhat|niem yet|noi|nop|nuoi|o lai|on tap|on bai|phat bieu|phuc hoi|quay|quet|quyen gop
rua|sap xep|soan|so gia|sua|tap|tat
tham|thay|theo doi|thu gom|tim|tiep|to chuc|tra|tra loi|trong cay|trong rau|trong hang|trong rung|trong hoa|trong \d+|truc|tu choi
tuan tra|tuyen truyen|uong|van dong|viet|xem|xep|xin loi|xu ly
xuong|choi|boi|hut|cai dat|chuyen|dang ky|khong \w+|xoa|bao ngay|bao dung|can phe|giu|di dung|dung xe|bot
"""
_RHYTHM = re.compile(
    r"\b(moi|hang|hằng|tung|sau|truoc) (\w+ )?(\w+ )?(ngay|tuan|thang|quy|buoi|sang|trua|chieu|toi|dem|nam|dot|lan|lop|ca|tiet|ky"
    r"|hoc ky|khi|cuoi tuan|gio|bua)\b"
    r"|\b(ngay|tuan|thang|quy|nam) nao cung\b|\bmoi (khi|nguoi|ho|em|nha|ban|benh|bao cao|bai|su|loi|viec|hoa|chung|cuoc|lop|cau|dam"
    r"|gia|van)"
    r"|\b(thu (hai|ba|tu|nam|sau|bay|\d)|chu nhat|cuoi tuan|t[2-7]|cn)\b|\b(trong|ngay|cuoi|dau|het|truoc) (\w+ )?(ngay|gio|buoi|ca"
    r"|tuan|thang|quy|tiet|phut|phien)\b"
    r"|\b(\d+|mot|hai|ba|bon|nam|sau) (lan|buoi|ngay|tiet|gio|phut|cuoi)\b( ?(/|mot|moi|trong)? ?(ngay|tuan|thang|quy|nam)\b)?"
    r"|/ ?(ngay|tuan|thang|quy|nam)\b|\b(luc|tu) \d+ ?(gio|h)\b|\d+ ?h\b|\b(dung gio|dung hen|dung han|dung ngay|truoc hen|quanh nam"
    r"|suot nam|ca nam|lien tuc|thuong xuyen moi)\b"
    r"|(^|[.;,:] ?)(noi )?khong (de |con )?\w+|\b(khi|truoc khi|sau khi|ngay khi|bat cu khi)\b"
)
_MOMENT = re.compile(
    r"\b\d{1,2} ?[/-] ?\d{1,4}\b|\bthang (\d+|gieng|chap|mot|hai|ba|tu|nam|sau|bay|tam|chin|muoi)\b|\bquy (\d|i|ii|iii|iv|v)\b"
    r"|\b(cuoi|trong|ca|suot|het|dau|giua) (nam|quy|thang|hoc ky|he|dot)\b"
    r"|\bnam hoc\b|\bhoc ky\b|\bdip\b|\btruoc (tet|he|ngay|khi)\b|\b(mua he|mua mua|mua kho)\b|\btruoc \d|\btrong (\d+|mot|hai|ba"
    r"|bon) (thang|tuan|ngay|quy)\b|\bsau (\d+|mot|hai|ba) (thang|tuan)\b"
)
_FIGURE = re.compile(  # number words with their marks, for folded "tam" is tám and tấm, "nam" năm and năm
    r"\d|\b(một|hai|ba|bốn|sáu|bảy|tám|chín|mười|chục|trăm|nghìn|nửa|mot|bon|muoi|tram|nghin)\b|\bnăm (buổi|ngày|lần|em|hộ|người|tiết"
    r"|giờ|phút|bài|cuốn)\b"
)
_DATE = re.compile(
    r"\b((ngày|ngay|tháng|thang) )?\d{1,2} ?[/-] ?\d{1,4}( ?[/-] ?\d{2,4})?\b|\b(tháng|năm|quý|học kỳ|thang|nam|quy|hoc ky) \d+\b"
    r"|\b20\d\d\b"
)
_SIGN = re.compile(
    r"\b(so tay|so ky|vao so|cuon so|ghi so|so ghi|bang (ke|ghi|thu|cong|theo)|anh (chup|truoc)|chup anh|xac nhan|chu ky|ky (nhan|so"
    r"|xac)|danh sach|nhat ky|bien ban|bien lai"
    r"|chung (chi|nhan)|giay khen|cong khai|dan (o|tai|len|bang)|phieu|phan anh|tra lai|hoa don|niem yet|bao cao|loai (gioi|kha)"
    r"|dat (loai|giai)|khong (con|co|de|bi|ai|lan|ho|em|qua|nguoi|mot|nhan|tre|muon|sai|thieu|tre|dung|mat|\w+ nao)\b|tat ca|deu|du)\b"
)


def _phrases(lines: str) -> list[str]:
    return sorted((phrase for line in lines.split("\n") for phrase in line.split("|") if phrase), key=len, reverse=True)


_SLOGAN = re.compile(r"\b(" + "|".join(_phrases(_SLOGANS)) + r")\b")
_DEED = re.compile(r"\b(" + "|".join(_phrases(_DEEDS)) + r")\b")


@dataclass(frozen=True, slots=True)
class Coaching:
    """What is good about a pledge, one sentence (empty where nothing is yet), and what one might still say."""

    good: str
    asked: tuple[Asked, ...]

    @property
    def questions(self) -> tuple[str, ...]:
        return tuple(QUESTIONS[one] for one in self.asked)


def coach(draft: PledgeDraft) -> Coaching:
    """What a pledge as typed already says of what, how often, by when and how others see it, and the questions it leaves open.

    A day in `due_on` answers by when; so does a rhythm, which runs to the end of the year. What happens once by a day needs no rhythm.
    """
    typed = draft.title[:TITLE_LIMIT], draft.how[:HOW_LIMIT], draft.target[:TARGET_LIMIT]
    title, how, target = (fold(text) for text in typed)
    if not title:
        return Coaching("", ())
    words, figure = f"{title}. {how}. {target}", _counted(". ".join(typed))
    rhythm, dated = bool(_RHYTHM.search(words)), draft.due_on is not None or bool(_MOMENT.search(words))
    said = {
        Asked.WHAT: bool(_DEED.search(_SLOGAN.sub(" ", f"{title}. {how}"))),
        Asked.HOW_OFTEN: rhythm or (dated and figure),
        Asked.BY_WHEN: rhythm or dated,
        Asked.SEEN: figure or bool(_SIGN.search(words)),
    }
    good = [GOOD[one] for one in GOOD if said[one]]
    asked = [one for one in said if not said[one]] + ([Asked.BRIEF] if len(draft.title) > BRIEF else [])
    return Coaching(f"Đã có {_listed(good)}." if good else "", tuple(asked))


def _counted(words: str) -> bool:
    return bool(_FIGURE.search(_DATE.sub(" ", words.lower())))


def _listed(words: list[str]) -> str:
    return " và ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]
