"""Simple drawn scenes that stand for photos in the demo: no real person or place is in them."""

import io
import random
from collections.abc import Callable, Iterator

from PIL import Image, ImageDraw

SIZE = (1200, 900)
Pen = ImageDraw.ImageDraw


def draw_all(seed: int) -> Iterator[tuple[str, bytes]]:
    """Each scene by its name, as JPEG bytes; the same seed draws the same."""
    dice = random.Random(seed)  # noqa: S311 - pictures need no secret randomness
    for name, scene in SCENES.items():
        picture = Image.new("RGB", SIZE, "#bfe0f2")
        scene(ImageDraw.Draw(picture), dice)
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=88)
        yield name, out.getvalue()


def _river(pen: Pen, dice: random.Random) -> None:
    pen.rectangle((0, 430, 1200, 900), fill="#7fb08a")
    pen.polygon([(360, 430), (640, 430), (1120, 900), (180, 900)], fill="#5d9ec7")
    for x in (110, 960, 1080):
        _palm(pen, x, 470 + dice.randint(-20, 20))
    pen.polygon([(520, 700), (720, 700), (690, 745), (550, 745)], fill="#7a4a2c")


def _desk(pen: Pen, dice: random.Random) -> None:
    pen.rectangle((0, 0, 1200, 900), fill="#efe3d0")
    pen.rectangle((0, 620, 1200, 900), fill="#b98b5e")
    pen.rounded_rectangle((400, 240, 860, 550), 18, fill="#31506f")
    pen.rectangle((430, 270, 830, 520), fill="#b9d8f0")
    pen.rectangle((580, 550, 680, 620), fill="#31506f")
    for step in range(dice.randint(3, 6)):
        pen.rectangle((110, 590 - 22 * step, 310, 610 - 22 * step), fill=("#ffffff", "#d9534f", "#f3c969")[step % 3])
    pen.ellipse((960, 540, 1060, 640), fill="#4a8f63")


def _garden(pen: Pen, dice: random.Random) -> None:
    pen.rectangle((0, 480, 1200, 900), fill="#86683f")
    for row in range(3):
        for column in range(9):
            x, y = 70 + column * 130 + dice.randint(-14, 14), 560 + row * 120
            pen.ellipse((x - 38, y - 46, x + 38, y + 12), fill=("#4f9a57", "#6cb565", "#3d8049")[dice.randrange(3)])
    pen.rectangle((820, 220, 1100, 480), fill="#d9a86c")
    pen.polygon([(790, 230), (960, 110), (1130, 230)], fill="#a4483a")


def _classroom(pen: Pen, dice: random.Random) -> None:
    pen.rectangle((0, 0, 1200, 900), fill="#f4ead2")
    pen.rectangle((180, 110, 1020, 430), fill="#2f6b4f", outline="#8a5a33", width=18)
    for line in range(3):
        pen.line((260, 190 + 70 * line, 260 + dice.randint(300, 640), 190 + 70 * line), fill="#e9f3ec", width=10)
    for seat in range(5):
        x = 90 + seat * 220
        pen.rectangle((x, 680, x + 160, 710), fill="#a8743f")
        pen.ellipse((x + 45, 560, x + 115, 630), fill=("#e0b48f", "#c98f66")[seat % 2])
        pen.rectangle((x + 30, 625, x + 130, 690), fill=("#ffffff", "#2a72c4")[seat % 2])


def _clinic(pen: Pen, dice: random.Random) -> None:
    pen.rectangle((0, 0, 1200, 900), fill="#e8f3f4")
    pen.rectangle((0, 650, 1200, 900), fill="#c4d9dc")
    pen.rounded_rectangle((140, 470, 820, 610), 26, fill="#ffffff", outline="#8fb3bd", width=8)
    pen.rounded_rectangle((170, 420, 360, 510), 24, fill="#d6ebf5")
    pen.rectangle((930, 200, 1080, 650), fill="#b7cfd4")
    pen.rectangle((985, 280, 1025, 400), fill="#d23b45")
    pen.rectangle((945, 320, 1065, 360), fill="#d23b45")
    pen.line((300 + dice.randint(0, 60), 90, 420, 420), fill="#8fb3bd", width=8)


def _road(pen: Pen, dice: random.Random) -> None:
    pen.rectangle((0, 470, 1200, 900), fill="#8fbf7f")
    pen.polygon([(520, 470), (680, 470), (1040, 900), (160, 900)], fill="#c9c2b4")
    for x in (90, 260, 940, 1090):
        pen.rectangle((x - 12, 420, x + 12, 560), fill="#7a5230")
        pen.ellipse((x - 90, 260 + dice.randint(-20, 20), x + 90, 450), fill="#4a8f4f")


def _palm(pen: Pen, x: int, y: int) -> None:
    pen.rectangle((x - 9, y - 220, x + 9, y), fill="#8a6239")
    for dx, dy in ((-110, -30), (110, -30), (-80, -90), (80, -90), (0, -120)):
        pen.line((x, y - 220, x + dx, y - 220 + dy + 60), fill="#2f7d4b", width=20)


SCENES: dict[str, Callable[[Pen, random.Random], None]] = {
    "ben-song": _river,
    "ban-lam-viec": _desk,
    "vuon-rau": _garden,
    "lop-hoc": _classroom,
    "phong-benh": _clinic,
    "duong-ap": _road,
}
