"""Pushes to browsers: what a browser's address may look like, what its keys are, what it is called, and what a push may say."""

import base64
import re
from dataclasses import dataclass

from .errors import BadInput
from .vietnamese import clean_line

ENDPOINT_LIMIT, WORDS_LIMIT, LINK_LIMIT = 500, 300, 200
MOST_DEVICES = 10  # of one person; the oldest goes when there is one more
TITLE = "Sổ nhật ký"
NOT_A_BROWSER = "Trình duyệt này không cho địa chỉ nhận thông báo dùng được. Hãy thử lại, hoặc dùng trình duyệt khác."
_POINT, _SECRET = 65, 16  # bytes of the browser's public key (a point, uncompressed) and of its secret (RFC 8291)
_ENDPOINT = re.compile(r"https://(?:[A-Za-z0-9-]{1,63}\.)*[A-Za-z0-9-]{1,63}(?::[1-9]\d{0,4})?/[!-~]*")
_BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("coc_coc", "Cốc Cốc"), ("Firefox", "Firefox"),
             ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"))  # fmt: skip
_MACHINES = (("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS", "máy Mac"),
             ("Linux", "Linux"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Address:
    """Where a browser takes pushes, as it gave it: the address at its push service, and two keys in URL-safe base64."""

    endpoint: str
    p256dh: str
    auth: str


def check_address(address: Address) -> None:
    """Refuse (BadInput) what no browser gives: only https, a name and the usual port, and keys of the right length."""
    good = is_endpoint(address.endpoint) and _size(address.p256dh) == _POINT and _size(address.auth) == _SECRET
    if not good or decoded(address.p256dh)[0] != 4:
        raise BadInput("endpoint", NOT_A_BROWSER)


def is_endpoint(text: str) -> bool:
    """Whether `text` is an https address that a server may be asked to call, as far as its letters tell; where it leads is seen later."""
    return len(text) <= ENDPOINT_LIMIT and _ENDPOINT.fullmatch(text) is not None


def decoded(text: str) -> bytes:
    """The bytes of URL-safe base64 without its padding; ValueError where it is none."""
    if re.fullmatch(r"[A-Za-z0-9_-]*", text) is None:
        raise ValueError("not URL-safe base64")
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _size(text: str) -> int:
    try:
        return len(decoded(text))
    except ValueError:
        return 0


def device_name(browser: str) -> str:
    """How its owner knows a device by what its browser calls itself: "Chrome trên Android"; "Trình duyệt" where it says nothing known."""
    name = next((words for mark, words in _BROWSERS if mark in browser), "Trình duyệt")
    machine = next((words for mark, words in _MACHINES if mark in browser), "")
    return f"{name} trên {machine}" if machine else name


def clean_words(text: str) -> str:
    """The words of a push: one line, cut to its limit with a mark."""
    line = clean_line(text)
    return line if len(line) <= WORDS_LIMIT else line[: WORDS_LIMIT - 1].rstrip() + "…"


def clean_link(link: str) -> str:
    """The page a push leads to: an address within this site, else the first page."""
    return link if re.fullmatch(r"/(?![/\\])[!-~]*", link) and len(link) <= LINK_LIMIT else "/"
