import time
from io import BytesIO

import pikepdf
import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from diary.domain.evidence import MAX_PDF_BYTES, MEGABYTE, BadEvidence, EvidenceKind, StoredEvidence
from diary.files.attachments import check_pdf, keep, read_attachment, read_attachments
from diary.files.storage import Storage


def pdf(text="Giay khen", **options):
    out = BytesIO()
    canvas = Canvas(out, **options)
    canvas.drawString(100, 700, text)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def changed(change, **options):
    """A real PDF after `change(document)`, written again by another program."""
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf())) as document:
        change(document)
        document.save(out, **options)
    return out.getvalue()


def jpeg(width=800, height=600):
    out = BytesIO()
    Image.new("RGB", (width, height), "teal").save(out, "JPEG")
    return out.getvalue()


def on_opening(**action):
    def change(document):
        document.Root.OpenAction = pikepdf.Dictionary(**action)

    return change


def script(document):
    on_opening(S=pikepdf.Name.JavaScript, JS="app.alert(1)")(document)


def program(document):
    on_opening(S=pikepdf.Name.Launch, F="cmd.exe")(document)


def inner_file(document):
    document.attachments["a.exe"] = b"MZ"


def test_a_photo_is_known_by_its_content_and_named_as_the_jpeg_it_becomes():
    found = read_attachment("C:\\ảnh\\Buổi lao động.HEIC", jpeg())
    assert (found.kind, found.media_type, found.name) == (EvidenceKind.PHOTO, "image/jpeg", "Buổi lao động.jpg")
    assert (found.width, found.height) == (800, 600)
    assert found.content.startswith(b"\xff\xd8\xff")
    assert found.thumbnail is not None


def test_a_pdf_is_kept_byte_for_byte():
    content = pdf()
    found = read_attachment("Giấy khen.pdf", content)
    assert (found.kind, found.media_type, found.name) == (EvidenceKind.FILE, "application/pdf", "Giấy khen.pdf")
    assert found.content == content
    assert (found.width, found.height, found.thumbnail) == (None, None, None)


@pytest.mark.parametrize(
    ("sent", "kept"), [("khen.exe", "khen.exe.pdf"), ("khen", "khen.pdf"), ("KHEN.PDF", "KHEN.PDF"), ("x" * 200, "x" * 116 + ".pdf")]
)
def test_a_pdf_is_always_named_as_one(sent, kept):
    assert read_attachment(sent, pdf()).name == kept


@pytest.mark.parametrize(("sent", "kept"), [("a.png", "a.jpg"), ("a.html", "a.html.jpg"), ("", "tep.jpg"), ("a.b.WebP", "a.b.jpg")])
def test_a_photo_is_always_named_as_a_jpeg(sent, kept):
    assert read_attachment(sent, jpeg()).name == kept


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("ảnh.jpg", b"MZ\x90\x00 This program cannot be run in DOS mode"),
        ("ảnh.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("giấy.pdf", b"<!doctype html><script>alert(1)</script>"),
        ("bảng.xlsx", b"PK\x03\x04" + b"\0" * 100),
        ("giấy.pdf", b"\n\n" + pdf()),
    ],
)
def test_everything_else_is_refused_and_the_file_named(name, content):
    with pytest.raises(BadEvidence) as refusal:
        read_attachment(name, content)
    assert str(refusal.value) == f"“{name}”: Chỉ nhận ảnh (JPEG, PNG, WebP, HEIC) và tệp PDF."


def test_an_empty_file_is_refused():
    with pytest.raises(BadEvidence, match="rỗng"):
        read_attachment("a.pdf", b"")


def test_a_broken_photo_is_refused_with_its_name():
    with pytest.raises(BadEvidence, match=r"^“a\.jpg”: Ảnh bị hỏng"):
        read_attachment("a.jpg", jpeg()[:300])


def test_a_pdf_over_10_mb_is_refused():
    with pytest.raises(BadEvidence, match=r"nặng 10,1 MB; mỗi tệp PDF không quá 10 MB"):
        check_pdf(pdf() + b"\0" * (MAX_PDF_BYTES + MEGABYTE // 20))


def test_a_pdf_cut_short_is_refused():
    content = pdf()
    for cut in (content[:400], content[: content.rindex(b"%%EOF")], content[: content.rindex(b"startxref")] + b"%%EOF"):
        with pytest.raises(BadEvidence, match="hỏng hoặc chưa tải lên hết"):
            check_pdf(cut)


def test_a_locked_pdf_is_refused():
    with pytest.raises(BadEvidence, match="mật khẩu"):
        check_pdf(pdf(encrypt=StandardEncryption("mat khau", canPrint=0)))


WAYS_TO_WRITE = [
    {"object_stream_mode": pikepdf.ObjectStreamMode.disable},
    {"object_stream_mode": pikepdf.ObjectStreamMode.generate},
    {"object_stream_mode": pikepdf.ObjectStreamMode.generate, "compress_streams": False},
    {"linearize": True},
]


@pytest.mark.parametrize("options", WAYS_TO_WRITE)
@pytest.mark.parametrize(
    ("change", "words"), [(script, "mã tự chạy"), (program, "mở chương trình khác"), (inner_file, "tệp khác đính kèm bên trong")]
)
def test_a_pdf_that_could_act_on_its_own_is_refused_however_it_is_written(change, words, options):
    with pytest.raises(BadEvidence, match=words):
        check_pdf(changed(change, **options))


@pytest.mark.parametrize("options", WAYS_TO_WRITE)
def test_a_plain_pdf_is_taken_however_it_is_written(options):
    check_pdf(changed(lambda document: None, **options))


def test_a_pdf_locked_by_another_program_is_refused():
    with pytest.raises(BadEvidence, match="mật khẩu"):
        check_pdf(changed(lambda document: None, encryption=pikepdf.Encryption(owner="a", user="b")))


def test_a_name_written_with_hex_escapes_is_seen():
    content = changed(script, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert b"/JavaScript" in content
    hidden = content.replace(b"/JavaScript", b"/J#61vaScr#69pt").replace(b"/JS", b"/#4aS")
    with pytest.raises(BadEvidence, match="mã tự chạy"):
        check_pdf(hidden)


def test_links_bookmarks_and_longer_names_are_no_reason_to_refuse():
    out = BytesIO()
    canvas = Canvas(out)
    canvas.bookmarkPage("start")
    canvas.addOutlineEntry("Start", "start")
    canvas.linkURL("https://example.org", (0, 0, 100, 100))
    canvas.showPage()
    canvas.save()
    check_pdf(out.getvalue())
    check_pdf(changed(lambda document: document.Root.__setitem__("/JSON", pikepdf.String("x"))))


def test_bytes_of_a_picture_that_happen_to_read_as_a_name_are_no_reason_to_refuse():
    content = changed(lambda document: document.make_stream(b""))
    stray = content.replace(b"endstream", b" /JS (\nendstream", 1)
    assert stray != content
    check_pdf(stray)


def test_an_object_stream_that_unpacks_without_end_is_refused():
    def swell(document):
        document.Root.Swollen = pikepdf.Array([pikepdf.String("0" * (MEGABYTE * 17)) for _ in range(3)])

    content = changed(swell, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert len(content) < MEGABYTE
    with pytest.raises(BadEvidence, match="hỏng"):
        check_pdf(content)


@pytest.mark.parametrize("filler", [b"stream\n", b"endstream", b"#4a", b"/ObjStm stream\n", b"/ObjStm stream\nendstream ", b"/" * 7])
def test_ten_megabytes_of_anything_are_judged_in_seconds(filler):
    content = b"%PDF-1.7\n" + filler * ((MAX_PDF_BYTES - 100) // len(filler)) + b"\nstartxref\n9\n%%EOF"
    started = time.process_time()
    check_pdf(content)
    assert time.process_time() - started < 15


def test_files_of_one_sending_are_read_together():
    found = read_attachments([("a.jpg", jpeg()), ("b.pdf", pdf())], already=4)
    assert [one.kind for one in found] == [EvidenceKind.PHOTO, EvidenceKind.FILE]


def test_too_many_files_are_refused_before_any_is_read():
    with pytest.raises(BadEvidence, match="tối đa 6 tệp"):
        read_attachments([("a.exe", b"MZ")] * 2, already=5)


def test_a_kept_photo_has_its_picture_and_thumbnail_in_the_store(tmp_path):
    storage = Storage(tmp_path)
    found = read_attachment("a.png", jpeg(2000, 1000))
    stored = keep(storage, found)
    assert storage.read(stored.sha256) == found.content
    assert storage.read(stored.thumbnail_sha256) == found.thumbnail
    assert (stored.size, stored.width, stored.height, stored.name) == (len(found.content), 1600, 800, "a.jpg")
    assert set(storage.digests()) == set(stored.digests)


def test_a_kept_pdf_has_no_thumbnail(tmp_path):
    storage = Storage(tmp_path)
    content = pdf()
    stored = keep(storage, read_attachment("a.pdf", content))
    assert stored == StoredEvidence(stored.sha256, len(content), EvidenceKind.FILE, "application/pdf", "a.pdf")
    assert list(storage.digests()) == [stored.sha256]
