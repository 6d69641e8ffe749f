"""The periodic duties of the workers. Each is begun at most once a period over all workers; one that fails never stops the others."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from ..domain.duties import DUTIES, LOOK, MAIL, PUSH, REMIND, RETRY, SEAL, SWEEP, TIDY
from ..files.mail_out import CannotSend
from ..services import audit_seals, bulk_papers, clock, jobs, mails, prints, pushes, reminders
from ..services import duties as services
from .housekeeping import drop_unnamed, sweep_files
from .kinds import Tools
from .mails import send_due
from .pushes import send_due as send_pushes
from .reminders import remind

log = logging.getLogger("diary.worker")
LOOK_AT, LOOKS = 50, 30  # entries from before looked at in one happening, and happenings a turn
LOOK_EVERY = timedelta(minutes=1)  # how often a worker asks the database whether a duty of a longer period is due


@dataclass(frozen=True, slots=True)
class Work:
    """How a duty is done, and whether there is anything to do for it; the names are those of domain/duties.py."""

    do: Callable[[Tools], None]
    wanted: Callable[[Tools], bool] = lambda tools: True


def _look(tools: Tools) -> None:
    """A few at a time, so that nobody who writes waits long; the rest at the next turn."""
    for _ in range(LOOKS):
        if prints.look_at_some(LOOK_AT) < LOOK_AT:
            break


def _tidy(tools: Tools) -> None:
    drop_unnamed(tools.storage, bulk_papers.drop_old_files(), clock.now())
    jobs.forget_old_jobs()
    mails.forget_old_mails()
    pushes.forget_old_pushes()
    prints.forget_old_prints()
    reminders.forget_old()


def _seal(tools: Tools) -> None:
    audit_seals.seal(clock.now())


def _sweep(tools: Tools) -> None:
    sweep_files(tools.instance, clock.now())


def _send(tools: Tools) -> None:
    assert tools.mail is not None
    send_due(tools.mail)


def _push(tools: Tools) -> None:
    assert tools.push is not None
    send_pushes(tools.push)


def _is_push_due(tools: Tools) -> bool:
    return tools.push is not None and pushes.is_any_due()


def _is_mail_due(tools: Tools) -> bool:
    return tools.mail is not None and mails.is_any_due()


WORK = {
    LOOK: Work(_look, lambda tools: prints.is_any_to_look_at()),
    MAIL: Work(_send, _is_mail_due),
    PUSH: Work(_push, _is_push_due),
    REMIND: Work(remind),
    SEAL: Work(_seal),
    SWEEP: Work(_sweep),
    TIDY: Work(_tidy),
}


class Rounds:
    """One worker's rounds: which duties it looks at when."""

    def __init__(self, tools: Tools):
        self._tools = tools
        self._look_at = dict.fromkeys(WORK, datetime.min.replace(tzinfo=UTC))

    def do_due(self) -> None:
        """Do every duty that is due and not done by another worker."""
        for name, look_at in self._look_at.items():
            now = clock.now()
            if now >= look_at:
                self._look_at[name] = now + min(DUTIES[name].every, LOOK_EVERY)
                if WORK[name].wanted(self._tools) and services.begin(name, DUTIES[name].every):
                    _do(name, self._tools)


def _do(name: str, tools: Tools) -> None:
    try:
        WORK[name].do(tools)
    except CannotSend as trouble:
        log.warning("duty %s: %s", name, trouble)
        services.went_wrong(name, str(trouble), RETRY)
    except Exception as error:
        log.exception("duty %s failed", name)
        services.went_wrong(name, f"Chương trình gặp lỗi ({type(error).__name__}).", RETRY)
    else:
        services.went_well(name)
