"""Every kind of background job under the name it is asked for with; its words stand in KIND_LABELS of domain/jobs.py."""

from .kinds import Kind
from .passwords import PASSWORD_CODE

KINDS: dict[str, Kind] = {
    "password_code": PASSWORD_CODE,
}
