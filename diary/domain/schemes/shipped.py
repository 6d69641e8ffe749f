"""The schemes that ship: two by guidance of the union, and an example of points to start one's own from."""

from ..measures import TRAINING_RANKS
from ..training import TrainingResult
from .shapes import Cap, Condition, Criterion, Level, Scheme

_EXCELLENT = TRAINING_RANKS[TrainingResult.EXCELLENT]


def _participation(least: int, *, local_default: bool = True) -> Condition:
    return Condition("participation", least=least, local_default=local_default)


_CRITERIA = (
    Criterion("conduct", "Chấp hành chủ trương của Đảng, pháp luật của Nhà nước, Điều lệ Đoàn", "discipline"),
    Criterion("participation", "Tham gia sinh hoạt, hoạt động của tổ chức Đoàn", "participation"),
    Criterion("pledges", "Thực hiện nội dung đăng ký làm theo lời Bác", "pledges"),
    Criterion("diary", "Ghi Sổ nhật ký làm theo lời Bác", "rhythm"),
    Criterion("fees", "Đóng đoàn phí theo quý", "fees"),
)
_UNIT_CRITERIA = (
    Criterion("meetings", "Sinh hoạt chi đoàn đúng định kỳ", "meetings_held"),
    Criterion("registered", "Đoàn viên đăng ký làm theo lời Bác", "registered"),
    Criterion("rated", "Chất lượng đoàn viên", "rated_well"),
    Criterion("topics", "Học tập chuyên đề", "topics"),
    Criterion("initiatives", "Mô hình, công trình, phần việc thanh niên", "initiatives"),
    Criterion("diary", "Đoàn viên giữ nhịp ghi nhật ký", "rhythm"),
    Criterion("fees", "Đóng đoàn phí", "fees"),
)


def _unit_level(code: str, name: str, letters: str, **least: int) -> Level:
    """A level of units; the guidance names the five and leaves the figures to the place."""
    conditions = (Condition(measure, least=bound, local_default=True) for measure, bound in least.items())
    return Level(code, name, name, letters, tuple(conditions))


_UNIT_LEVELS = (
    _unit_level("strongest", "Vững mạnh xuất sắc", "VMXS", meetings_held=12, registered=100, rated_well=80, topics=4, initiatives=1),
    _unit_level("strong", "Vững mạnh", "VM", meetings_held=10, registered=90, rated_well=70, topics=2),
    _unit_level("fair", "Khá", "K", meetings_held=8, registered=80, rated_well=50),
    _unit_level("average", "Trung bình", "TB", meetings_held=6, registered=50),
    _unit_level("weak", "Yếu", "Y"),
)

SCHEME_2011 = Scheme(
    code="2011-2018",
    name="Đánh giá, xếp loại đoàn viên 2011–2018",
    source="Hướng dẫn số 57-HD/TWĐTN",
    first_year=2011,
    last_year=2018,
    levels=(
        Level("excellent", "Xuất sắc", "Xuất sắc", "XS", (_participation(90),)),
        Level("good", "Khá", "Khá", "K", (_participation(80),)),
        Level("average", "Trung bình", "Trung bình", "TB", (_participation(50),)),
        Level("weak", "Yếu", "Yếu", "Y"),
    ),
    criteria=_CRITERIA,
    minimum_months=3,
    rates_party_members=True,
    movers_with_comment=True,
    long_leave_days=180,
    long_leave_level="good",
    thin_rhythm=50,
    unit_levels=_UNIT_LEVELS,
    unit_criteria=_UNIT_CRITERIA,
)
SCHEME_2023 = Scheme(
    code="2023-2027",
    name="Đánh giá, xếp loại đoàn viên 2023–2027",
    source="Hướng dẫn số 25-HD/TWĐTN-BTC",
    first_year=2023,
    last_year=2027,
    levels=(
        Level(
            "outstanding",
            "Hoàn thành xuất sắc nhiệm vụ",
            "Xuất sắc",
            "HTXS",
            (_participation(90, local_default=False), Condition("training", least=_EXCELLENT)),
        ),
        Level("good", "Hoàn thành tốt nhiệm vụ", "Tốt", "HTT", (_participation(80),)),
        Level("done", "Hoàn thành nhiệm vụ", "Hoàn thành", "HT", (_participation(50),)),
        Level("not_done", "Không hoàn thành nhiệm vụ", "Không hoàn thành", "KHT"),
    ),
    criteria=(*_CRITERIA, Criterion("training", "Kết quả Chương trình rèn luyện đoàn viên", "training")),
    minimum_months=3,
    rates_party_members=True,
    caps=(Cap("outstanding", 20, of_level="good"),),
    movers_with_comment=True,
    long_leave_days=180,
    long_leave_level="good",
    thin_rhythm=50,
    unit_levels=_UNIT_LEVELS,
    unit_criteria=_UNIT_CRITERIA,
)
SCHEME_POINTS = Scheme(
    code="thang-100",
    name="Thang 100 điểm (ví dụ để tự soạn)",
    source="Đơn vị tự soạn",
    first_year=2000,
    last_year=2100,
    levels=(
        Level("excellent", "Xuất sắc", "Xuất sắc", "XS", points_from=90),
        Level("good", "Khá", "Khá", "K", points_from=70),
        Level("average", "Trung bình", "Trung bình", "TB", points_from=50),
        Level("weak", "Yếu", "Yếu", "Y"),
    ),
    criteria=(
        Criterion("conduct", "Chấp hành chủ trương của Đảng, pháp luật của Nhà nước, Điều lệ Đoàn", "discipline", points=10, full_at=1),
        Criterion("participation", "Tham gia sinh hoạt, hoạt động của tổ chức Đoàn", "participation", points=30),
        Criterion("pledges", "Thực hiện nội dung đăng ký làm theo lời Bác", "pledges", points=25),
        Criterion("diary", "Ghi Sổ nhật ký làm theo lời Bác", "rhythm", points=15),
        Criterion("fees", "Đóng đoàn phí theo quý", "fees", points=10),
        Criterion("initiatives", "Mô hình, công trình, phần việc thanh niên", "initiatives", points=10, full_at=2),
    ),
    minimum_months=6,
    rates_party_members=True,
    movers_with_comment=True,
    long_leave_days=180,
    long_leave_level="good",
    thin_rhythm=50,
    unit_levels=_UNIT_LEVELS,
    unit_criteria=_UNIT_CRITERIA,
)
GUIDED = (SCHEME_2011, SCHEME_2023)
SHIPPED = (*GUIDED, SCHEME_POINTS)


def for_year(year: int) -> Scheme | None:
    """The scheme that the union's guidance gives `year`; None for 2019–2022 and from 2028 on, which have none yet."""
    return next((scheme for scheme in GUIDED if scheme.first_year <= year <= scheme.last_year), None)
