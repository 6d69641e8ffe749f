"""Rows on their way into the database: gathered per table, written many at a time."""

import random
from collections import defaultdict
from datetime import datetime
from typing import Any
from uuid import UUID

from ...models.base import Base, db

BATCH = 5_000


class Rows:
    """Gathers rows and inserts them in batches, parents before children: `flush` writes the tables in the order of `order`."""

    def __init__(self, order: tuple[type[Base], ...]):
        self._order, self._waiting, self._count = order, defaultdict[type[Base], list[dict[str, Any]]](list), 0

    def add(self, table: type[Base], **row: Any) -> None:
        self._waiting[table].append(row)
        self._count += 1

    def flush_if_many(self) -> None:
        """Write what waits once it is worth it; call only where no row waits for its parent."""
        if self._count >= BATCH:
            self.flush()

    def flush(self) -> None:
        """Write everything that waits."""
        for table in self._order:
            waiting = self._waiting.pop(table, None)
            if waiting:
                db.session.execute(table.__table__.insert(), waiting)  # type: ignore[attr-defined]
        self._count = 0


def id_at(moment: datetime, dice: random.Random) -> UUID:
    """A UUIDv7 of that moment whose random part comes from `dice`, so that the same seed makes the same bloc."""
    milliseconds = int(moment.timestamp() * 1000)
    number = (milliseconds << 80) | (0x7 << 76) | (dice.getrandbits(12) << 64) | (0b10 << 62) | dice.getrandbits(62)
    return UUID(int=number)
