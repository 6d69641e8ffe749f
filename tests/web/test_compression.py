"""Pages go over the wire zipped to browsers that take it."""

import gzip


def test_a_page_is_zipped_for_who_takes_it_and_reads_the_same(browser):
    client = browser("secretary")
    plain = client.get("/huong-dan")
    zipped = client.get("/huong-dan", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers and zipped.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in zipped.headers["Vary"] and len(zipped.data) < len(plain.data) / 2
    assert "Hướng dẫn" in gzip.decompress(zipped.data).decode()


def test_every_daily_page_weighs_at_most_30_kb_after_the_first_visit(browser):
    client = browser("secretary")
    for path in ("/", "/nhat-ky", "/nhat-ky/moi", "/dang-ky", "/danh-gia", "/duyet", "/chi-doan", "/xep-loai", "/doan-vien", "/to-chuc"):
        answer = client.get(path, headers={"Accept-Encoding": "gzip"})
        assert answer.status_code == 200 and len(answer.data) < 30_000, path
