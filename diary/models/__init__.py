"""Tables, constraints, relations; no decisions. Importing the package registers every table."""

from . import accounts, audit, counts, documents, entries, evaluations, members, notices, pledges, units, years

__all__ = ["accounts", "audit", "counts", "documents", "entries", "evaluations", "members", "notices", "pledges", "units", "years"]
