"""Papers made by hand: every name and figure is made up."""

from datetime import date
from decimal import Decimal
from io import BytesIO

from PIL import Image

from diary.domain.evaluation_sheets import (
    CriterionLine,
    EvaluationSheet,
    Instance,
    Proposal,
    SelfAssessment,
    SheetMember,
    Verdict,
    VoteCount,
)
from diary.domain.papers import EarlierYear, Letterhead, LevelName, PaperNumber, Verification, officer_signer
from diary.domain.proposal_lists import ProposalList, ProposalRow, UnratedRow
from diary.domain.year_books import BookEntry, BookPhoto, BookPledge, BookRemark, LevelStep, MonthRemark, Rhythm, YearBook

LEVELS = (
    LevelName("Hoàn thành xuất sắc nhiệm vụ", "Hoàn thành xuất sắc", "HTXS"),
    LevelName("Hoàn thành tốt nhiệm vụ", "Hoàn thành tốt", "HTT"),
    LevelName("Hoàn thành nhiệm vụ", "Hoàn thành", "HT"),
    LevelName("Không hoàn thành nhiệm vụ", "Không hoàn thành", "KHT"),
)
OLD_LEVELS = tuple(
    LevelName(name, name, letters) for name, letters in (("Xuất sắc", "XS"), ("Khá", "K"), ("Trung bình", "TB"), ("Yếu", "Y"))
)
EXCELLENT, GOOD, FAIR, FAILED = LEVELS

LONG_NAME = "Nguyễn Phúc Công Tằng Tôn Nữ Thị Huyền Trân Quỳnh Anh " + "Ngọc Diệp Thảo Nguyên " * 2 + "Phương"
LONG_TEXT = "Đã làm & <b>ghi</b> lại từng việc, từng người, từng con số; ai hỏi cũng kể được. " * 40


def verification(code: str = "K7Q4-M2XD") -> Verification:
    return Verification(code, f"https://nhatky.example/xac-minh/{code}", date(2025, 12, 8))


LETTERHEAD = Letterhead(
    "Đoàn Trường Cao đẳng | Y tế Bình Lạc", "Chi đoàn Điều dưỡng 2", PaperNumber(7, "PĐG", "CĐĐD2"), "Bình Lạc", date(2025, 12, 8)
)

SHEET = EvaluationSheet(
    year=2025,
    letterhead=LETTERHEAD,
    member=SheetMember(
        "Lý Thị Mỹ Tiên", date(1999, 2, 3), date(2015, 3, 26), "Đoàn viên", "Chi đoàn Điều dưỡng 2, từ 01/9/2021", "Giáo vụ khoa", False
    ),
    levels=LEVELS,
    criteria=(
        CriterionLine("Chấp hành Điều lệ Đoàn", "Không vi phạm; không bị nhắc nhở", "0 lần", "Đạt"),
        CriterionLine("Tham gia sinh hoạt chi đoàn", "Có mặt 11/12 buổi", "11/12\n91,7 %", "Đạt"),
        CriterionLine("Đoàn phí", "Đóng đủ bốn quý", "4/4", "Đạt"),
    ),
    self_assessment=SelfAssessment("Giữ nếp ghi sổ hằng tuần.", "Hai lần nộp bảng điểm chậm.", "Đặt lịch nhắc trước ba ngày.", EXCELLENT),
    remark="Việc nào cũng có người làm chứng.",
    vote=VoteCount(date(2025, 12, 4), True, 7, 7, (1, 5, 1, 0)),
    proposal=Proposal(GOOD, "Còn hai lần nộp chậm"),
    branch_signer=officer_signer("Phan Gia Huy"),
    base=Instance("Đoàn cơ sở xem xét", officer_signer("Võ Kim Chi"), Verdict(GOOD, "Tờ trình số 04-TTr/ĐTYT ngày 10/12/2025")),
    bloc=Instance(
        "Đoàn Khối quyết định",
        officer_signer("Trần Bá Lộc", standing_committee=True),
        Verdict(GOOD, "Quyết định số 21-QĐ/ĐK ngày 19/12/2025"),
    ),
    verification=verification(),
)

EMPTY_SHEET = EvaluationSheet(
    year=2025,
    letterhead=Letterhead("", "Chi đoàn Điều dưỡng 2", PaperNumber(None, "PĐG", "CĐĐD2"), "Bình Lạc", None),
    member=SheetMember("Lý Thị Mỹ Tiên", None, None, "", "", "", None),
    levels=LEVELS,
    criteria=(CriterionLine("Chấp hành Điều lệ Đoàn"),),
    base=Instance("Đoàn cơ sở xem xét", officer_signer()),
)


def row(name: str, votes: tuple[int, ...], proposed: LevelName, **more: object) -> ProposalRow:
    facts = {"birth_year": 1999, "position": "Đoàn viên", "participation": Decimal("81.25"), "self_level": GOOD} | more
    return ProposalRow(name=name, votes=votes, proposed=proposed, **facts)


LIST = ProposalList(
    year=2025,
    letterhead=Letterhead(LETTERHEAD.superior, LETTERHEAD.issuer, PaperNumber(3, "DS", "CĐĐD2"), "Bình Lạc", date(2025, 12, 8)),
    levels=LEVELS,
    rows=(
        row("Đỗ Minh An", (5, 2, 0, 0), EXCELLENT, position="Phó Bí thư", self_level=EXCELLENT, note="Sáng kiến cấp trường"),
        row("Kim Sô Phi", (0, 7, 0, 0), GOOD, participation=None, self_level=None),
        row("Lý Thị Mỹ Tiên", (1, 5, 1, 0), GOOD),
    ),
    unrated=(UnratedRow("Tạ Quốc Bảo", 2003, "mới chuyển đến, chưa đủ 03 tháng"),),
    signer=officer_signer("Phan Gia Huy"),
    recipients=("BCH Đoàn Trường (để xem xét)", "Lưu CĐĐD2"),
    voters=7,
    earlier=EarlierYear(2024, (1, 2, 0, 0)),
    verification=verification("D6WM-37TK"),
)


def jpeg(width: int, height: int, shade: int = 120) -> bytes:
    """A plain photo as a JPEG file's bytes."""
    out = BytesIO()
    Image.new("RGB", (width, height), (shade, 90, 160)).save(out, "JPEG")
    return out.getvalue()


ENTRY = BookEntry(
    happened_on=date(2025, 5, 8),
    written_on=date(2025, 5, 20),
    virtue="Cần",
    sphere="với công việc",
    pledge=1,
    done="Soạn xong bộ câu hỏi ôn tập cho lớp đêm.",
    with_whom="Cùng tổ giáo vụ",
    result="40 câu hỏi; 28 học viên dùng",
    lesson="Hỏi học viên trước khi soạn.",
    remark=BookRemark("Ghi chậm 12 ngày; việc tốt.", date(2025, 5, 21)),
    approved=True,
)

BOOK = YearBook(
    year=2025,
    holder="Lý Thị Mỹ Tiên",
    job="Giáo vụ khoa",
    superior=LETTERHEAD.superior,
    branch=LETTERHEAD.issuer,
    place="Bình Lạc",
    pledges=(
        BookPledge(
            1, "Cần", "Mỗi tháng soạn một bộ câu hỏi.", "Làm vào tối thứ Năm.", "12 bộ", date(2025, 12, 31), "11 bộ", "không hoàn thành"
        ),
        BookPledge(2, "Kiệm", "In hai mặt giấy.", "", "Bớt 05 ram giấy", None, "Bớt 06 ram", "hoàn thành", True),
    ),
    pledges_approved_on=date(2025, 1, 12),
    reason="lớp đêm thiếu tài liệu.",
    entries=(
        ENTRY,
        BookEntry(date(2025, 2, 3), date(2025, 2, 3), "Kiệm", "với công việc", None, "Gom giấy in hỏng làm nháp.", approved=True),
        BookEntry(date(2025, 5, 8), date(2025, 5, 8), "Kiệm", "với cộng đồng", 2, "Tắt đèn các phòng học trống."),
    ),
    month_rhythm=((date(2025, 5, 1), Rhythm(2, 4)),),
    month_remarks=(MonthRemark(date(2025, 5, 1), "Tháng này ghi đều hơn.", "Phan Gia Huy", date(2025, 6, 3)),),
    rhythm=Rhythm(42, 46),
    figures_on=date(2025, 12, 1),
    figures_note="Hai tuần nghỉ ốm không tính.",
    highlights=(("Cần", "40 câu hỏi"),),
    moments=((date(2025, 5, 8), "Lớp đêm có bộ câu hỏi đầu tiên."),),
    level=GOOD,
    decision="Quyết định số 21-QĐ/ĐK ngày 19/12/2025",
    scheme="Bộ tiêu chí 2023–2027",
    steps=(
        LevelStep("Tự xếp loại", date(2025, 12, 1), "Hoàn thành xuất sắc", "Lý Thị Mỹ Tiên"),
        LevelStep("Công nhận", date(2025, 12, 19), "Hoàn thành tốt nhiệm vụ", "Đoàn Khối"),
    ),
    branch_remark="Việc nào cũng có người làm chứng.",
    own_words="Năm sau rủ thêm hai bạn cùng soạn.",
    secretary=officer_signer("Phan Gia Huy"),
    closed_on=date(2025, 12, 22),
    verification=verification("S5NR-28KA"),
)


def with_photo(*contents: bytes) -> BookEntry:
    """The entry with these photos."""
    photos = tuple(BookPhoto(content, f"Ảnh {number}") for number, content in enumerate(contents, 1))
    return BookEntry(date(2025, 3, 1), date(2025, 3, 1), "Cần", "với công việc", 1, "Chụp lại buổi ôn.", photos=photos)
