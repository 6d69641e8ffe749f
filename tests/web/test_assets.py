import gzip
import re

import pytest
from flask import Flask

from diary.web import assets


@pytest.fixture
def client():
    app = Flask(__name__, static_folder=None)
    assets.init_app(app)
    return app.test_client()


def test_an_address_names_the_file_and_eight_digits_of_its_hash():
    assert re.fullmatch(r"/static/theme-[0-9a-f]{8}\.css", assets.asset_url("theme.css"))


def test_an_unknown_file_is_refused_where_the_template_is_drawn():
    with pytest.raises(KeyError):
        assets.asset_url("nothing.css")


def test_templates_reach_the_addresses(client):
    assert client.application.jinja_env.globals["asset_url"]("diary.js").startswith("/static/diary-")


@pytest.mark.parametrize(
    ("name", "mimetype"),
    [
        ("bootstrap.css", "text/css"),
        ("theme.css", "text/css"),
        ("diary.js", "text/javascript"),
        ("photos.js", "text/javascript"),
        ("lotus.svg", "image/svg+xml"),
        ("lotus-180.png", "image/png"),
        ("lotus-512.png", "image/png"),
    ],
)
def test_every_file_comes_with_its_type_and_may_be_kept_for_a_year(client, name, mimetype):
    reply = client.get(assets.asset_url(name))
    assert reply.status_code == 200
    assert reply.mimetype == mimetype
    assert reply.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Accept-Encoding" in reply.headers["Vary"]


def test_a_browser_that_reads_gzip_gets_the_same_bytes_gzipped(client):
    url = assets.asset_url("bootstrap.css")
    plain = client.get(url)
    zipped = client.get(url, headers={"Accept-Encoding": "gzip, br"})
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.data) == plain.data
    assert "Content-Encoding" not in plain.headers
    assert zipped.headers["ETag"] != plain.headers["ETag"]


def test_what_the_browser_has_already_is_not_sent_again(client):
    url = assets.asset_url("theme.css")
    tag = client.get(url).headers["ETag"]
    again = client.get(url, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize(
    "path", ["/static/theme.css", "/static/theme-00000000.css", "/static/theme/1-tokens.css", "/static/../config.py", "/static/"]
)
def test_any_other_address_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_the_parts_of_the_theme_are_joined_in_the_order_of_their_names(client):
    text = client.get(assets.asset_url("theme.css")).text
    parts = sorted((assets.OWN_FILES / "theme").glob("*.css"))
    places = [text.index(part.read_text("utf-8").strip()) for part in parts]
    assert places == sorted(places)


def test_the_two_lists_of_dark_colours_are_the_same():
    text = (assets.OWN_FILES / "theme/1-tokens.css").read_text("utf-8")
    wish, choice = (
        re.search(start + r"\s*\{(.*?)\n\s*\}", text, re.S)[1]
        for start in (r':root:not\(\[data-bs-theme="light"\]\)', r'\n\[data-bs-theme="dark"\]')
    )
    assert wish.split() == choice.split()


def test_no_style_sheet_script_or_icon_of_ours_asks_another_host():
    for path in assets.OWN_FILES.rglob("*"):
        if path.suffix in {".css", ".js", ".svg"}:
            links = re.findall(r"""(?:https?:)?//[\w.-]+\.\w+[^\s"')]*""", path.read_text("utf-8"))
            assert [link for link in links if "www.w3.org" not in link] == [], path.name


def test_a_first_visit_loads_at_most_60_kb_of_files(client):
    names = ["bootstrap.css", "theme.css", "diary.js", "photos.js", "lotus.svg"]
    total = sum(len(client.get(assets.asset_url(name), headers={"Accept-Encoding": "gzip"}).data) for name in names)
    assert total < 60_000


def test_the_manifest_names_the_diary_and_its_icons(client):
    reply = client.get("/manifest.webmanifest")
    assert reply.mimetype == "application/manifest+json"
    assert reply.json["short_name"] == "Sổ nhật ký"
    assert all(client.get(icon["src"]).status_code == 200 for icon in reply.json["icons"])


def test_the_old_address_of_the_icon_leads_to_it(client):
    assert client.get("/favicon.ico").headers["Location"] == assets.asset_url("lotus.svg")
