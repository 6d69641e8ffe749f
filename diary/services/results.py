"""Setting the columns under which results go out."""

from collections.abc import Sequence

from sqlalchemy import delete, insert

from ..domain.actors import Actor
from ..domain.errors import Stale
from ..domain.permissions import Action, require_somewhere
from ..domain.result_columns import DEFAULT_COLUMNS, Column, clean_columns, fingerprint
from ..models.base import db
from ..models.results import ResultColumn
from ..queries.results import columns
from . import audit
from .transaction import happening


@happening
def set_columns(actor: Actor, wanted: Sequence[Column], seen: str) -> bool:
    """Let the list of results have these columns from the left; whether it had others. `seen`: the fingerprint of those one began from.

    NotAllowed to all but the bloc's committee and administrators; BadInput as `clean_columns`; Stale where somebody set others meanwhile.
    """
    require_somewhere(actor, Action.RESULT_EXPORT)
    clean, before = clean_columns(wanted), columns()
    if clean == before:
        return False
    if fingerprint(before) != seen:
        raise Stale("Người khác vừa đổi các cột. Bản bạn đang sửa vẫn còn dưới đây; bấm Lưu lần nữa để lấy bản này.")
    db.session.execute(delete(ResultColumn))
    if clean != DEFAULT_COLUMNS:
        rows = [{"position": place, "head": one.head, "field": one.field, "text": one.text} for place, one in enumerate(clean, 1)]
        db.session.execute(insert(ResultColumn), rows)
    audit.record(actor, "result_columns_set", "result_list", "", None, [f"columns:{len(clean)}"])
    return True
