"""Headers every answer carries, the nonce that lets a page's own scripts run, and forms of other sites refused."""

import secrets

from flask import Flask, Response, g, request
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

csrf = CSRFProtect()
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=()",
}
_SANDBOX = "sandbox; default-src 'none'"  # whatever is no page of ours can run nothing, however it was named


def init_app(app: Flask) -> None:
    app.before_request(_refuse_other_sites)
    csrf.init_app(app)
    app.jinja_env.globals["csp_nonce"] = csp_nonce
    app.after_request(_add_headers)
    proxies = app.config["DIARY_TRUSTED_PROXIES"]
    if proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)  # type: ignore[method-assign]


def _refuse_other_sites() -> None:
    """Refuse what a browser says another site makes it send. Pages carry tokens against that; this holds where one has leaked."""
    if request.method not in ("GET", "HEAD", "OPTIONS") and request.headers.get("Sec-Fetch-Site") == "cross-site":
        raise CSRFError("cross-site")


def csp_nonce() -> str:
    """The nonce of this answer's scripts."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(12)
    nonce: str = g.csp_nonce
    return nonce


def _add_headers(response: Response) -> Response:
    headers = response.headers
    headers.extend(_ALWAYS)  # nothing else sets them
    if response.mimetype == "text/html":
        headers.setdefault("Cache-Control", "no-store")
        headers.setdefault("Content-Security-Policy", _policy())
    else:
        headers.setdefault("Content-Security-Policy", _SANDBOX)
    if request.is_secure:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    return response


def _policy() -> str:
    scripts = f"'nonce-{g.csp_nonce}'" if "csp_nonce" in g else "'none'"
    return (
        f"default-src 'none'; script-src {scripts}; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; "
        "manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
