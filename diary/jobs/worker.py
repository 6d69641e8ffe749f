"""The worker: takes up jobs, does the duties of the hour, sends mail, and waits where there is nothing to do.

Any number of workers may run on one database. One that is killed holds nothing up for longer than a lease.
"""

import logging
import secrets
import time
from collections.abc import Callable

from ..domain.errors import DiaryError
from ..domain.jobs import Task
from ..services import jobs
from ..services.jobs import LostHold
from .duties import Rounds
from .kinds import Kind, Tools
from .registry import KINDS

log = logging.getLogger("diary.worker")
LOOK_EVERY = 1.0  # seconds between two looks for work
STOP_EVERY = 0.2  # seconds between two looks at whether to stop
AFTER_TROUBLE = 10.0  # seconds of rest where the database does not answer


class Worker:
    """One worker. `stopping` answers whether it shall end: then the piece in hand is finished, and its job given back."""

    def __init__(self, tools: Tools, stopping: Callable[[], bool] = lambda: False):
        self.holder = secrets.token_hex(16)
        self._tools, self._stopping, self._rounds = tools, stopping, Rounds(tools)

    def work(self) -> None:
        """Work until `stopping` answers yes."""
        while not self._stopping():
            try:
                rest = 0.0 if self.turn() else LOOK_EVERY
            except Exception:
                log.exception("the worker rests for %s seconds", AFTER_TROUBLE)
                rest = AFTER_TROUBLE
            self._wait(rest)

    def turn(self) -> bool:
        """Do the duties that are due and then one job, if there is one; whether there was."""
        self._rounds.do_due()
        task = jobs.claim(self.holder) if jobs.is_any_free() else None
        if task is not None:
            self._bring_on(task)
        return task is not None

    def _bring_on(self, task: Task) -> None:
        """Bring a claimed job as far as it goes: to its end, to a refusal, to its next try, or to the moment the worker stops."""
        log.info("%s %s: from piece %s", task.kind, task.id, len(task.made))
        try:
            self._try(task)
        except LostHold:
            log.warning("%s %s: another worker has it", task.kind, task.id)

    def _try(self, task: Task) -> None:
        kind = KINDS.get(task.kind)
        try:
            self._run(task, kind)
        except LostHold:
            raise
        except DiaryError as refusal:
            jobs.fail(task, str(refusal))
        except Exception as error:
            log.exception("%s %s broke", task.kind, task.id)
            jobs.put_off(task, f"Chương trình gặp lỗi ({type(error).__name__}).")
        finally:
            if kind is not None:
                kind.close()

    def _run(self, task: Task, kind: Kind | None) -> None:
        if kind is None:
            jobs.fail(task, "Bản chương trình này không biết làm việc này.")
            return
        pieces = task.pieces
        if pieces is None:
            pieces = tuple(kind.plan(task, self._tools))
            task = jobs.plan(task, pieces)
        for piece in pieces[len(task.made) :]:
            if task.cancel_asked:
                jobs.stop_cancelled(task)
                return
            if self._stopping():
                jobs.give_back(task)
                return
            task = self._do(task, kind, piece)
            self._look_around()
        jobs.finish(task, lambda: kind.end(task, self._tools))

    def _look_around(self) -> None:
        """Between two pieces: duties that are due, and jobs that shall not wait for this long one to end."""
        self._rounds.do_due()
        quick = [name for name, kind in KINDS.items() if kind.quick]
        while quick and jobs.is_any_free(quick) and (task := jobs.claim(self.holder, quick)) is not None:
            self._bring_on(task)

    def _do(self, task: Task, kind: Kind, piece: object) -> Task:
        made = kind.work(task, piece, self._tools)
        return jobs.keep_piece(task, made, lambda: kind.keep(task, piece, made))

    def _wait(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while not self._stopping() and (left := until - time.monotonic()) > 0:
            time.sleep(min(left, STOP_EVERY))
