"""Reading pages as a test does: the token of a form, a heading, the words without their tags."""

import html
import re

from flask.testing import FlaskClient


def token(client: FlaskClient, path: str) -> str:
    """The CSRF token of the page at `path`."""
    page = client.get(path).text
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found, f"no form with a token at {path}"
    return found[1]


def hidden(page: str, name: str) -> str:
    """The value of the first hidden field called `name` in a page's text."""
    tag = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)
    assert tag, f"no field {name}"
    value = re.search(r'value="([^"]*)"', tag[0])
    return html.unescape(value[1]) if value else ""


def heading(page: str) -> str:
    """The words of the page's h1."""
    found = re.search(r"<h1[^>]*>(.*?)</h1>", page, re.S)
    return words(found[1]) if found else ""


def words(page: str) -> str:
    """The page's words, tags and runs of blanks taken out."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())
