"""Slips on paper that hand a member the one-time code of their account: what stands on them."""

from dataclasses import dataclass
from datetime import date

from .errors import BadInput

PER_PAGE = 8
MOST_AT_ONCE = 400  # 50 pages, two seconds of work; a bloc is printed unit by unit


def check_count(count: int) -> None:
    """Refuse (BadInput) to print more slips at once than one request should make."""
    if count > MOST_AT_ONCE:
        raise BadInput("don-vi", f"Nơi này có {count} người chưa kích hoạt; mỗi lần in được {MOST_AT_ONCE} phiếu. Hãy in từng cơ sở.")


@dataclass(frozen=True, slots=True)
class LoginSlip:
    """One slip. `unit` as running text writes it ("Chi đoàn Khối Nội, Đoàn Bệnh viện"), `code` in two groups of four ("WK3D-EGZD"),
    good up to and with `good_until`."""

    name: str
    unit: str
    username: str
    code: str
    good_until: date


@dataclass(frozen=True, slots=True)
class LoginSlips:
    """Slips printed together, in the order they are handed out. `unit` is whose they are; `site` is the scheme and host that the QRs
    lead to ("https://nhatky.example")."""

    unit: str
    site: str
    slips: tuple[LoginSlip, ...]

    @property
    def activation_page(self) -> str:
        """Where a code is typed in, as people write addresses: "nhatky.example/kich-hoat"."""
        return self.site.split("://", 1)[-1].rstrip("/") + "/kich-hoat"

    @property
    def pages(self) -> tuple[tuple[tuple[int, LoginSlip], ...], ...]:
        """The slips a page each, every one with its place among all of them, from 1."""
        numbered = tuple(enumerate(self.slips, 1))
        return tuple(numbered[start : start + PER_PAGE] for start in range(0, len(numbered), PER_PAGE))
