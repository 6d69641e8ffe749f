"""What an officer types of a member, made clean or refused at its field."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from .errors import BadInput
from .member_lists.days import read_birth, read_joined
from .member_lists.values import CellError, read_email, read_phone
from .members import EMAIL_LIMIT, ETHNICITY_LIMIT, FAMILY_LIMIT, GIVEN_LIMIT, JOB_LIMIT, MemberDraft
from .vietnamese import clean_line

_NAME = re.compile(r"[^\W\d_]+(?:[ '’.\-]+[^\W\d_]+|[.'’])*")
_LIMITS = {"family_name": FAMILY_LIMIT, "given_name": GIVEN_LIMIT, "ethnicity": ETHNICITY_LIMIT, "email": EMAIL_LIMIT, "job": JOB_LIMIT}


def clean_draft(draft: MemberDraft, today: date) -> MemberDraft:
    """The draft in clean lines, phone as ten digits; BadInput at the first field that is missing, too long or cannot be so.

    A member is 10 to 90 years old, joined the union after being born and not after `today`; where only the year of birth is known it
    stands in `birth_year`, else there is none.
    """
    texts = {field: clean_line(getattr(draft, field)) for field in ("family_name", "given_name", "ethnicity", "phone", "email", "job")}
    for field, limit in _LIMITS.items():
        if len(texts[field]) > limit:
            raise BadInput(field, f"Mục này dài quá {limit} ký tự; hãy rút ngắn lại.")
    for field, words in (("family_name", "họ và chữ lót"), ("given_name", "tên")):
        if not _NAME.fullmatch(texts[field]):
            raise BadInput(field, f"Hãy ghi {words}, chỉ gồm chữ cái.")
    birth = _read("born_on", lambda: read_birth(draft.born_on or draft.birth_year, today))
    _read("joined_union_on", lambda: read_joined(draft.joined_union_on, today, birth))
    texts["phone"] = _read("phone", lambda: read_phone(texts["phone"])) or ""
    texts["email"] = _read("email", lambda: read_email(texts["email"])) or ""
    return MemberDraft(
        **texts,
        born_on=draft.born_on,
        birth_year=None if draft.born_on else draft.birth_year,
        gender=draft.gender,
        joined_union_on=draft.joined_union_on,
        party_member=draft.party_member,
    )


def _read(field: str, reader: Callable[[], Any]) -> Any:
    try:
        return reader()
    except CellError as fault:
        raise BadInput(field, str(fault)) from None
