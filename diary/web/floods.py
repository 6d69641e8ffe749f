"""How often one account may ask for what a page asks by itself while somebody types: a page gone wild must not keep the server busy.

Kept in the memory of each serving process: what it holds is worth seconds, and a process more lets a few more through.
"""

from collections import OrderedDict
from datetime import datetime
from threading import Lock


class Gate:
    """Lets each of many through `burst` times at once and then once every `every` seconds. Remembers the last `most` who came."""

    def __init__(self, burst: int, every: float, most: int = 10_000):
        self._burst, self._every, self._most = burst, every, most
        self._left: OrderedDict[int, tuple[float, datetime]] = OrderedDict()  # how many times still, as of then
        self._lock = Lock()

    def lets_in(self, who: int, now: datetime) -> bool:
        """Whether `who` may pass now; passing is counted."""
        with self._lock:
            left, then = self._left.pop(who, (float(self._burst), now))
            left = min(self._burst, left + max(0.0, (now - then).total_seconds()) / self._every)
            passes = left >= 1
            self._left[who] = (left - 1 if passes else left, now)
            if len(self._left) > self._most:
                self._left.popitem(last=False)
        return passes
