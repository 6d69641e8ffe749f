"""Papers of a meeting and of what follows it, made by hand: every name and figure is made up."""

from dataclasses import replace
from datetime import date

from diary.domain.decisions import DecidedRow, DecidedUnit, DecisionPaper
from diary.domain.meeting_minutes import MeetingMinutes, Presiding, Remark, VoteRow
from diary.domain.papers import GivenNumber, Letterhead, PaperNumber, Signer, officer_signer
from diary.domain.petitions import AskedBranch, AskedRow, Petition
from diary.domain.registrations import RegisteredPledge, Registration

from .samples import EXCELLENT, FAIR, GOOD, LETTERHEAD, LEVELS, verification

NAMES = ("Đỗ Minh An", "Kim Sô Phi", "Lý Thị Mỹ Tiên", "Tạ Quốc Bảo", "Sơn Thị Út", "Mai Văn Tư", "Thạch Ngọc Yến")
SCHOOL = "Đoàn Trường Cao đẳng | Y tế Bình Lạc"
BLOC = "Đoàn Khối các cơ quan | tỉnh Bình Lạc"


def of_kind(letters: str, order: int = 4) -> Letterhead:
    return replace(LETTERHEAD, number=PaperNumber(order, letters, "CĐĐD2"))


MINUTES = MeetingMinutes(
    year=2025,
    letterhead=of_kind("BB"),
    branch="Chi đoàn Điều dưỡng 2",
    held_on=date(2025, 12, 4),
    levels=LEVELS,
    rows=(
        VoteRow("Đỗ Minh An", (2, 1, 0, 0), EXCELLENT),
        VoteRow("Kim Sô Phi", (0, 3, 0, 0), GOOD),
        VoteRow("Lý Thị Mỹ Tiên", (1, 2, 0, 0), GOOD),
        VoteRow("Mai Văn Tư", (0, 1, 1, 1), None),
    ),
    present=3,
    needed=3,
    majority=2,
    absent=(Remark("Mai Văn Tư", "có phép"),),
    unrated=(Remark("Tạ Quốc Bảo", "mới chuyển đến, chưa đủ 03 tháng"),),
    chair=Presiding("Phan Gia Huy", "Bí thư"),
    clerk=Presiding("Đỗ Minh An", "Phó Bí thư"),
    notes="1. Bí thư nêu bộ tiêu chí và cách biểu quyết.\n2. Kim Sô Phi đề nghị xét kỹ việc ghi chậm.",
    verification=verification("P8RC-64YN"),
)


def minutes_of(count: int) -> MeetingMinutes:
    """Minutes with so many people voted on."""
    rows = tuple(VoteRow(f"{NAMES[n % 7]} {n + 1}", (0, count, 0, 0), GOOD) for n in range(count))
    return replace(MINUTES, rows=rows, present=count, needed=count // 2 + 1, majority=count // 2 + 1, absent=())


REGISTRATION = Registration(
    year=2025,
    letterhead=of_kind("BĐK"),
    name="Lý Thị Mỹ Tiên",
    position="Đoàn viên",
    branch="Chi đoàn Điều dưỡng 2, Đoàn Trường Cao đẳng Y tế Bình Lạc",
    job="Giáo vụ khoa",
    pledges=(
        RegisteredPledge("Cần", "Mỗi tháng soạn một bộ câu hỏi.", "Làm vào tối thứ Năm.", "12 bộ", date(2025, 12, 31), True),
        RegisteredPledge("Kiệm", "In hai mặt giấy.", "", "Bớt 05 ram giấy", None, True),
        RegisteredPledge("Kiệm", "Gom giấy in hỏng làm nháp.", "Để một khay cạnh máy in.", "", None, True),
    ),
    approved_on=date(2025, 1, 12),
    signer=officer_signer("Phan Gia Huy"),
    verification=verification("R5NR-28KA"),
)

ASKED = (
    AskedBranch(
        "Chi đoàn Điều dưỡng 2",
        (
            AskedRow("Đỗ Minh An", 1998, "Phó Bí thư", EXCELLENT, EXCELLENT, EXCELLENT),
            AskedRow("Kim Sô Phi", None, "Đoàn viên", None, None, GOOD, "Chưa mức nào quá nửa"),
        ),
    ),
    AskedBranch("Chi đoàn Dược", (AskedRow("Thạch Ngọc Yến", 2001, "Đoàn viên", GOOD, FAIR, FAIR),)),
)
PETITION = Petition(
    year=2025,
    letterhead=Letterhead(BLOC, SCHOOL, PaperNumber(4, "TTr", "ĐTYT"), "Bình Lạc", date(2025, 12, 10)),
    base=SCHOOL,
    bloc=BLOC,
    levels=LEVELS,
    branches=ASKED,
    signer=officer_signer("Võ Kim Chi"),
    recipients=("Như kính gửi", "Lưu ĐTYT"),
    guidance="Hướng dẫn số 25-HD/TWĐTN-BTC",
    missing=("Chi đoàn Y học",),
    verification=verification("T6WM-37TK"),
)
BASE_LIST = replace(PETITION, letterhead=replace(PETITION.letterhead, number=PaperNumber(2, "DS", "ĐTYT")))

DECISION = DecisionPaper(
    year=2025,
    letterhead=Letterhead("Tỉnh đoàn Bình Lạc", BLOC, GivenNumber("21-QĐ/ĐTNK"), "Bình Lạc", date(2025, 12, 19)),
    bloc=BLOC,
    number="21-QĐ/ĐTNK",
    day=date(2025, 12, 19),
    levels=LEVELS,
    units=(
        DecidedUnit(
            "Chi đoàn Điều dưỡng 2",
            "Đoàn Trường Cao đẳng Y tế Bình Lạc",
            (DecidedRow("Đỗ Minh An", 1998, EXCELLENT), DecidedRow("Kim Sô Phi", None, GOOD)),
        ),
        DecidedUnit("Chi đoàn Sở Nội vụ", "", (DecidedRow("Mai Văn Tư", 1996, GOOD),)),
    ),
    signer=officer_signer("Trần Bá Lộc", standing_committee=True),
    recipients=("Như Điều 3", "Lưu ĐTNK"),
    guidance="Hướng dẫn số 25-HD/TWĐTN-BTC",
    verification=verification("Q7NR-28KA"),
)


def decision_of(units: int, people: int) -> DecisionPaper:
    """A decision on so many branches of so many people each."""
    rows = tuple(DecidedRow(f"{NAMES[n % 7]} {n + 1}", 1995 + n % 9, (EXCELLENT, GOOD, GOOD, FAIR)[n % 4]) for n in range(people))
    return replace(DECISION, units=tuple(DecidedUnit(f"Chi đoàn số {n + 1}", f"Đoàn cơ sở {n // 4 + 1}", rows) for n in range(units)))


NOBODY = Signer(("TM. BAN CHẤP HÀNH", "BÍ THƯ"))
