import struct
import zlib
from io import BytesIO

import pytest
from PIL import ExifTags, Image, ImageCms, ImageDraw

from diary.domain.evidence import MAX_PHOTO_BYTES, BadEvidence
from diary.files.photos import MAX_PIXELS, is_photo, read_photo

RED, GREEN, BLUE = (220, 30, 30), (30, 200, 30), (30, 30, 220)


def saved(image, kind, **options):
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def opened(content):
    image = Image.open(BytesIO(content))
    image.load()
    return image


def scene(width=800, height=600, mode="RGB"):
    """Red, with a green left edge and a blue top right corner: tells every rotation and mirroring apart."""
    image = Image.new("RGB", (width, height), RED)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, width // 4, height), GREEN)
    draw.rectangle((width * 3 // 4, 0, width, height // 4), BLUE)
    return image.convert(mode)


def near(colour, wanted, by=40):
    return all(abs(a - b) <= by for a, b in zip(colour, wanted, strict=True))


def stands_upright(content):
    image = opened(content)
    right, bottom = image.width - 1, image.height - 1
    corners = [image.getpixel(at) for at in ((3, 3), (3, bottom - 3), (right - 3, 3), (right - 3, bottom - 3))]
    return all(near(colour, wanted) for colour, wanted in zip(corners, (GREEN, GREEN, BLUE, RED), strict=True))


def phone_notes(orientation=1):
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Make] = "Phone of Lan"
    exif[ExifTags.Base.DateTime] = "2026:03:01 07:00:00"
    exif.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: (10.0, 2.0, 1.0), 3: "E", 4: (105.0, 47.0, 1.0)})
    return exif


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF", "GIF"])
def test_every_kind_of_photo_comes_out_as_jpeg_with_a_thumbnail(kind):
    content = saved(scene(), kind)
    photo = read_photo(content)
    big, small = opened(photo.jpeg), opened(photo.thumbnail)
    assert is_photo(content)
    assert (big.format, small.format) == ("JPEG", "JPEG")
    assert (big.size, small.size) == ((800, 600), (320, 240))
    assert (photo.width, photo.height) == (800, 600)
    assert stands_upright(photo.jpeg)
    assert stands_upright(photo.thumbnail)


def test_a_big_photo_is_shrunk_to_1600_on_its_longer_side():
    assert opened(read_photo(saved(scene(4000, 3000), "JPEG")).jpeg).size == (1600, 1200)
    assert opened(read_photo(saved(scene(1500, 3000), "PNG")).jpeg).size == (800, 1600)


def test_a_small_photo_is_never_enlarged():
    photo = read_photo(saved(scene(40, 30), "JPEG"))
    assert opened(photo.jpeg).size == opened(photo.thumbnail).size == (40, 30)


def test_a_picture_one_pixel_high_keeps_its_pixel():
    photo = read_photo(saved(Image.new("RGB", (5000, 1)), "PNG"))
    assert (photo.width, photo.height) == (1600, 1)


UNTURNED = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


@pytest.mark.parametrize("orientation", UNTURNED)
def test_a_photo_taken_with_the_phone_turned_stands_upright(orientation):
    turned = scene(2000, 1500).transpose(UNTURNED[orientation])
    photo = read_photo(saved(turned, "JPEG", exif=phone_notes(orientation)))
    assert (photo.width, photo.height) == (1600, 1200)
    assert stands_upright(photo.jpeg)
    assert stands_upright(photo.thumbnail)


@pytest.mark.parametrize("kind", ["HEIF", "PNG", "WEBP"])
def test_turned_photos_of_other_kinds_stand_upright_too(kind):
    turned = scene().transpose(UNTURNED[6])
    turned.info["exif"] = phone_notes(6).tobytes()  # the HEIC writer takes it from here only, and turns the picture in HEIC's own way
    photo = read_photo(saved(turned, kind, **{} if kind == "HEIF" else {"exif": phone_notes(6)}))
    assert (photo.width, photo.height) == (800, 600)
    assert stands_upright(photo.jpeg)


def test_place_time_camera_profile_and_comments_are_gone():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>Lan's house</x:xmpmeta>"
    sent = saved(scene(), "JPEG", exif=phone_notes(), icc_profile=profile, comment=b"a secret", xmp=xmp)
    assert Image.open(BytesIO(sent)).getexif().get_ifd(ExifTags.IFD.GPSInfo)
    photo = read_photo(sent)
    for content in (photo.jpeg, photo.thumbnail):
        kept = opened(content)
        assert not kept.getexif()
        assert set(kept.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        for trace in (b"Exif", b"Phone of Lan", b"2026:03:01", b"a secret", b"ICC_PROFILE", b"xmp"):
            assert trace not in content


def test_a_comment_is_gone_where_no_profile_had_to_be_converted():
    photo = read_photo(saved(scene(), "JPEG", comment=b"a secret"))
    assert b"a secret" not in photo.jpeg + photo.thumbnail


@pytest.mark.parametrize("kind", ["HEIF", "PNG", "WEBP"])
def test_other_kinds_lose_their_notes_too(kind):
    photo = read_photo(saved(scene(), kind, exif=phone_notes()))
    assert not opened(photo.jpeg).getexif()
    assert b"Phone of Lan" not in photo.jpeg


@pytest.mark.parametrize(("kind", "mode"), [("PNG", "RGBA"), ("PNG", "LA"), ("WEBP", "RGBA"), ("HEIF", "RGBA")])
def test_what_is_see_through_becomes_white(kind, mode):
    image = Image.new("RGBA", (100, 100), (0, 0, 0, 0))
    ImageDraw.Draw(image).rectangle((0, 0, 49, 99), (0, 0, 0, 255))
    kept = opened(read_photo(saved(image.convert(mode), kind)).jpeg)
    assert near(kept.getpixel((90, 50)), (255, 255, 255))
    assert near(kept.getpixel((10, 50)), (0, 0, 0))


def test_a_see_through_palette_colour_becomes_white():
    image = Image.new("P", (50, 50), 0)
    image.putpalette([0, 0, 0, 220, 30, 30])
    ImageDraw.Draw(image).rectangle((0, 0, 24, 49), 1)
    for kind in ("PNG", "GIF"):
        kept = opened(read_photo(saved(image, kind, transparency=0)).jpeg)
        assert near(kept.getpixel((45, 25)), (255, 255, 255))
        assert near(kept.getpixel((5, 25)), RED)


def test_a_moving_picture_gives_its_first_frame():
    frames = [Image.new("RGB", (60, 40), colour) for colour in (RED, GREEN, BLUE)]
    for kind in ("GIF", "WEBP"):
        kept = opened(read_photo(saved(frames[0], kind, save_all=True, append_images=frames[1:])).jpeg)
        assert near(kept.getpixel((30, 20)), RED)


def test_a_phones_jpeg_with_a_second_picture_inside_gives_the_first():
    sent = saved(scene(), "MPO", save_all=True, append_images=[Image.new("RGB", (80, 60), BLUE)])
    assert stands_upright(read_photo(sent).jpeg)


@pytest.mark.parametrize("mode", ["L", "1", "CMYK"])
def test_grey_black_and_white_and_printers_colours_are_taken(mode):
    kept = opened(read_photo(saved(scene(mode=mode), "JPEG" if mode == "CMYK" else "PNG")).jpeg)
    assert (kept.mode, kept.size) == ("RGB", (800, 600))
    if mode == "CMYK":
        assert near(kept.getpixel((500, 500)), RED)


def test_a_scan_with_16_bit_greys_keeps_its_greys():
    sent = saved(Image.new("I;16", (40, 40), 30000), "PNG")
    assert near(opened(read_photo(sent).jpeg).getpixel((20, 20)), (117, 117, 117), by=3)


def test_colours_of_another_profile_are_brought_to_srgb():
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    plain, unfitting = saved(scene(), "PNG"), saved(scene(), "PNG", icc_profile=lab)
    assert read_photo(unfitting) == read_photo(plain), "a profile that does not fit is left aside"
    swapped = saved(scene(), "PNG", icc_profile=red_and_green_swapped())
    assert near(opened(read_photo(swapped).jpeg).getpixel((400, 400)), (30, 220, 30), by=70)


def red_and_green_swapped():
    """An sRGB profile whose red and green primaries have changed places: its effect is plain to see."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    count = struct.unpack_from(">I", profile, 128)[0]
    entries = {bytes(profile[at : at + 4]): at for at in range(132, 132 + 12 * count, 12)}
    red, green = entries[b"rXYZ"], entries[b"gXYZ"]
    profile[red : red + 4], profile[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(profile)


def test_a_profile_of_nonsense_is_left_aside():
    assert read_photo(saved(scene(), "PNG", icc_profile=b"nonsense")) == read_photo(saved(scene(), "PNG"))


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")  # said by Pillow, and of no use to anyone
def test_broken_notes_do_not_cost_the_photo():
    sent = saved(scene(), "JPEG", exif=b"Exif\x00\x00MM\x00*\x00\x00\xff\xff" + b"\xff" * 40)
    assert stands_upright(read_photo(sent).jpeg)
    assert stands_upright(read_photo(saved(scene(), "PNG", exif=b"nonsense in place of notes")).jpeg)


def test_the_same_photo_sent_twice_gives_the_same_bytes():
    sent = saved(scene(3000, 2000), "JPEG", exif=phone_notes(6))
    assert read_photo(sent) == read_photo(sent)


def png_claiming(width, height):
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")


@pytest.mark.parametrize(("width", "height"), [(10_000, 6_001), (12_000, 9_000), (30_000, 30_000), (65_535, 65_535)])
def test_a_picture_of_more_than_60_million_pixels_is_refused_by_its_header(width, height):
    assert width * height > MAX_PIXELS
    with pytest.raises(BadEvidence, match="quá nhiều điểm ảnh"):
        read_photo(png_claiming(width, height))


def test_bombs_of_other_kinds_are_refused_by_their_header():
    gif = bytearray(saved(scene(10, 10), "GIF"))
    gif[6:10] = struct.pack("<HH", 60_000, 60_000)
    jpeg = bytearray(saved(scene(10, 10), "JPEG"))
    start = jpeg.index(b"\xff\xc0") + 5
    jpeg[start : start + 4] = struct.pack(">HH", 60_000, 60_000)
    for bomb in (gif, jpeg):
        with pytest.raises(BadEvidence, match="quá nhiều điểm ảnh"):
            read_photo(bytes(bomb))


def test_a_photo_over_15_mb_is_refused_before_it_is_read():
    with pytest.raises(BadEvidence, match=r"nặng 15 MB|không quá 15 MB"):
        read_photo(saved(scene(10, 10), "JPEG").ljust(MAX_PHOTO_BYTES + 1, b"\0"))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF", "GIF"])
@pytest.mark.parametrize("part", [0.02, 0.3, 0.6])
def test_a_photo_cut_short_is_refused(kind, part):
    content = saved(Image.effect_noise((400, 300), 90).convert("RGB"), kind)
    with pytest.raises(BadEvidence, match=r"Ảnh bị hỏng hoặc chưa tải lên hết|Chỉ nhận ảnh"):
        read_photo(content[: int(len(content) * part)])


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MZ\x90\x00" + b"\0" * 200,
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<!doctype html><script>alert(1)</script>",
        b"%PDF-1.7\n",
        b"BM" + b"\0" * 60,
        b"II*\x00" + b"\0" * 60,
    ],
)
def test_what_is_no_photo_is_refused_whatever_its_name(content):
    assert not is_photo(content)
    with pytest.raises(BadEvidence, match=r"Chỉ nhận ảnh \(JPEG, PNG, WebP, HEIC\) và tệp PDF\."):
        read_photo(content)


@pytest.mark.parametrize("start", [b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF\0\0\0\0WEBP", b"\0\0\0\x18ftypheic"])
def test_a_program_behind_a_photos_first_bytes_is_refused(start):
    with pytest.raises(BadEvidence, match="Ảnh bị hỏng"):
        read_photo(start + b"MZ\x90\x00 This program cannot be run" * 20)


def test_a_page_hidden_behind_a_real_photo_does_not_survive():
    photo = read_photo(saved(scene(), "JPEG") + b"<script>alert(1)</script>")
    assert b"<script>" not in photo.jpeg + photo.thumbnail
