"""`python -m bench import`: a made-up list of 10,000 people read, matched and previewed, then imported with a code for each.

It goes into a fresh installation, on SQLite or on the PostgreSQL of DATABASE_URL (an empty database). Reading ten thousand rows, matching
and previewing them aims at 5 s, writing at 10 s, both on a quiet machine: the CPU is what to compare, the wall what people wait.
"""

import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeVar

T = TypeVar("T")
TODAY = date(2026, 11, 23)
ROWS = 10_000
HEAD = ("Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Cơ sở Đoàn", "Chi đoàn", "Chức vụ", "Ngày vào Đoàn", "Số điện thoại", "Email")
FAMILIES = ("Nguyễn Văn", "Trần Thị", "Lê Hoàng", "Thạch Thị Sa", "Kim Ngọc", "Danh Minh", "Lý Thanh", "Võ Thị Kim", "Phạm Quốc")
MIDDLES = ("Bảo", "Gia", "Hữu", "Khánh", "Mỹ", "Nhật", "Phước", "Thùy", "Xuân", "Ý")
GIVENS = ("An", "Bình", "Châu", "Duyên", "Giang", "Hân", "Khoa", "Linh", "Minh", "Ngân", "Oanh", "Phúc", "Quyên", "Sơn", "Trang", "Uyên")


def main() -> None:
    """Measure and print; ends with 1 when an aim is missed in CPU."""
    with tempfile.TemporaryDirectory(prefix="diary-bench-") as folder:
        os.environ |= {"DIARY_INSTANCE": folder, "DIARY_DEMO": "", "SECRET_KEY": "a key for the codes of the bench"}
        _set_up()
        late = _measure(_workbook())
    raise SystemExit(late)


def _set_up() -> None:
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "setup", "--name", "Đoàn Khối đo", "--symbol", "ĐTNK", "--admin", "quantri"]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def _measure(content: bytes) -> int:
    from diary import create_app
    from diary.domain.member_lists import read_member_list
    from diary.domain.member_lists.layout import layouts
    from diary.files.encodings import repair_sheets
    from diary.files.sheets import read_sheets
    from diary.queries import member_lists as queries
    from diary.services import member_lists

    app = create_app()
    seconds: dict[str, float] = {}
    sheets = _timed(seconds, "open the workbook", lambda: repair_sheets(read_sheets("ds.xlsx", content)))
    listed = _timed(seconds, "read the rows", lambda: read_member_list(sheets, TODAY))
    _timed(seconds, "lay the columns out", lambda: layouts(sheets, {}, {}))
    with app.app_context():
        plan = _timed(seconds, "match with the books", lambda: queries.plan_member_import(None, listed, TODAY))
    with app.app_context():
        done = _timed(seconds, "write, with codes", lambda: member_lists.import_members(None, listed, TODAY, os.environ["SECRET_KEY"]))
    with app.app_context():
        _timed(seconds, "match the same again", lambda: queries.plan_member_import(None, listed, TODAY))
    written = seconds["write, with codes"]
    seen = sum(seconds.values()) - written - seconds["match the same again"]
    print(f"{plan.rows_read} rows, {len(done.new_member_ids)} people, {len(done.codes)} codes")
    print(f"preview {seen:.2f} s CPU (aim 5), written {written:.2f} s CPU (aim 10), most memory {_most_memory()} MB")
    return int(seen > 5 or written > 10)


def _timed(seconds: dict[str, float], name: str, act: Callable[[], T]) -> T:
    before, wall = _cpu(), time.perf_counter()
    result = act()
    seconds[name] = _cpu() - before
    print(f"{name:22} {seconds[name]:6.2f} s CPU {time.perf_counter() - wall:6.2f} s", flush=True)
    return result


def _cpu() -> float:
    """CPU of this process and of the readers it started."""
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))


def _most_memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _workbook() -> bytes:
    from diary.files.sheets import write_sheet

    dice = random.Random(4)
    return write_sheet("ds.xlsx", HEAD, (_row(number, dice) for number in range(ROWS)))


def _row(number: int, dice: random.Random) -> tuple[str | None, ...]:
    name = f"{dice.choice(FAMILIES)} {dice.choice(MIDDLES)} {dice.choice(GIVENS)}"
    born = date(1988, 1, 1) + timedelta(days=number % 7_000)
    base = number // 500 + 1
    unit = (f"Đoàn cơ sở Số {base}", f"Chi đoàn Tổ {number // 40 % 12 + 1} số {base}")
    post = "Bí thư" if number % 40 == 0 else None
    return (
        name,
        f"{born:%d/%m/%Y}",
        "Nam" if number % 2 else "Nữ",
        "Kinh",
        *unit,
        post,
        "26/03/2006",
        f"09{number:08d}",
        f"dv{number}@x.example",
    )
