"""What a person agrees to when their data is kept.

Belonging to a political organisation is sensitive personal data under the law on the protection of personal data (91/2025/QH15): what is
kept, why, who reads it and how to withdraw is said in plain words before anything is asked, and the answer is kept with the version of
these words. Whoever changes what they mean raises VERSION: everyone is then asked anew.
"""

from .errors import WrongMoment

VERSION = 1
WORDS: tuple[tuple[str, str], ...] = (
    (
        "Lưu những gì",
        "Họ tên, ngày sinh, giới tính, dân tộc, ngày vào Đoàn, số điện thoại, email, công việc, nơi sinh hoạt và chức vụ; "
        "nội dung đăng ký, bài nhật ký, minh chứng, nhận xét và mức xếp loại; lúc bạn đăng nhập và địa chỉ mạng. "
        "Không lưu số căn cước, không lưu tôn giáo.",
    ),
    (
        "Để làm gì",
        "Để bạn ghi việc làm theo lời Bác, để chi đoàn nhận xét, cuối năm xếp loại bạn theo việc thật, "
        "và để Đoàn tính các con số trong báo cáo.",
    ),
    (
        "Ai đọc được",
        "Bí thư, phó bí thư chi đoàn đọc bài bạn đã gửi; trên trang, không ai khác đọc được bài nháp và mục Ghi riêng của bạn. "
        "Đoàn cơ sở và Đoàn Khối xem con số, chỉ đọc bài khi được chuyển lên, khi kiểm tra hoặc phúc tra. "
        "Người vận hành máy chủ có thể đọc về mặt kỹ thuật.",
    ),
    (
        "Rút lại thế nào",
        "Bạn rút lại bất cứ lúc nào ở trang Cá nhân. Khi đó bạn không cần ghi tiếp và bí thư được báo; "
        "những gì đã ghi được giữ để xếp loại năm nay, cho tới khi bạn rời tổ chức.",
    ),
)


def check_version(version: int) -> None:
    """Refuse (WrongMoment) an answer to words that have changed since the person read them."""
    if version != VERSION:
        raise WrongMoment("Nội dung xin đồng ý vừa thay đổi. Hãy đọc lại rồi trả lời.")
