"""Kept photos -> the smaller ones a printed page needs, so that a book with many stays light enough to send."""

from io import BytesIO

from PIL import Image

PRINT_SIDE = 800
"""The longer side in pixels: over 200 dots an inch at the largest a book shows a photo."""

_QUALITY = 80


def for_print(jpeg: bytes) -> bytes:
    """A kept photo (JPEG) in, the same shrunk to PRINT_SIDE out; as it is where it is small already, b"" for what is no picture."""
    try:
        with Image.open(BytesIO(jpeg), formats=("JPEG",)) as image:
            if max(image.size) <= PRINT_SIDE:
                return jpeg
            image.draft("RGB", (PRINT_SIDE, PRINT_SIDE))  # lets the decoder halve the picture while it reads
            image.thumbnail((PRINT_SIDE, PRINT_SIDE))
            out = BytesIO()
            image.convert("RGB").save(out, "JPEG", quality=_QUALITY)
            return out.getvalue()
    except (OSError, ValueError, SyntaxError):  # what Pillow answers broken files with
        return b""
