"""Photos as phones make them -> a small upright JPEG and its thumbnail that say nothing about place, time or camera."""

import contextlib
import threading
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageCms, ImageOps
from pillow_heif import register_heif_opener

from ..domain.evidence import ACCEPTED_TEXT, MAX_PHOTO_BYTES, BadEvidence, megabytes

PHOTO_SIDE = 1600
"""The longer side of the photo that is kept, in pixels: sharp on a screen and across a printed page."""

THUMBNAIL_SIDE = 320
"""The longer side of the small picture in lists, in pixels."""

MAX_PIXELS = 60_000_000
"""The most pixels (width x height) that are decoded; a phone's 50-megapixel photo passes, a bomb of a few KB does not."""

JPEG_QUALITY = 80

_FORMATS = ("JPEG", "PNG", "WEBP", "HEIF", "GIF")
_BROKEN = "Ảnh bị hỏng hoặc chưa tải lên hết. Hãy chọn lại ảnh, hoặc chụp màn hình ảnh đó rồi gửi."

_ONE_AT_A_TIME = threading.Lock()
"""A big photo takes some hundred MB while it is decoded: one thread of a process does so at a time."""

register_heif_opener()


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo ready to be kept: both pictures as JPEG files, and the size of the big one in pixels."""

    jpeg: bytes
    thumbnail: bytes
    width: int
    height: int


def is_photo(content: bytes) -> bool:
    """Whether the first bytes are those of a kind of photo that is taken; says nothing about the rest."""
    return (
        content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a"))
        or (content[:4] == b"RIFF" and content[8:12] == b"WEBP")
        or (content[4:8] == b"ftyp" and content[8:12] in {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
    )


def read_photo(content: bytes) -> Photo:
    """Turn the bytes of a JPEG, PNG, WebP, HEIC/HEIF or GIF (its first frame) into a Photo.

    The kind is told by content, never by name. The picture is turned upright, shrunk (never enlarged), brought to sRGB
    on a white ground, and drawn anew, so that nothing of the file sent survives but its colours.
    Raises BadEvidence when it is no photo, is too heavy, has too many pixels, or cannot be read to its end.
    """
    if len(content) > MAX_PHOTO_BYTES:
        raise BadEvidence(f"Ảnh nặng {megabytes(len(content))}; mỗi ảnh không quá {megabytes(MAX_PHOTO_BYTES)}.")
    if not is_photo(content):
        raise BadEvidence(ACCEPTED_TEXT)
    try:
        with _ONE_AT_A_TIME:
            picture = _redrawn(_opened(content))
    except BadEvidence:
        raise
    except Exception as error:  # decoders answer bad bytes with errors of a dozen kinds; none may reach the sender raw
        raise BadEvidence(_BROKEN) from error
    small = picture.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    return Photo(_jpeg(picture), _jpeg(small), picture.width, picture.height)


def _opened(content: bytes) -> Image.Image:
    try:
        image = Image.open(BytesIO(content), formats=_FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels() from error
    if image.width * image.height > MAX_PIXELS:
        raise _too_many_pixels()
    return image


def _too_many_pixels() -> BadEvidence:
    return BadEvidence(f"Ảnh có quá nhiều điểm ảnh (tối đa {MAX_PIXELS // 1_000_000} triệu). Hãy thu nhỏ ảnh rồi gửi lại.")


def _redrawn(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    if image.format not in {"JPEG", "MPO"}:  # a JPEG is left undecoded: it can come out of its file at a half, a quarter, an eighth
        image = _in_plain_mode(image)
    image.thumbnail((PHOTO_SIDE, PHOTO_SIDE))
    image.load()
    coloured = _in_srgb(_on_white(_upright(image)), profile)
    fresh = Image.new("RGB", coloured.size)  # a new picture has no notes that a writer of files could carry over
    fresh.paste(coloured)
    return fresh


def _in_plain_mode(image: Image.Image) -> Image.Image:
    """Decode into a mode that shrinks smoothly: palettes and 16-bit greys do not."""
    image.load()
    if image.mode.startswith("I;16"):
        return image.point(lambda value: value * (1 / 256)).convert("L")  # a plain conversion would turn all above 255 white
    if image.has_transparency_data:
        return image.convert("RGBA")
    return image if image.mode in {"L", "RGB"} else image.convert("RGB")


def _upright(image: Image.Image) -> Image.Image:
    with contextlib.suppress(Exception):  # broken notes beside a whole picture are no reason to lose it
        return ImageOps.exif_transpose(image)
    return image


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image)
    return ground


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    if profile:
        with contextlib.suppress(ImageCms.PyCMSError, OSError):  # a profile that does not fit the picture says nothing about it
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
            if converted is not None:
                return converted
    return image.convert("RGB")


def _jpeg(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "JPEG", quality=JPEG_QUALITY, optimize=True)
    return out.getvalue()
