"""The signed-in person of a request: Flask-Login's user wraps what the session row says."""

from datetime import timedelta
from typing import Any

from flask import Flask, Response, after_this_request, current_app, jsonify, redirect, request, session, url_for
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from ..domain.actors import Actor
from ..domain.permissions import Action, may_somewhere, require_somewhere
from ..domain.second_factor import is_required
from ..queries import accounts as queries
from ..services import accounts, clock
from ..services.accounts import Caller

manager = LoginManager()
manager.session_protection = None  # "strong" hashes the address and signs out phones that go from Wi-Fi to 4G; sessions are rows of ours
_CONSENT_ASKED = "da-hoi-dong-y"
_ADDRESS = 45  # characters of the longest network address; what a proxy passes on may be anything
_SEEN_EVERY = timedelta(hours=1)  # how often being seen is worth a write


class Visitor(UserMixin):
    """A person with an open session; Flask-Login's id is the session's token."""

    def __init__(self, token: str, signed_in: queries.SignedIn):
        self.token, self.actor, self.theme, self.unread, self.seen_at = (
            token,
            signed_in.actor,
            signed_in.theme,
            signed_in.unread,
            signed_in.seen_at,
        )
        self.has_factor, self.consented = signed_in.has_factor, signed_in.consented

    def get_id(self) -> str:
        return self.token


@manager.user_loader
def _load(token: str) -> Visitor | None:
    found = queries.signed_in(accounts.hash_token(token), clock.now(), clock.today(), request.remote_addr or "")
    return Visitor(token, found) if found else None


@manager.unauthorized_handler
def _ask_to_sign_in() -> Any:
    if wants_json():
        return jsonify(error="Hãy đăng nhập."), 401
    return redirect(url_for("accounts.sign_in", tiep=request.full_path.rstrip("?") if request.method == "GET" else None), 303)


def init_app(app: Flask) -> None:
    manager.init_app(app)
    app.before_request(_require_sign_in)


def public(view: Any) -> Any:
    """Mark a view that needs no sign-in; every other one does."""
    view.is_public = True
    return view


def before_all(view: Any) -> Any:
    """Mark a view that opens before what a person must settle first: it is how they settle it, or leave."""
    view.is_before_all = True
    return view


def is_public() -> bool:
    """Whether this request is for a page that needs no sign-in (or for no page at all)."""
    return getattr(current_app.view_functions.get(request.endpoint or ""), "is_public", request.endpoint is None)


def _require_sign_in() -> Any:
    if is_public():
        return None
    person = visitor()
    if person is None:
        return manager.unauthorized()
    if clock.now() - person.seen_at > _SEEN_EVERY:
        after_this_request(_stay_signed_in)
    return None if _is_before_all() else _lead_to_second_factor(person) or _lead_to_consent(person)


def _lead_to_second_factor(person: Visitor) -> Any:
    """Where the installation asks for it, those whose posts reach far set up their second factor before they open anything else."""
    if not current_app.config["DIARY_REQUIRE_SECOND_FACTOR"] or person.has_factor:
        return None
    if not is_required(person.actor.appointments):
        return None
    if wants_json():
        return jsonify(error="Hãy bật xác thực hai bước ở trang Cá nhân trước."), 403
    return redirect(url_for("second_factor.show"), 303)


def _lead_to_consent(person: Visitor) -> Any:
    """A member who has not agreed to their data being kept is asked once a session, on the first page they open; nothing waits for it."""
    if person.consented or person.actor.member_id is None or _CONSENT_ASKED in session or not _opens_a_page():
        return None
    consent_was_asked()
    return redirect(url_for("consents.show", tiep=request.full_path.rstrip("?")), 303)


def _opens_a_page() -> bool:
    return request.method == "GET" and not wants_json() and request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"


def consent_was_asked() -> None:
    """Note that this browser's session was asked for consent."""
    session[_CONSENT_ASKED] = True


def _is_before_all() -> bool:
    return getattr(current_app.view_functions.get(request.endpoint or ""), "is_before_all", False)


def _stay_signed_in(response: Response) -> Response:
    """Let the session and the cookie that names it live on from now: the cookie is not signed anew with every answer."""
    if current_user.is_authenticated:
        accounts.stay_signed_in(current_user.token)
        session.modified = True
    return response


def visitor() -> Visitor | None:
    """The signed-in person of this request: ask once and keep it, for each look at `current_user` goes through four proxies."""
    person: Any = current_user._get_current_object()
    return person if isinstance(person, Visitor) else None


def enter(token: str) -> None:
    """Sign this browser in with a new session token, keeping nothing of the old cookie (no fixation)."""
    session.clear()
    found = queries.signed_in(accounts.hash_token(token), clock.now(), clock.today(), caller().address)
    assert found is not None
    session.permanent = True
    login_user(Visitor(token, found))


def leave() -> None:
    """Sign this browser out."""
    if current_user.is_authenticated:
        accounts.sign_out(current_actor(), current_user.token)
    logout_user()
    session.clear()


def current_actor() -> Actor:
    """Who makes this request; only inside views that need sign-in."""
    actor: Actor = current_user.actor
    return actor


def caller() -> Caller:
    """Where this request comes from."""
    return Caller((request.remote_addr or "")[:_ADDRESS], request.user_agent.string)


def wants_json() -> bool:
    """Whether the caller is a program rather than a browser page."""
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return best == "application/json" or request.path.startswith(("/api/", "/dong-bo"))


def open_page(action: Action) -> Any:
    """The posts under which the person may open a page for `action`; answers 403 to everyone else."""
    return require_somewhere(current_actor(), action)


def may_open(action: Action) -> bool:
    """Whether the person may open pages for `action`: decides what the menu shows."""
    return may_somewhere(current_actor(), action)
