"""Every refusal the rules can give. The text of each is Vietnamese and fit for the person who reads it."""

from collections.abc import Mapping


class DiaryError(Exception):
    """Base of all refusals; `str(error)` is a sentence for the user."""


class NotFound(DiaryError):
    """There is no such thing, or it is not this person's to know of (404)."""

    def __init__(self, message: str = "Không tìm thấy nội dung này, hoặc bạn không có quyền biết tới."):
        super().__init__(message)


class NotAllowed(DiaryError):
    """The person may know of the thing, but not do this to it (403)."""

    def __init__(self, message: str = "Bạn không có quyền làm việc này."):
        super().__init__(message)


class WrongMoment(DiaryError):
    """The person may do it, but not in the state or on the day it stands (409)."""


class Stale(WrongMoment):
    """Someone changed the thing since this person opened it (409)."""

    def __init__(self, message: str = "Nội dung này vừa được người khác thay đổi. Chữ bạn gõ vẫn còn; hãy xem bản mới rồi gửi lại."):
        super().__init__(message)


class BadInput(DiaryError):
    """A field holds what the rules do not take; `field` is its name in the form (shown at the field)."""

    def __init__(self, field: str, message: str):
        super().__init__(message)
        self.field = field


class BadFields(BadInput):
    """Several fields hold what the rules do not take; `faults` maps each to its message."""

    def __init__(self, faults: Mapping[str, str]):
        field, message = next(iter(faults.items()))
        super().__init__(field, message)
        self.faults = dict(faults)


class TooManyTries(DiaryError):
    """Too many failed tries in a short time (429)."""

    def __init__(self, message: str = "Bạn đã thử sai quá nhiều lần. Hãy đợi 15 phút rồi thử lại, hoặc nhờ bí thư cấp lại mã."):
        super().__init__(message)
