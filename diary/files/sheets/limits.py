"""What a sent file may weigh, and the refusal when it cannot be read."""

from diary.domain.errors import DiaryError

MAX_BYTES = 20 * 1024 * 1024
MAX_UNPACKED_BYTES = 200 * 1024 * 1024
MAX_PARTS = 5000  # files in a zipped workbook; hundreds of sheets with pictures have fewer
MAX_ROWS = 50_000
MAX_CELLS = 5_000_000
MAX_TEXT = 32_767  # characters in a cell, Excel's own limit


class UnreadableFile(DiaryError):
    """The file is not a table the program can read, or larger than it takes."""


def too_many_rows() -> UnreadableFile:
    """The refusal of a file with more than MAX_ROWS rows."""
    return UnreadableFile("Tệp có hơn 50.000 dòng. Hãy chia thành nhiều tệp nhỏ hơn rồi nhập từng tệp.")
