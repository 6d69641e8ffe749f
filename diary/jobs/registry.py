"""Every kind of background job under the name it is asked for with; its words stand in KIND_LABELS of domain/jobs.py."""

from .bulk_papers import BULK_PAPERS
from .kinds import Kind
from .passwords import PASSWORD_CODE

KINDS: dict[str, Kind] = {
    "bulk_papers": BULK_PAPERS,
    "password_code": PASSWORD_CODE,
}
