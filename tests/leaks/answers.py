"""People as browsers, and what an answer tells them: its words in whatever file they come, and whether it is the same as another."""

import io
import re
import shutil
import subprocess
import zipfile
from functools import cache
from types import SimpleNamespace
from typing import Any

from flask import Flask

from tests import factories
from tests.leaks import oracle, planting
from tests.web.reading import hidden


class Someone:
    """A browser signed in as a person whose cookie stays as it is, whatever the answers say."""

    def __init__(self, app: Flask, name: str | None):
        first = app.test_client()
        if name is not None:
            factories.sign_in(app, first, name)
        self.token = hidden(first.get("/ca-nhan" if name else "/dang-nhap").text, "csrf_token")
        cookie = first.get_cookie("so")
        self.name, self.headers = name, {"Cookie": f"so={cookie.value}" if cookie else ""}
        self._client = app.test_client(use_cookies=False)

    def get(self, path: str) -> Any:
        return _read(self._client.get(path, headers=self.headers))

    def post(self, path: str, fields: dict[str, Any]) -> Any:
        return _read(self._client.post(path, data={"csrf_token": self.token, **fields}, headers=self.headers))


def _read(answer: Any) -> Any:
    answer.get_data()
    answer.close()
    return answer


def words_in(answer: Any) -> str:
    """Everything a person could read in an answer: headers, body, the words of a PDF, the inside of a workbook or archive."""
    body: bytes = answer.data
    said = [repr(answer.headers), body.decode("utf-8", "replace")]
    if body.startswith(b"%PDF") and len(body) > 500:
        said.append(_pdf_words(body))
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as package:
            said += [name + package.read(name).decode("utf-8", "replace") for name in package.namelist()]
            said += [_pdf_words(package.read(name)) for name in package.namelist() if name.endswith(".pdf")]
    return "\n".join(said)


@cache
def _pdf_words(content: bytes) -> str:
    if shutil.which("pdftotext") is None:
        return ""
    return subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=False).stdout.decode("utf-8", "replace")


def leaked(hall: SimpleNamespace, person: str | None, answer: Any, path: str) -> list[str]:
    """The planted values in an answer that the person may not read."""
    said = words_in(answer)
    name = hall.people[person].name
    found = []
    for world in hall.worlds:
        for text in {
            f"QZ{letter}{one}{more}X".upper() for letter, one, more in planting.MARK.findall(said) if letter.upper() == world.letter
        }:
            mark = world.marks[text]
            if not (text.lower() in path.lower() or oracle.may_read(name, mark, world) or oracle.may_read_there(path, mark)):
                found.append(f"{mark.where} of {world.letter} ({oracle.entry_of(mark.row).get('state', '')}) at {path}")
        if world.phone in said.replace(" ", "") and not oracle.standing(name, world) & oracle.SEERS["members"]:
            found.append(f"members.phone of {world.letter} at {path}")
    return found


def same(answer: Any, *echoed: str) -> str:
    """An answer without what differs from one request to the next: tokens, nonces, fresh ids, and what was asked for itself."""
    text = f"{answer.status_code} {answer.headers.get('Location', '')}\n{answer.data.decode('utf-8', 'replace')}"
    for one in echoed:
        text = text.replace(one, "…")
    text = re.sub(r'(name="csrf_token"[^>]*value=|nonce=|name="csrf-token" content=)"[^"]*"', r"\1", text)
    return re.sub(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}", "ID", text)


def told(found: list[str]) -> str:
    """What was found, in as many lines as are worth reading."""
    return "\n".join(["", *sorted(set(found))[:60], f"{len(found)} in all"])


def long_words(value: str) -> list[str]:
    """What a page may echo of a question; a short number would be taken out of everything else too."""
    return [value] if not value.isdigit() or len(value) > 6 else []
