"""Which branch something is noted for."""

from collections.abc import Collection

from flask import request

from ...queries.registers.places import Choice
from ..ids import row_number


def chosen_branch(branches: Collection[Choice]) -> int | None:
    """The branch `?don-vi=` names, if it is one of these; else the only one there is, None where one must be chosen first."""
    asked, known = request.args.get("don-vi", type=row_number), [branch.id for branch in branches]
    if asked in known:
        return asked
    return known[0] if len(known) == 1 else None
