"""Reads PDFs back: their text with poppler's pdftotext, their fonts, pictures and metadata with pikepdf."""

import re
import shutil
import subprocess
from io import BytesIO
from typing import NamedTuple

import pikepdf
import pytest

MM = 72 / 25.4

needs_pdftotext = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext (poppler-utils) is not installed")


class Word(NamedTuple):
    page: int
    left: float
    top: float
    right: float
    bottom: float
    text: str


def _pdftotext(pdf: bytes, *options: str) -> str:
    run = subprocess.run(["pdftotext", *options, "-", "-"], input=pdf, capture_output=True, check=True)
    return run.stdout.decode("utf-8")


def drawn_lines(pdf: bytes) -> list[str]:
    """The lines of text in the order in which they were drawn."""
    return [line for line in _pdftotext(pdf, "-raw").replace("\f", "\n").split("\n") if line]


def page_texts(pdf: bytes) -> list[str]:
    """Each page's text as drawn, on one line."""
    return [" ".join(page.split()) for page in _pdftotext(pdf, "-raw").split("\f")[:-1]]


def flowing_text(pdf: bytes) -> str:
    """The whole text as drawn, on one line."""
    return " ".join(page_texts(pdf))


def laid_out_rows(pdf: bytes) -> list[str]:
    """The lines as they stand on the page, left to right, single spaces between."""
    return [" ".join(line.split()) for line in _pdftotext(pdf, "-layout").replace("\f", "\n").split("\n") if line.strip()]


def words(pdf: bytes) -> list[Word]:
    """Every word with its page (from 1) and box, in points from the page's upper left corner."""
    found, page = [], 0
    pattern = r'<page |<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>'
    for match in re.finditer(pattern, _pdftotext(pdf, "-bbox")):
        if match[1] is None:
            page += 1
        else:
            found.append(Word(page, *(float(match[group]) for group in range(1, 5)), match[5]))
    return found


def fonts(pdf: bytes) -> dict[str, bool]:
    """Each font's name without its subset prefix, and whether its file is embedded."""
    with pikepdf.open(BytesIO(pdf)) as document:
        dictionaries = [thing for thing in document.objects if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font"]
        return {str(font.BaseFont).split("+")[-1].lstrip("/"): "/FontFile2" in font.get("/FontDescriptor", {}) for font in dictionaries}


def pictures(pdf: bytes) -> list[bytes]:
    """The stored bytes of each picture."""
    with pikepdf.open(BytesIO(pdf)) as document:
        streams = [thing for thing in document.objects if isinstance(thing, pikepdf.Stream)]
        return [bytes(stream.read_raw_bytes()) for stream in streams if stream.get("/Subtype") == "/Image"]


def metadata(pdf: bytes) -> dict[str, str]:
    """Title, author and language."""
    with pikepdf.open(BytesIO(pdf)) as document:
        info = document.docinfo
        return {"title": str(info["/Title"]), "author": str(info["/Author"]), "lang": str(document.Root["/Lang"])}


def page_count(pdf: bytes) -> int:
    with pikepdf.open(BytesIO(pdf)) as document:
        return len(document.pages)
