"""Scheme files: schemes as TOML text that people can read, compare and keep, and back."""

import re
import tomllib
from collections.abc import Iterable
from typing import Any

import tomli_w

from ..domain.errors import BadInput
from ..domain.schemes import Draft, Scheme, read_draft, to_body
from ..domain.vietnamese import nfc

MOST_BYTES, MOST_SCHEMES = 512 * 1024, 100
_HEAD = """\
# Bộ tiêu chí xếp loại. Ý nghĩa từng mục: docs/schemes.md.
# Các mức xếp từ cao xuống thấp. Mục nào bỏ trống thì không ghi.

"""
_EMPTY: tuple[object, ...] = (None, "", 0, False, ())


def write_schemes(schemes: Iterable[Scheme]) -> bytes:
    """The schemes as a TOML file (UTF-8); what is empty is left out."""
    return (_HEAD + tomli_w.dumps({"schemes": [_filled(to_body(scheme)) for scheme in schemes]})).encode()


def read_schemes(content: bytes) -> tuple[Draft, ...]:
    """The schemes of a TOML file with the faults of each; BadInput "file" where it is no such file or holds none."""
    try:
        found = tomllib.loads(nfc(content[: MOST_BYTES + 1].decode("utf-8-sig").replace("\r\n", "\n")))
    except UnicodeDecodeError as error:
        raise BadInput("file", "Tệp này không phải văn bản UTF-8. Hãy lưu lại tệp theo UTF-8 rồi nạp lần nữa.") from error
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        raise BadInput("file", f"Tệp không đúng dạng TOML ({_where(error)}). Hãy xem lại chỗ đó.") from error
    if len(content) > MOST_BYTES:
        raise BadInput("file", "Tệp bộ tiêu chí lớn quá 512 KB.")
    listed = found.get("schemes")
    if not isinstance(listed, list) or not listed or not all(isinstance(one, dict) for one in listed):
        raise BadInput("file", "Tệp không có bộ tiêu chí nào. Mỗi bộ mở đầu bằng dòng [[schemes]].")
    if len(listed) > MOST_SCHEMES:
        raise BadInput("file", f"Tệp có quá {MOST_SCHEMES} bộ tiêu chí.")
    return tuple(read_draft(one) for one in listed)


def _where(error: BaseException) -> str:
    """The place that the parser's message names: "dòng 3, cột 5"."""
    place = re.search(r"\(at (?:line (\d+), column (\d+)|end of document)\)", str(error))
    if place is None:
        return "lồng quá nhiều lớp"
    return f"dòng {place[1]}, cột {place[2]}" if place[1] else "cuối tệp"


def _filled(value: Any) -> Any:
    """Without what is empty; a bound of 0 stays, it is not the same as none."""
    if isinstance(value, dict):
        return {key: _filled(one) for key, one in value.items() if not _is_empty(key, one)}
    return [_filled(one) for one in value] if isinstance(value, list | tuple) else value


def _is_empty(key: str, value: Any) -> bool:
    return value is None or (key not in {"least", "most"} and value in _EMPTY)
