"""`doctor`: look over an installation and say of each thing whether it is well, or what to do."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from ..config import MIN_SECRET, SECRET_FILE
from ..domain.duties import GRACE
from ..domain.figures import number
from ..files.push_keys import FILE as PUSH_FILE
from ..files.storage import Storage
from ..migrations import Standing, standing
from ..queries import audit_seals, health, jobs
from ..services import clock
from .audit_seals import keep, kept

LEAST_FREE = 1024**3
LOT = 100  # members' years, and files, that are looked at
UPGRADE = "Chạy: flask --app wsgi db upgrade"
SEAL = "Chạy: flask --app wsgi seal, và đặt lịch chạy mỗi giờ (hoặc để worker chạy)"
TAMPERED = "Giữ nguyên máy cùng các bản sao lưu, báo người phụ trách; nếu vừa dùng lại một bản sao lưu cũ, xem docs/operating.md"
SET_UP = "Chạy: flask --app wsgi setup (bản dùng thử: make run)"
WORKER = "Chạy: flask --app wsgi worker (xem docs/operating.md)"
LOG = "Xem nhật ký của worker"
BUSY = "Worker nào rảnh sẽ làm tiếp; nếu lát nữa vẫn còn, xem nhật ký của worker rồi khởi động lại nó"
MAIL_STUCK = "Xem máy chủ thư có nhận không (DIARY_MAIL_URL, nhật ký của worker); thư không mất, sẽ được gửi tiếp"
_MINUTES = int(GRACE.total_seconds() // 60)


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at; `todo` is what to do about it, "" when it is well."""

    what: str
    todo: str = ""

    def __str__(self) -> str:
        return f"Cần xử lý: {self.what}. {self.todo}." if self.todo else f"Được: {self.what}."


def init_app(app: Flask) -> None:
    """Add the command."""
    app.cli.add_command(doctor)


@click.command("doctor")
@with_appcontext
def doctor() -> None:
    """Look over settings, folder, disk, fonts and database; end with 1 when something needs doing."""
    found = [*_settings(), *_folder(Path(current_app.config["DIARY_INSTANCE"])), *_papers(), *_database()]
    for finding in found:
        click.echo(str(finding))
    if any(finding.todo for finding in found):
        raise SystemExit(1)


def _settings() -> Iterator[Finding]:
    secret, demo, proxies = (current_app.config[name] for name in ("SECRET_KEY", "DIARY_DEMO", "DIARY_TRUSTED_PROXIES"))
    if demo:
        yield Finding("bản dùng thử (DIARY_DEMO=1), chỉ để chạy trên máy này")
    elif not secret:
        yield Finding("chưa có khóa bí mật", "Đặt SECRET_KEY, hoặc chạy: flask --app wsgi setup")
    elif len(secret) < MIN_SECRET:
        yield Finding(f"khóa bí mật ngắn hơn {MIN_SECRET} ký tự", "Đặt SECRET_KEY dài hơn, gồm các ký tự ngẫu nhiên")
    else:
        yield Finding("khóa bí mật đủ dài")
    yield _mail()
    yield _push()
    yield Finding(f"tin {proxies} proxy đứng trước (DIARY_TRUSTED_PROXIES)")


def _folder(instance: Path) -> Iterator[Finding]:
    try:
        with tempfile.TemporaryFile(dir=instance):
            yield Finding(f"ghi được vào thư mục {instance}")
    except OSError as error:
        yield Finding(f"không ghi được vào thư mục {instance} ({error.strerror})", "Cho tài khoản chạy chương trình quyền ghi thư mục này")
        return
    yield from (_secret_file(instance / name) for name in (SECRET_FILE, PUSH_FILE) if (instance / name).exists())
    yield _disk(shutil.disk_usage(instance).free, instance)


def _secret_file(path: Path) -> Finding:
    mode = path.stat().st_mode & 0o777
    if os.name != "nt" and mode & 0o077:
        return Finding(f"người khác trên máy đọc được tệp {path} (quyền {mode:o})", f"Chạy: chmod 600 {path}")
    return Finding(f"tệp {path.name} chỉ chủ của nó đọc được")


def _disk(free: int, instance: Path) -> Finding:
    left = f"ổ đĩa của thư mục {instance} còn {number(round(free / 1024**3, 1), 1)} GB"
    return Finding(left, "" if free >= LEAST_FREE else "Dọn bớt tệp, hoặc chuyển DIARY_INSTANCE sang ổ lớn hơn")


def _papers() -> Iterator[Finding]:
    from ..documents import readiness  # reportlab takes a while to load

    missing = readiness.letters_missing()
    if missing:
        yield Finding(f"phông chữ của văn bản thiếu các chữ {missing}", "Cài lại: pip install --force-reinstall -r requirements.txt")
    else:
        yield Finding("phông chữ của văn bản có đủ chữ tiếng Việt")
    if readiness.is_quick():
        yield Finding("reportlab có phần tăng tốc (rl_accel)")
    else:
        yield Finding("reportlab thiếu phần tăng tốc (rl_accel) nên in chậm hơn", "Chạy: pip install -r requirements.txt")


def _database() -> Iterator[Finding]:
    trouble = health.trouble()
    if trouble:
        yield Finding(f"không hỏi được cơ sở dữ liệu ({trouble})", "Xem lại DATABASE_URL, và máy chủ cơ sở dữ liệu có đang chạy không")
        return
    yield Finding(f"cơ sở dữ liệu trả lời ({health.engine()})")
    tables = TABLES[standing()]
    yield tables
    if not tables.todo:
        yield from _content()


TABLES = {
    Standing.CURRENT: Finding("các bảng đúng bản của chương trình"),
    Standing.EMPTY: Finding("cơ sở dữ liệu chưa có bảng nào", SET_UP),
    Standing.OLDER: Finding("các bảng cũ hơn chương trình", UPGRADE),
    Standing.UNKNOWN: Finding("các bảng là của một bản chương trình khác", "Cài bản chương trình mới hơn, hoặc xem lại DATABASE_URL"),
}


def _content() -> Iterator[Finding]:
    if not health.is_set_up():
        yield Finding("chưa có tổ chức nào", SET_UP)
        return
    if health.holds_demo_accounts() and not current_app.config["DIARY_DEMO"]:
        yield Finding("có tài khoản dùng thử, mật khẩu ai cũng biết", "Dùng một cơ sở dữ liệu khác cho bản chính thức")
    yield _audit_log()
    yield from _background()
    yield _summaries()
    yield _files(Storage(Path(current_app.config["DIARY_INSTANCE"]) / "files"))


def _audit_log() -> Finding:
    found = audit_seals.check_seals(clock.now(), kept())
    if found.fault:
        return Finding(f"nhật ký hệ thống: {found.fault}", SEAL if found.fault == audit_seals.NOBODY_SEALS else TAMPERED)
    if found.newest is None:
        return Finding(f"nhật ký hệ thống chưa có khối niêm phong nào, {number(found.unsealed)} dòng đang chờ")
    keep(found.newest)
    sealed = f"{number(found.lines)} dòng trong {number(found.blocks)} khối còn nguyên, {number(found.unsealed)} dòng đang chờ"
    return Finding(f"nhật ký hệ thống: {sealed}; khối mới nhất {found.newest.number} {found.newest.hash}")


def _background() -> Iterator[Finding]:
    """Whether workers keep up with jobs, duties and mail."""
    stands = jobs.standing(clock.now())
    if stands.asleep:
        since = f"từ {stands.seen_at.astimezone(clock.VIETNAM):%H:%M %d/%m/%Y}" if stands.seen_at else "lần nào"
        yield Finding(f"việc nền chưa được làm {since} ({stands.jobs_open} việc, {stands.mails_waiting} thư đang chờ)", WORKER)
    elif stands.never_ran:
        yield Finding("chưa có việc nền nào phải làm; khi dùng thật hãy chạy thêm: flask --app wsgi worker")
    elif not stands.overdue:
        yield Finding("việc nền được làm đúng hạn")
    elif stands.jobs_late:
        yield Finding(f"{stands.jobs_late} việc nền đợi quá {_MINUTES} phút, hoặc worker đang làm đã dừng giữa chừng", BUSY)
    if stands.mails_late and not stands.asleep:
        yield Finding(f"{stands.mails_late} thư chờ gửi quá {_MINUTES} phút dù worker vẫn chạy", MAIL_STUCK)
    yield from (_failing(duty) for duty in stands.duties if duty.trouble or (duty.late and not stands.asleep))
    if stands.mails_failed:
        yield Finding(f"{stands.mails_failed} thư không gửi được trong 30 ngày qua; địa chỉ có thể đã cũ")


def _failing(duty: jobs.DutyRow) -> Finding:
    well = f"lần tốt cuối {duty.went_well_at.astimezone(clock.VIETNAM):%H:%M %d/%m/%Y}" if duty.went_well_at else "chưa lần nào xong"
    return Finding(f"việc định kỳ “{duty.label}”: {duty.trouble.rstrip('.') or 'quá hạn dù worker vẫn chạy'} ({well})", LOG)


def _mail() -> Finding:
    server = current_app.config["DIARY_MAIL"]
    if server is None:
        return Finding("không gửi thư (DIARY_MAIL_URL chưa đặt); ai quên mật khẩu thì hỏi bí thư")
    if not current_app.config["DIARY_PUBLIC_URL"]:
        return Finding(f"gửi thư qua {server.host}", "Đặt DIARY_PUBLIC_URL để thư có liên kết mở trang")
    return Finding(f"gửi thư qua {server.host}, người gửi {server.sender}")


def _push() -> Finding:
    contact = current_app.config["DIARY_PUSH_CONTACT"]
    if not contact:
        return Finding("không gửi thông báo đẩy (chưa có DIARY_PUSH_CONTACT, DIARY_MAIL_FROM hay DIARY_PUBLIC_URL để nêu nơi liên hệ)")
    return Finding(f"gửi thông báo đẩy, nơi liên hệ {contact}")


def _summaries() -> Finding:
    sample = health.summaries(LOT)
    if sample.off:
        return Finding(f"{sample.off} trên {sample.looked_at} dòng đếm lấy ra xem bị lệch", "Chạy: flask --app wsgi recount")
    return Finding(f"{sample.looked_at} dòng đếm lấy ra xem đều khớp" if sample.looked_at else "chưa có dòng đếm nào")


def _files(storage: Storage) -> Finding:
    named = health.some_files(LOT)
    missing = sum(not storage.exists(sha256) for sha256 in named)
    if missing:
        todo = f"Chép lại thư mục {storage.root} từ bản sao lưu cùng lúc với cơ sở dữ liệu"
        return Finding(f"{missing} trên {len(named)} tệp minh chứng lấy ra xem không còn trên đĩa", todo)
    return Finding(f"{len(named)} tệp minh chứng lấy ra xem đều còn" if named else "chưa có tệp minh chứng nào")
