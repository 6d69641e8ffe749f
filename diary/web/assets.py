"""The files a page loads: our own under static/ and Bootstrap's style sheet, each under an address that changes with its bytes.

A folder under static/ holds the parts of one style sheet: static/theme/*.css are joined in the order of their names into theme.css.

A browser may keep such a file for a year without asking. All of them together are small, so they live in memory, gzipped once.
"""

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, jsonify, redirect, request

from .session import public

OWN_FILES = Path(__file__).parents[1] / "static"
PACKAGE_FILES = {"bootstrap.css": ("flask_bootstrap", "static/bootstrap5/css/bootstrap.min.css")}
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}
A_YEAR = "public, max-age=31536000, immutable"
A_DAY = "public, max-age=86400"

bp = Blueprint("assets", __name__)


@dataclass(frozen=True)
class Asset:
    """One file as it is sent: its address, its type, its bytes plain and gzipped (None where that saves nothing)."""

    url: str
    mimetype: str
    digest: str
    plain: bytes
    gzipped: bytes | None


def _asset(name: str, content: bytes) -> Asset:
    stem, suffix = Path(name).stem, Path(name).suffix
    digest = hashlib.sha256(content).hexdigest()[:8]
    small = gzip.compress(content, 9, mtime=0)
    return Asset(f"/static/{stem}-{digest}{suffix}", TYPES[suffix], digest, content, small if len(small) < len(content) else None)


def _joined(folder: Path) -> bytes:
    return b"\n".join(part.read_bytes() for part in sorted(folder.glob("*.css")))


@cache
def _assets() -> dict[str, Asset]:
    files = {path.name: path.read_bytes() for path in OWN_FILES.iterdir() if path.suffix in TYPES}
    files |= {f"{path.name}.css": _joined(path) for path in OWN_FILES.iterdir() if path.is_dir()}
    for name, (package, inner) in PACKAGE_FILES.items():
        files[name] = resources.files(package).joinpath(inner).read_bytes()
    return {name: _asset(name, content) for name, content in files.items()}


@cache
def _by_url() -> dict[str, Asset]:
    return {asset.url: asset for asset in _assets().values()}


def asset_url(name: str) -> str:
    """The address of a static file, e.g. "theme.css" -> "/static/theme-1a2b3c4d.css". Raises KeyError for a name there is no file of."""
    return _assets()[name].url


@bp.get("/static/<name>")
@public
def static_file(name: str) -> Response:
    """One static file; the address carries the hash of its bytes, so any other address is unknown."""
    asset = _by_url().get(f"/static/{name}")
    if asset is None:
        abort(404)
    zipped = asset.gzipped if request.accept_encodings.quality("gzip") > 0 else None
    response = Response(zipped or asset.plain, content_type=asset.mimetype)
    if zipped:
        response.content_encoding = "gzip"
    response.vary.add("Accept-Encoding")
    response.headers["Cache-Control"] = A_YEAR
    response.set_etag(asset.digest + ("-gz" if zipped else ""))
    return response.make_conditional(request)  # type: ignore[return-value]  # werkzeug names its own base class


@bp.get("/manifest.webmanifest")
@public
def manifest() -> Response:
    """What a phone needs to put the diary on its home screen."""
    response = jsonify(
        name="Sổ nhật ký làm theo lời Bác",
        short_name="Sổ nhật ký",
        lang="vi",
        start_url="/",
        scope="/",
        display="standalone",
        background_color="#f5f4ef",
        theme_color="#f5f4ef",
        icons=[
            {"src": asset_url("lotus.svg"), "sizes": "any", "type": "image/svg+xml"},
            {"src": asset_url("lotus-512.png"), "sizes": "512x512", "type": "image/png"},
        ],
    )
    response.mimetype = "application/manifest+json"
    response.headers["Cache-Control"] = A_DAY
    return response


@bp.get("/sw.js")
@public
def service_worker() -> Response:
    """What shows reminders while no page is open. It stands at the root, for it may only care for addresses below its own."""
    icon = _assets()["lotus-180.png"].url
    response = Response(_assets()["sw.js"].plain.replace(b"lotus-180.png", icon.encode()), content_type=TYPES[".js"])
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Content-Security-Policy"] = "default-src 'none'; img-src 'self'"  # a worker in a sandbox may show nothing
    return response


@bp.get("/favicon.ico")
@public
def favicon() -> Response:
    """Browsers ask for this address beside a PDF, where no page names the icon."""
    response = redirect(asset_url("lotus.svg"), 302)
    response.headers["Cache-Control"] = A_DAY
    return response  # type: ignore[return-value]


def init_app(app: Flask) -> None:
    """Serve the files and give templates asset_url(name). The app itself must be made with static_folder=None."""
    _by_url()
    app.register_blueprint(bp)
    app.add_template_global(asset_url)
