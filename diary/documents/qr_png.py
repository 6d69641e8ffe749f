"""A QR as a picture file, to send where no page goes."""

from io import BytesIO

import segno

from .marks import QUIET_MODULES

DOTS = 10  # a module's side: a phone reads it from another phone's screen


def qr_png(text: str) -> bytes:
    """A text in; out: its QR (error level M) as a PNG, black on white with its quiet zone."""
    made = BytesIO()
    segno.make(text, error="m", micro=False, boost_error=False).save(made, kind="png", scale=DOTS, border=QUIET_MODULES)
    return made.getvalue()
