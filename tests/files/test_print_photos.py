"""Photos for print: small enough to send, and never a crash."""

from io import BytesIO

from PIL import Image

from diary.files.print_photos import PRINT_SIDE, for_print
from tests.documents.samples import jpeg


def size(picture):
    with Image.open(BytesIO(picture)) as image:
        return image.format, image.size


def test_a_big_photo_is_shrunk_keeping_its_shape():
    assert size(for_print(jpeg(1600, 1200))) == ("JPEG", (PRINT_SIDE, PRINT_SIDE * 3 // 4))


def test_a_small_photo_stays_as_it_is():
    small = jpeg(PRINT_SIDE, 300)
    assert for_print(small) == small


def test_the_same_photo_gives_the_same_bytes():
    assert for_print(jpeg(1600, 900)) == for_print(jpeg(1600, 900))


def test_what_is_no_whole_photo_gives_nothing():
    for broken in (b"", b"%PDF-1.4", jpeg(1600, 1200)[:400]):
        assert for_print(broken) == b""
