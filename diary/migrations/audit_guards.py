"""What keeps the audit log as it was written: triggers that refuse to delete, to change, or to put a line in the place of another.

The application's own account could else undo what it wrote. Whoever may drop triggers still could: sealed blocks tell of that.
A step that makes one of these tables anew drops its triggers: it has to set them again.
"""

from collections.abc import Iterator

LINE = ("id", "at", "account_id", "action", "subject", "subject_id", "unit_id", "owner_id", "fields", "details_hash")
KEPT = ("audit_lines", "audit_blocks")  # rows that stay
FIXED = ("audit_blocks", "audit_details")  # rows that never change; a line's block is filled in once
REFUSAL = "the audit log is only ever added to"


def raised(engine: str) -> Iterator[str]:
    """The statements that set the triggers, for "sqlite" or "postgresql"."""
    return _sqlite() if engine == "sqlite" else _postgresql()


def lowered(engine: str) -> Iterator[str]:
    """The statements that take them away."""
    if engine == "sqlite":
        for name in ("audit_lines_sealed_once", "audit_lines_not_replaced", *_names()):
            yield f"DROP TRIGGER {name}"
        return
    for name in ("audit_lines_sealed_once", *_names(), *(f"{table}_not_emptied" for table in KEPT)):
        yield f"DROP TRIGGER {name} ON {name[: name.index('_', 6)]}"
    yield "DROP FUNCTION refuse_audit_change()"


def _names() -> list[str]:
    return [*(f"{table}_kept" for table in KEPT), *(f"{table}_fixed" for table in FIXED)]


def _sqlite() -> Iterator[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    for table in KEPT:
        yield f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} {refuse}"
    for table in FIXED:
        yield f"CREATE TRIGGER {table}_fixed BEFORE UPDATE ON {table} {refuse}"
    same = " AND ".join(f"OLD.{column} IS NEW.{column}" for column in LINE)
    sealed = f"OLD.block IS NULL AND NEW.block IS NOT NULL AND {same}"
    yield f"CREATE TRIGGER audit_lines_sealed_once BEFORE UPDATE ON audit_lines WHEN NOT ({sealed}) {refuse}"
    there = "EXISTS (SELECT 1 FROM audit_lines WHERE id = NEW.id)"  # INSERT OR REPLACE deletes past the trigger above
    yield f"CREATE TRIGGER audit_lines_not_replaced BEFORE INSERT ON audit_lines WHEN {there} {refuse}"


def _postgresql() -> Iterator[str]:
    yield (
        "CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation'; END $$"
    )
    refuse = "EXECUTE FUNCTION refuse_audit_change()"
    for table in KEPT:
        yield f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} FOR EACH ROW {refuse}"
        yield f"CREATE TRIGGER {table}_not_emptied BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {refuse}"
    for table in FIXED:
        yield f"CREATE TRIGGER {table}_fixed BEFORE UPDATE ON {table} FOR EACH ROW {refuse}"
    before, after = (", ".join(f"{row}.{column}{'::text' * (column == 'fields')}" for column in LINE) for row in ("OLD", "NEW"))
    sealed = f"OLD.block IS NULL AND NEW.block IS NOT NULL AND ({before}) IS NOT DISTINCT FROM ({after})"
    yield f"CREATE TRIGGER audit_lines_sealed_once BEFORE UPDATE ON audit_lines FOR EACH ROW WHEN (NOT ({sealed})) {refuse}"
