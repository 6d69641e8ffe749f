"""`python -m bench papers`: 6,000 evaluation sheets of two pages, one file per branch, beside a canvas drawn by hand.

    python -m bench papers [--people N] [--branch N]

Both write the same words with the same faces, a branch of each in turn on one process: the ratio of their CPU holds on a busy machine too.
It aims at 2.2 and must not be over 3. This process looks for garbage as rarely as a helper does. Then the same branches go through the
helpers a worker draws with, one and two of them: what two take of the time of one, and the most memory of all processes together. Ends
with 1 when a bound is missed.
"""

import argparse
import os
import random
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from subprocess import run
from threading import Event, Thread

from bench.hand_drawn import draw_sheets
from diary.documents.evaluation_sheet import render_batch
from diary.domain.bulk_papers import PrintForm
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
from diary.domain.level_names import level_names
from diary.domain.papers import Letterhead, PaperNumber, officer_signer
from diary.domain.schemes.shipped import SCHEME_2023
from diary.jobs.drawing import Drawers, Sheaf, make_helper, start_method

AIM, BOUND = 2.2, 3.0
MEMORY = 400  # MB
YEAR = 2026
FAMILIES = ("Nguyễn Văn", "Trần Thị", "Lê Hoàng", "Thạch Thị Sa", "Kim Ngọc", "Danh Minh", "Lý Thanh", "Võ Thị Kim", "Phạm Quốc")
GIVENS = ("An", "Bình", "Châu", "Duyên", "Giang", "Hân", "Khoa", "Linh", "Minh", "Ngân", "Oanh", "Phúc", "Quyên", "Sơn", "Trang", "Uyên")
JOBS = ("Điều dưỡng khoa Nội", "Chuyên viên văn phòng", "Giáo viên Toán", "Kế toán", "Kỹ sư đường dây")
MIDDLES = ("Bảo", "Gia", "Hữu", "Khánh", "Mỹ", "Nhật", "Phước", "Thùy", "Xuân", "Ý", "Anh", "Đăng", "Hồng", "Quang", "Thiên")
WORDS = (
    "giữ nếp ghi sổ hằng tuần việc hứa đầu năm làm xong sớm hơn một tháng ở lại giúp người bệnh điền hồ sơ đọc từng mục cho bà con "
    "nghe xếp kho vật tư dán nhãn kệ nên ca trực sau tìm được ngay dạy kèm ba em nhỏ tổ dân phố vào tối thứ Năm cả đều lên lớp "
    "tiết kiệm điện tắt máy lạnh trước giờ về mười lăm phút nào cũng có số đo nhận khó khi đồng nghiệp nghỉ ốm bàn giao đủ giấy tờ "
)


def main(words: Sequence[str]) -> int:
    """Measure and print; 1 when a bound is missed."""
    options = _options(words)
    make_helper()
    branches, people = range(-(-options.people // options.branch)), options.branch
    print(f"{len(branches)} files of {people} sheets")
    _check_same_words(branch_sheets(0, people))
    missed = _beside_the_minimum(branches, people)
    return int(missed | _with_helpers(branches, people))


def _options(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench papers")
    parser.add_argument("--people", type=int, default=6000)
    parser.add_argument("--branch", type=int, default=25, help="sheets in one file")
    return parser.parse_args(words)


def branch_sheets(place: int, people: int) -> list[EvaluationSheet]:
    """The sheets of a made-up branch, every step of the year-end reached; the same for the same `place`."""
    dice = random.Random(place)
    letterhead = Letterhead(
        f"Đoàn Bệnh viện số {place % 20 + 1}", f"Chi đoàn Khoa {place + 1}", PaperNumber(None, "PĐG", f"CĐK{place + 1}"), "Bình Lạc", None
    )
    return [_sheet(letterhead, dice) for _ in range(people)]


def _sheet(letterhead: Letterhead, dice: random.Random) -> EvaluationSheet:
    levels = level_names(SCHEME_2023)
    level = dice.choice(levels[:3])
    born = date(1990, 1, 1) + timedelta(days=dice.randrange(5000))
    return EvaluationSheet(
        year=YEAR,
        letterhead=letterhead,
        member=SheetMember(
            f"{dice.choice(FAMILIES)} {dice.choice(MIDDLES)} {dice.choice(GIVENS)}", born, born + timedelta(days=16 * 365), "Đoàn viên",
            f"{letterhead.issuer}, từ 01/9/2021", dice.choice(JOBS), dice.random() < 0.2,
        ),
        levels=levels,
        criteria=tuple(CriterionLine(one.text, *_evidence(dice), "Đạt") for one in SCHEME_2023.criteria),
        self_assessment=SelfAssessment(_said(dice, 45), _said(dice, 12), _said(dice, 12), level),
        remark=_said(dice, 30),
        vote=VoteCount(date(YEAR, 12, 4), True, 25, 25, (3, dice.randrange(12, 18), 4, 0)),
        proposal=Proposal(level, _said(dice, 14).rstrip(".")),
        branch_signer=officer_signer("Phan Gia Huy"),
        base=Instance("Đoàn cơ sở xem xét", officer_signer("Võ Kim Chi"), Verdict(level, "Tờ trình số 04-TTr/ĐBV ngày 10/12/2026")),
        bloc=Instance(
            "Đoàn Khối quyết định",
            officer_signer("Trần Bá Lộc", standing_committee=True),
            Verdict(level, "Quyết định số 21-QĐ/ĐTNK ngày 19/12/2026"),
        ),
    )  # fmt: skip


def _said(dice: random.Random, words: int) -> str:
    """So many words as nobody said them before: what people write is never the same twice."""
    return " ".join(dice.choices(WORDS.split(), k=words)).capitalize() + "."


def _evidence(dice: random.Random) -> tuple[str, str]:
    kept = dice.randrange(30, 47)
    return (
        f"Tuần có ghi trên tuần phải ghi; {kept * 2} bài đã gửi, bí thư đã duyệt {kept * 2 - 3}",
        f"{kept}/46\n{kept / 46 * 100:.1f}".replace(".", ","),
    )


def _check_same_words(sheets: Sequence[EvaluationSheet]) -> None:
    """Both write the same words, each as often, on two pages a sheet: else comparing them says nothing."""
    ours, theirs = map(_words_and_pages, (render_batch(sheets)[0], draw_sheets(sheets)))
    more, less = ours[0] - theirs[0], theirs[0] - ours[0]
    if more or less or ours[1] != theirs[1] or ours[1] != 2 * len(sheets):
        raise SystemExit(f"not the same: {more} {less}, {ours[1]} and {theirs[1]} pages of {len(sheets)} sheets")


def _words_and_pages(pdf: bytes) -> tuple[Counter[str], int]:
    text = run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    return Counter(text.split()), text.count("\f")


def _beside_the_minimum(branches: range, people: int) -> bool:
    pairs = [_pair(branch_sheets(place, people)) for place in branches]
    ours, theirs = (sum(side) for side in zip(*pairs, strict=True))
    pages = 2 * people * len(branches)
    tenth, ninth = (statistics.quantiles([a / b for a, b in pairs], n=10)[at] for at in (0, 8))
    verdict = "within" if ours / theirs <= AIM else "over the aim" if ours / theirs <= BOUND else "OVER"
    print(f"our papers   {ours:7.2f} s CPU {pages / ours:6.0f} pages a second")
    print(f"drawn by hand {theirs:6.2f} s CPU {pages / theirs:6.0f} pages a second")
    print(f"ratio {ours / theirs:.2f} (most branches {tenth:.2f}–{ninth:.2f})   aim {AIM}, at most {BOUND}: {verdict}", flush=True)
    return ours / theirs > BOUND


def _pair(sheets: Sequence[EvaluationSheet]) -> tuple[float, float]:
    return _cpu_of(lambda: render_batch(sheets)), _cpu_of(lambda: draw_sheets(sheets))


def _cpu_of(act: Callable[[], object]) -> float:
    before = time.process_time()
    act()
    return time.process_time() - before


def _with_helpers(branches: range, people: int) -> bool:
    """The files drawn by one helper and by two, in their own processes as a worker has them; the sheets are made while helpers draw."""
    seconds, memory = {}, 0
    for helpers in (1, 2):
        drawers, most = HelpersAlone(helpers), _Memory()
        list(drawers.draw(_sheaves(branches[:4], people)))  # helpers stand and have set the common words before the clock runs
        with most:
            before = time.perf_counter()
            pages = sum(drawn.pages for drawn in drawers.draw(_sheaves(branches, people)))
            seconds[helpers] = time.perf_counter() - before
        drawers.close()
        memory = max(memory, most.megabytes)
        print(
            f"{helpers} helper{'s' if helpers > 1 else ' '}    {seconds[helpers]:7.2f} s {pages / seconds[helpers]:8.0f} pages a second",
            flush=True,
        )
    print(f"two take {seconds[2] / seconds[1]:.0%} of the time of one ({os.cpu_count()} processors, load {os.getloadavg()[0]:.1f})")
    verdict = "within" if memory <= MEMORY else "OVER"
    print(f"most memory of this process and its helpers {memory} MB, at most {MEMORY}: {verdict}")
    return memory > MEMORY


def _sheaves(branches: range, people: int) -> Iterator[Sheaf]:
    for place in branches:
        yield Sheaf(place, tuple(enumerate(branch_sheets(place, people), 1)), PrintForm.PER_BRANCH, date(YEAR, 12, 20))


class HelpersAlone(Drawers):
    """Helpers even where there is only one: to compare two with one, both must be sent their sheets."""

    def __init__(self, helpers: int):
        super().__init__(max(helpers, 2))
        if helpers == 1:
            self.close()
            self._pool, self._processes = ProcessPoolExecutor(1, mp_context=start_method(), initializer=make_helper), 1


class _Memory:
    """The most memory this process and all below it held together, looked at five times a second: the sum of what each holds itself and
    its share of what several hold."""

    def __init__(self) -> None:
        self.megabytes = 0
        self._over = Event()

    def __enter__(self) -> None:
        self._watch = Thread(target=self._look, daemon=True)
        self._watch.start()

    def __exit__(self, *why: object) -> None:
        self._over.set()
        self._watch.join()

    def _look(self) -> None:
        while not self._over.wait(0.2):
            self.megabytes = max(self.megabytes, sum(map(_held_by, _family(os.getpid()))) // 1024)


def _family(pid: int) -> list[int]:
    found = [pid]
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        found += [one for child in children.read_text().split() for one in _family(int(child))]
    return found


def _held_by(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:  # it ended meanwhile
        return 0
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
