"""Settings from the environment, checked at start; every message says what to do."""

import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from .files.mail_out import MailServer

DEMO_SECRET = "demo-secret-for-this-machine-only"  # noqa: S105 - refused outside demo mode, see load()
DEMO_CONTACT = "nhatky@example.vn"
SECRET_FILE = "secret_key"  # noqa: S105 - a file name
MIN_SECRET = 32
MOST_PROCESSES = 4  # helpers that draw; each takes some 50 MB


class BadSettings(RuntimeError):
    """A setting is missing or wrong; the message says which and what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the program runs with. `trusted_proxies`: how many proxies in front may say the caller's address; `public_url`: scheme and
    host that the QR of a document leads to, "" for the host it is issued at; `require_second_factor`: officers of the bloc and
    administrators open nothing without one; `mail`: where mail goes out, None for no mail; `processes`: on how many a worker draws papers
    by the thousand; `push_contact`: a mailto: or https: address at which push services reach the operator, "" for no pushes; `push_key`:
    the private key they are signed with, "" for the one in the instance folder."""

    instance: Path
    database_url: str
    secret_key: str
    demo: bool
    trusted_proxies: int
    public_url: str = ""
    require_second_factor: bool = False
    mail: "MailServer | None" = None
    processes: int = 1
    push_contact: str = ""
    push_key: str = field(default="", repr=False)

    def for_flask(self) -> dict[str, Any]:
        """The same as Flask and its extensions name them."""
        return {
            "SECRET_KEY": self.secret_key,
            "SQLALCHEMY_DATABASE_URI": self.database_url,
            "DIARY_DEMO": self.demo,
            "DIARY_INSTANCE": self.instance,
            "DIARY_TRUSTED_PROXIES": self.trusted_proxies,
            "DIARY_PUBLIC_URL": self.public_url,
            "DIARY_REQUIRE_SECOND_FACTOR": self.require_second_factor,
            "DIARY_MAIL": self.mail,
            "DIARY_PROCESSES": self.processes,
            "DIARY_PUSH_CONTACT": self.push_contact,
            "DIARY_PUSH_KEY": self.push_key,
            "MAX_CONTENT_LENGTH": 50 * 1024 * 1024,
            "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
            "SESSION_COOKIE_NAME": "so",
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "SESSION_COOKIE_SECURE": not self.demo,
            "SESSION_REFRESH_EACH_REQUEST": False,  # signing takes 0.1 ms of an answer's 0.7: hourly does, see web/session.py
            "WTF_CSRF_TIME_LIMIT": None,
        }


def load(environ: dict[str, str] | None = None) -> Settings:
    """The settings of this process, read from `environ` (the real environment when None); BadSettings when one is wrong."""
    env = dict(os.environ) if environ is None else environ
    demo = _flag(env, "DIARY_DEMO")
    instance = Path(env.get("DIARY_INSTANCE") or Path(__file__).parents[1] / "instance").resolve()
    instance.mkdir(mode=0o700, parents=True, exist_ok=True)  # diaries and the secret key: the operator's alone
    public_url = _public_url(env.get("DIARY_PUBLIC_URL", ""))
    mail = _mail(env.get("DIARY_MAIL_URL", ""), env.get("DIARY_MAIL_FROM", ""))
    return Settings(
        instance=instance,
        database_url=database_url(env.get("DATABASE_URL", ""), instance),
        secret_key=_secret(env.get("SECRET_KEY", ""), instance, demo),
        demo=demo,
        trusted_proxies=_count(env, "DIARY_TRUSTED_PROXIES"),
        public_url=public_url,
        require_second_factor=_flag(env, "DIARY_REQUIRE_SECOND_FACTOR"),
        mail=mail,
        processes=_processes(env),
        push_contact=_push_contact(env.get("DIARY_PUSH_CONTACT", ""), mail.sender if mail else "", public_url, demo),
        push_key=_push_key(env.get("DIARY_PUSH_KEY", "")),
    )


def write_secret(instance: Path) -> Path:
    """Put a new secret key into the instance folder, readable by its owner only, unless one is there; its path."""
    path = instance / SECRET_FILE
    if not path.exists():
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path


def _secret(given: str, instance: Path, demo: bool) -> str:
    path = instance / SECRET_FILE
    secret = given or (path.read_text().strip() if path.exists() else "")
    if demo:
        return secret or DEMO_SECRET
    if secret == DEMO_SECRET:
        raise BadSettings("SECRET_KEY is the demo secret. Set a secret of your own, or run `flask --app wsgi setup`, which makes one.")
    if secret and len(secret) < MIN_SECRET:
        raise BadSettings(f"SECRET_KEY has fewer than {MIN_SECRET} characters. Set a longer, random one.")
    return secret


def database_url(given: str, instance: Path) -> str:
    if not given:
        return f"sqlite:///{instance / 'diary.sqlite3'}"
    if given.startswith(("postgres://", "postgresql://")):  # the driver in requirements.txt is psycopg 3
        return "postgresql+psycopg://" + given.split("://", 1)[1]
    if given.startswith(("postgresql+psycopg://", "sqlite:///")):
        return given
    raise BadSettings("DATABASE_URL must begin with postgresql:// or sqlite:/// .")


def _public_url(given: str) -> str:
    url = given.strip().rstrip("/")
    if url and not _is_site(url):
        raise BadSettings("DIARY_PUBLIC_URL must be scheme and host only, such as https://nhatky.example .")
    return url


def _mail(url: str, sender: str) -> "MailServer | None":
    if not url.strip() and not sender.strip():
        return None
    if not url.strip() or not sender.strip():
        raise BadSettings("DIARY_MAIL_URL and DIARY_MAIL_FROM belong together: set both, or neither for no mail.")
    from .files.mail_out import BadMailSetting, read_server  # most installations need none of it at their start

    try:
        return read_server(url, sender)
    except BadMailSetting as error:
        raise BadSettings(f"DIARY_MAIL_URL or DIARY_MAIL_FROM is wrong: {error}.") from error


def _push_contact(given: str, sender: str, public_url: str, demo: bool) -> str:
    """Where push services write to: as set, else the sender of mail, else the site itself."""
    wanted = given.strip() or sender or (public_url if public_url.startswith("https://") else "") or (DEMO_CONTACT if demo else "")
    if not wanted or (wanted.startswith("https://") and _is_site(wanted)):
        return wanted
    from .domain.mails import is_address

    address = wanted.removeprefix("mailto:")
    if not is_address(address):
        raise BadSettings("DIARY_PUSH_CONTACT must be an address such as nhatky@example.vn, or a site such as https://nhatky.example .")
    return f"mailto:{address}"


def _push_key(given: str) -> str:
    key = given.strip()
    if key:
        from .files.push_keys import BadPushKey, push_keys

        try:
            push_keys(Path(), key)
        except BadPushKey as error:
            raise BadSettings(f"DIARY_PUSH_KEY is wrong: {error}.") from error
    return key


def _is_site(url: str) -> bool:
    try:
        parts = urlsplit(url)
        whole = f"{parts.scheme}://{parts.hostname}" + (f":{parts.port}" if parts.port else "")
    except ValueError:  # brackets or a port that are none
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and url.lower() == whole and not any(map(str.isspace, url))


def _flag(env: dict[str, str], name: str) -> bool:
    value = env.get(name, "")
    if value not in ("", "0", "1"):
        raise BadSettings(f"{name} must be 0 or 1, not {value!r}.")
    return value == "1"


def _processes(env: dict[str, str]) -> int:
    if not env.get("DIARY_PROCESSES"):
        return min(len(os.sched_getaffinity(0)), MOST_PROCESSES)
    wanted = _count(env, "DIARY_PROCESSES")
    if not 1 <= wanted <= MOST_PROCESSES:
        raise BadSettings(f"DIARY_PROCESSES must be from 1 to {MOST_PROCESSES}, not {wanted}.")
    return wanted


def _count(env: dict[str, str], name: str) -> int:
    value = env.get(name, "0") or "0"
    if not value.isdigit():
        raise BadSettings(f"{name} must be a number such as 0 or 1, not {value!r}.")
    return int(value)
