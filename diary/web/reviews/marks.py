"""How a page names the things it shows: "entry:ID", and "entry:ID:VERSION" where the text that was seen counts."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask import render_template, request

from ...domain.errors import BadInput
from ...domain.reviews import Kind
from ...queries import reviews as queries
from ...services import clock
from ...services.review_lots import Outcome, Seen
from ..session import current_actor

MOST = 60  # things of one request: a page and what was added to it
_UNCLEAR = "Trang gửi lên mục không rõ. Hãy tải lại trang Chờ duyệt."


def read(marks: Iterable[str]) -> list[Seen]:
    """The things that `marks` name; BadInput "muc" for a broken one or more than MOST."""
    found = []
    for mark in marks:
        kind, _, rest = mark.partition(":")
        subject_id, _, version = rest.partition(":")
        try:
            found.append(Seen(Kind(kind), UUID(subject_id), int(version or 0)))
        except ValueError:
            raise BadInput("muc", _UNCLEAR) from None
    if len(found) > MOST:
        raise BadInput("muc", _UNCLEAR)
    return found


def figures() -> dict[str, Any]:
    """What every answer to the script carries: how much waits by now, and which of the things it shows still do, in which version."""
    actor, now = current_actor(), clock.now()
    waiting = queries.queue_figures(actor, now)
    answer: dict[str, Any] = {"waiting": waiting.waiting, "lead": render_template("reviews/_lead.html", figures=waiting).strip()}
    if request.values.get("con") is not None:
        shown = [(one.kind, one.id) for one in read(request.values.getlist("con"))]
        answer["standing"] = {str(subject): version for subject, version in queries.standing(actor, shown, now, waiting.days).items()}
    return answer


def said_left(outcome: Outcome) -> str:
    """The words about what was left, each said once; "" where nothing was."""
    words = " ".join(dict.fromkeys(words for _, words in outcome.left))
    return f"Còn {len(outcome.left)} mục giữ nguyên: {words}" if words else ""
