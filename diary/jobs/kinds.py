"""What a kind of background job is: its functions, and what they are given. The worker knows nothing else of it.

A kind works piece by piece, a piece taking seconds: well within a lease (two minutes), or another worker begins it too. Between two pieces
a worker looks whether it is to stop, whether the job was cancelled, and whether mail or duties wait.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..domain.jobs import Task
from ..files.mail_out import MailServer
from ..files.push_out import Sender
from ..files.storage import Storage


@dataclass(frozen=True, slots=True)
class Tools:
    """What work needs of the installation: its folder, scheme and host of its pages ("" where nobody said), the key codes are made with,
    the server mail goes out by (None: no mail), on how many processes papers are drawn, and who pushes come from (None: no pushes)."""

    instance: Path
    site: str
    key: str
    mail: MailServer | None = None
    processes: int = 1
    push: Sender | None = None

    @property
    def storage(self) -> Storage:
        """The store of files, where work puts what it draws."""
        return Storage(self.instance / "files")


def _nothing(task: Task, piece: Any, made: Any) -> None:
    """A piece that leaves nothing in the database but that it was done."""


def _nothing_held() -> None:
    """Work that holds nothing between its pieces."""


def _no_result(task: Task, tools: Tools) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of job. What goes into rows and comes out of them is what JSON can hold.

    `plan` says once what the pieces are; they are kept, so that every later worker goes on with the same ones. `work` does one, with no
    transaction open: it draws, stores, sends. A worker killed in it does the same piece again, so it must stand being done twice (the
    store of files does). `keep` then writes what came of it, in the transaction that notes the piece: that happens once. `end` answers
    what stays as the result, and may write, in the transaction that ends the job.

    `quick`: done in a moment, so a worker does it between two pieces of a long one. `close` lets go of what the work held within this
    worker, whenever it leaves a job, however that ended.

    Who asked is `task.asked_by`; act for them by `queries.accounts.actor_of`, so that what they may do today decides.
    """

    plan: Callable[[Task, Tools], Sequence[Any]]
    work: Callable[[Task, Any, Tools], Any]
    keep: Callable[[Task, Any, Any], None] = _nothing
    end: Callable[[Task, Tools], Mapping[str, Any]] = _no_result
    quick: bool = False
    close: Callable[[], None] = _nothing_held
