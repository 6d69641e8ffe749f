"""A real Chromium, and the application of the tests served to it on loopback."""

import shutil
import threading

import pytest
from playwright.sync_api import expect, sync_playwright
from werkzeug.serving import make_server

expect.set_options(timeout=15_000)  # a machine that does much else at the same time is slow, not wrong
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def site(app):
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def visit(app, chromium, site, browser):
    """visit("secretary", "/xep-loai") is that person's page in a real browser."""
    contexts = []

    def go(name, path, viewport=DESK, script=True):
        cookie = browser(name).get_cookie("so").value
        context = chromium.new_context(viewport=viewport, java_script_enabled=script)
        context.set_default_timeout(10_000)
        context.add_cookies([{"name": "so", "value": cookie, "url": site}])
        contexts.append(context)
        page = context.new_page()
        page.goto(site + path)
        return page

    yield go
    for context in contexts:
        context.close()
