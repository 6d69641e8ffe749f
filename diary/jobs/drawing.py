"""Drawing sheets on more than one processor: helpers that know no database get sheets and give the bytes of a file."""

import gc
import os
import signal
import threading
import zipfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from multiprocessing.context import BaseContext

from ..documents import evaluation_sheet as sheet_paper
from ..domain.bulk_papers import PrintForm, file_of_member
from ..domain.evaluation_sheets import EvaluationSheet

_AT_NOON = (1980, 1, 1, 0, 0, 0)  # the same sheets give the same file, whenever they were drawn


@dataclass(frozen=True, slots=True)
class Sheaf:
    """The sheets of one branch to draw, with whose each is, as papers printed on a day. `key` comes back with the file."""

    key: int
    sheets: tuple[tuple[int, EvaluationSheet], ...]
    form: PrintForm
    printed_on: date


@dataclass(frozen=True, slots=True)
class Drawn:
    """The bytes of a branch's file, and how many people and pages are in it."""

    key: int
    content: bytes
    people: int
    pages: int


def draw(sheaf: Sheaf) -> Drawn:
    """One file of a branch's sheets, or a ZIP of one file a person."""
    if sheaf.form is PrintForm.PER_BRANCH:
        content, pages = sheet_paper.render_batch((sheet for _, sheet in sheaf.sheets), sheaf.printed_on)
        return Drawn(sheaf.key, content, len(sheaf.sheets), pages)
    packed, all_pages = BytesIO(), 0
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:  # a PDF's streams are deflated already
        for place, (member_id, sheet) in enumerate(sheaf.sheets, 1):
            content, pages = sheet_paper.render_batch([sheet], sheaf.printed_on)
            archive.writestr(zipfile.ZipInfo(file_of_member(place, sheet.member.name, member_id), _AT_NOON), content)
            all_pages += pages
    return Drawn(sheaf.key, packed.getvalue(), len(sheaf.sheets), all_pages)


class Drawers:
    """Helper processes that draw; with one process no helper is started, and the caller draws. Helpers end with their parent, however
    that one ends."""

    def __init__(self, processes: int):
        self._processes = processes
        self._pool: ProcessPoolExecutor | None = None
        if processes > 1:
            self._pool = ProcessPoolExecutor(processes, mp_context=start_method(), initializer=make_helper)

    def draw(self, sheaves: Iterable[Sheaf], draw: Callable[[Sheaf], Drawn] = draw) -> Iterator[Drawn]:
        """The file of each sheaf, in their order; the next is read while helpers draw, and no more wait than keep them busy."""
        if self._pool is None:
            yield from map(draw, sheaves)
            return
        waiting: deque[Future[Drawn]] = deque()
        for sheaf in sheaves:
            waiting.append(self._pool.submit(draw, sheaf))
            if len(waiting) > self._processes + 1:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def close(self) -> None:
        """End the helpers."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)


def make_helper() -> None:
    """Make this process one that only draws: it ends with its parent, and looks for garbage less often, for drawing leaves little."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
    parent = parent_process()
    if parent is not None:
        for number in (signal.SIGINT, signal.SIGTERM):  # Ctrl-C goes to all: the worker finishes its piece, and its helpers end with it
            signal.signal(number, signal.SIG_IGN)
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


def start_method() -> BaseContext:
    """Helpers are forked from a process that has loaded what draws, and nothing else: they share its memory."""
    context = get_context("forkserver")
    context.set_forkserver_preload([__name__])
    return context
