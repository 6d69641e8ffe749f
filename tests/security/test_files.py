"""Files an attacker sends or asks for: bombs, disguises, names that climb out of their folder."""

import io
import struct
import time as clocks
import zipfile
import zlib
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import select

from diary.domain.errors import NotFound
from diary.domain.evidence import safe_file_name
from diary.files.sheets import UnreadableFile, read_sheets
from diary.files.sheets.packages import look_over
from diary.files.storage import Storage
from diary.files.uploads import Uploads
from diary.models.base import db
from diary.models.entries import Evidence
from diary.services import clock
from tests.leaks.addresses import rules
from tests.web.entries.filling import fill
from tests.web.entries.filling import kept as entries_kept
from tests.web.reading import token

pytestmark = pytest.mark.sqlite  # what is tried here never reaches the database's engine
MB = 1024 * 1024


def zipped(parts, compression=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as package:
        for name, content in parts:
            package.writestr(name, content)
    return out.getvalue()


def excel(sheet):
    return zipped([("xl/workbook.xml", b"<a/>"), ("xl/worksheets/sheet1.xml", sheet)])


def open_document(content, mimetype=b"application/vnd.oasis.opendocument.spreadsheet"):
    return zipped([("mimetype", mimetype), ("content.xml", content)])


def overlapping(parts=60_000):
    """A package whose parts are all the same 10 MB of bytes, stored once."""
    one = zipped([("xl/workbook.xml", b"<a/>"), ("xl/worksheets/sheet1.xml", b"x" * 10 * MB)], zipfile.ZIP_STORED)
    start = one.index(b"PK\x01\x02")
    entries = one[start : one.index(b"PK\x05\x06")]
    last = entries[entries.index(b"PK\x01\x02", 4) :]
    directory = entries + last * (parts - 2)
    return one[:start] + directory + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, parts, parts, len(directory), start, 0)


BOMBS = {
    "a sheet of nothing but zeros": lambda: excel(b"\0" * 210 * MB),
    "a type of its own that unpacks without end": lambda: open_document(b"", b"spreadsheet" + b"\0" * 210 * MB),
    "rows opened and never closed": lambda: open_document(b"<table:table >" + b"<table:table-row>" * 1_000_000),
    "cells opened and never closed": lambda: open_document(b"<table:table ><table:table-row>" + b"<table:table-cell>" * 1_000_000),
    "cells of Excel without an end": lambda: excel(b"<c " * 5_000_000),
    "one cell with a million names": lambda: excel(b"<c " + b' r="A1"' * 2_000_000),
    "a name without an end": lambda: excel(b"<" + b"a" * 20_000_000),
    "parts that lie over one another": overlapping,
    "a hundred thousand parts": lambda: zipped([("xl/workbook.xml", b"<a/>"), *((f"xl/{n}", b"") for n in range(100_000))]),
    "a package within a package within a package": lambda: excel(excel(excel(b"\0" * 100 * MB))),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_packed_bomb_is_looked_over_within_seconds(name):
    content, start = BOMBS[name](), clocks.process_time()
    try:
        look_over(content)
    except UnreadableFile as refusal:
        assert str(refusal)
    assert clocks.process_time() - start < 15


@pytest.mark.parametrize("name", list(BOMBS)[:2] + list(BOMBS)[-3:-1])
def test_a_bomb_is_refused_in_words(name):
    with pytest.raises(UnreadableFile, match=r"[Tt]ệp"):
        read_sheets("ds.xlsx", BOMBS[name]())


def test_a_bomb_sent_as_a_list_is_refused_on_the_page_and_nothing_is_kept(app, browser):
    client = browser("secretary")
    for name in ("ds.xlsx", "ds.ods", "ds.docx", "ds.csv"):
        sent = {"csrf_token": token(client, "/doan-vien/nhap"), "file": (io.BytesIO(BOMBS["a sheet of nothing but zeros"]()), name)}
        answer = client.post("/doan-vien/nhap", data=sent, content_type="multipart/form-data")
        assert answer.status_code == 200 and "200 MB" in answer.text, name
    assert not list(Path(app.config["DIARY_INSTANCE"]).glob("uploads/*/*/content.zip"))


def test_every_form_that_takes_a_file_is_tried_here(app):
    """Forms with files are few: one more needs its bomb."""
    web = Path(app.root_path, "web")
    sources = {path.relative_to(web).parts[0] for path in web.rglob("*.py") if "FileField" in path.read_text("utf-8")}
    assert sources <= {"documents", "entries", "members", "registers"}


def test_members_of_a_package_that_climb_out_of_their_folder_are_written_nowhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    content = zipped([("xl/workbook.xml", b"<a/>"), ("../../../out.txt", b"x"), ("/out-of-it.txt", b"x"), ("xl/worksheets/../../up", b"x")])
    with pytest.raises(UnreadableFile):
        read_sheets("ds.xlsx", content)
    assert list(tmp_path.rglob("*")) == [] and not Path("/out-of-it.txt").exists()


# --- photos and other evidence ---------------------------------------------------------------------------------------------------------


def png(width, height, packed=b""):
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed or zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


def jpeg(more=b""):
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "#336699").save(out, "JPEG")
    return out.getvalue() + more


def evidence(app):
    with app.app_context():
        return list(db.session.execute(select(Evidence)).scalars())


REFUSED = {
    "a flood of pixels": ("anh.png", png(60_000, 60_000)),
    "a flood in one direction": ("anh.png", png(2**31 - 1, 1)),
    "a picture that unpacks without end": ("anh.png", png(7000, 7000, zlib.compress(b"\0" * 20 * MB))),
    "a drawing with a script": ("anh.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
    "a drawing called a photo": ("anh.jpg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
    "a page called a photo": ("anh.jpg", b"<!doctype html><script>alert(1)</script>"),
    "a page that begins as a GIF": ("anh.gif", b"GIF89a/*<script>alert(1)</script>*/=1"),
    "a page called a paper": ("giay.pdf", b"<!doctype html><script>alert(1)</script>"),
    "a page behind the first bytes of a paper": ("giay.pdf", b"%PDF-1.4\n<script>alert(1)</script>"),
    "a program": ("anh.jpg", b"MZ\x90\0" + b"\0" * 1000),
    "a package": ("anh.jpg", zipped([("a.txt", b"x")])),
    "a page of XML that asks for a file": ("anh.jpg", b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_photo_and_no_paper_is_refused_on_the_page_within_seconds(app, browser, name):
    file_name, content = REFUSED[name]
    start = clocks.process_time()
    answer = fill(browser("member"), evidence=(io.BytesIO(content), file_name))
    assert answer.status_code == 200 and entries_kept(app) == [] and evidence(app) == []
    assert clocks.process_time() - start < 10


def test_a_photo_that_is_a_page_as_well_keeps_nothing_of_the_page(app, browser):
    client = browser("member")
    fill(client, evidence=(io.BytesIO(jpeg(b"<html><script>alert(1)</script></html>")), "anh.html.jpg"))
    row = evidence(app)[0]
    answer = client.get(f"/minh-chung/{row.id}")
    assert b"script" not in answer.data and answer.mimetype == "image/jpeg" and row.name.endswith(".jpg")
    assert "sandbox" in answer.headers["Content-Security-Policy"] and answer.headers["X-Content-Type-Options"] == "nosniff"
    answer.close()


NAMES = [
    "../../../../etc/passwd.jpg", "..\\..\\windows\\system32\\x.jpg", "/etc/passwd", "C:\\x.jpg", 'a".jpg', "a%0d%0aSet-Cookie: x=1.jpg",
    "anh\u202egpj.exe", ".htaccess", "~root", "a;rm -rf.jpg", "x" * 400 + ".jpg", "con", "%2e%2e%2fx.jpg", "<script>.jpg",
]  # fmt: skip


@pytest.mark.parametrize("name", [*NAMES, "a\r\nSet-Cookie: x=1.jpg", "a\0.jpg", "\ud800.jpg", ""])
def test_a_cleaned_name_is_one_plain_line(name):
    clean = safe_file_name(name)
    assert clean and not set(clean) & set('/\\<>:"|?*\r\n\0\u202e') and len(clean) <= 120


@pytest.mark.parametrize("name", NAMES)
def test_the_name_of_a_file_is_a_word_and_never_a_way(app, browser, name):
    client, folder = browser("member"), Path(app.config["DIARY_INSTANCE"])
    before = {path for path in folder.parent.rglob("*") if folder not in path.parents}
    assert fill(client, evidence=(io.BytesIO(jpeg()), name)).status_code == 303
    row = evidence(app)[0]
    assert not set(row.name) & set('/\\<>:"|?*\r\n\0\u202e') and len(row.name) <= 120 and row.name.endswith(".jpg")
    answer = client.get(f"/minh-chung/{row.id}")
    assert answer.status_code == 200 and "x=1" not in answer.headers.get("Set-Cookie", "")
    assert answer.headers["Content-Disposition"].count("\n") == 0
    answer.close()
    assert {path for path in folder.parent.rglob("*") if folder not in path.parents} == before


CLIMBING = ["../config.py", "..%2fconfig.py", "%2e%2e/config.py", "....//config.py", "..\\config.py", "%2e%2e%5cconfig.py", "/etc/passwd",
            "theme.css/../../config.py", "%00", "..", ".", "theme-00000000.css", "secret_key", "%252e%252e%252fconfig.py"]  # fmt: skip


@pytest.mark.parametrize("way", CLIMBING)
def test_no_address_climbs_out_of_its_folder(app, browser, way):
    client = browser("secretary")
    for start in ("/static/", "/minh-chung/", "/doan-vien/nhap/", "/van-ban-phat-hanh/", "/xac-minh/"):
        answer = client.get(start + way)
        assert answer.status_code in (301, 302, 303, 308, 404) or start == "/doan-vien/nhap/", start + way
        for secret in (b"DEMO_SECRET", b"root:x:", app.config["SECRET_KEY"].encode() or b"\0\0"):
            assert secret not in answer.data
        answer.close()


@pytest.mark.parametrize("token_sent", ["..", "../1", "a" * 10, "../../../../etc/passwd", "a/b", "", "\0" * 30, "ạ" * 30])
def test_the_name_of_a_waiting_file_is_no_way(tmp_path, token_sent):
    with pytest.raises(NotFound):
        Uploads(tmp_path).get(1, token_sent, clock.now())


@pytest.mark.parametrize("digest", ["..", "../" * 20 + "etc/passwd", "A" * 64, "0" * 63, "0" * 64 + "\n", ""])
def test_the_name_of_a_stored_file_is_no_way(tmp_path, digest):
    with pytest.raises(NotFound):
        Storage(tmp_path).path(digest)


def test_a_waiting_file_is_found_by_nobody_else_and_its_name_cannot_be_guessed(tmp_path):
    name = Uploads(tmp_path).keep(1, "ds.csv", b"x", clock.now())
    assert len(name) >= 32  # 24 random bytes
    with pytest.raises(NotFound):
        Uploads(tmp_path).get(2, name, clock.now())


def test_papers_are_answered_as_downloads_that_cannot_act(app, browser, cast):
    client = browser("member")
    answer = client.get("/so-nhat-ky/2026.pdf")
    assert answer.mimetype == "application/pdf" and answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"] and answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "/so-nhat-ky/<int:year>.pdf" in rules(app, "GET")
