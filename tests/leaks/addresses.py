"""Addresses made from the table of routes: their parts filled with things of a planted world, the questions and fields they take."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

from flask import Flask, Request
from werkzeug.datastructures import ImmutableMultiDict

from diary.web.assets import asset_url
from tests import factories
from tests.leaks import oracle, planting

WEB = Path(__file__).parents[2] / "diary" / "web"
NO_UUID, NO_NUMBER, NO_TOKEN = "01890000-0000-7000-8000-000000000000", "2000000000", "khong-phai-cua-ai-0123456789"

# Parts of an address that name no row of a table, with what they are filled with.
FIXED = {
    "year": str(factories.YEAR),
    "activity": "writing",
    "ending": "pdf",
    "hall_code": "sai-ma",
    "month": "11",
    "number": "1",
    "name": lambda: asset_url("theme.css").rsplit("/", 1)[1],
}
# Parts named otherwise than their table.
TABLES = {
    "evidence_id": ("evidence",), "look_id": ("second_looks",), "meeting_id": ("rating_meetings",), "request_id": ("data_requests",),
    "subject_id": ("entries", "pledges", "entry_additions", "pledge_changes"), "device_id": ("push_subscriptions",),
    "comment_id": ("saved_comments",),
}  # fmt: skip
# Questions of an address (?x=): what of a world they are asked with, and whether that is an id; nothing where it names no thing.
QUESTIONS: dict[str, Any] = {
    "q": lambda world: [f"qz{world.letter}".lower()],
    "don-vi": lambda world: [world.unit_id],
    "nguoi": lambda world: [*world.ids("evaluations"), *world.ids("members")],
    "chon": lambda world: world.ids("entries")[1:2],
    "xong": lambda world: [f"entry:{key}" for key in world.ids("entries")[3:4]] + [f"pledge:{world.ids('pledges')[1]}"],
    "lo": lambda world: [f"entry:{world.ids('entries')[3]},pledge:{world.ids('pledges')[1]}"],
    "con": lambda world: [f"entry:{key}" for key in world.ids("entries")[:4]] + [f"pledge:{world.ids('pledges')[1]}"],
    "bai": lambda world: world.ids("entries")[1:4],
    "dang-ky": lambda world: world.ids("pledges")[2:4],
    "truoc": lambda world: world.ids("audit_lines"),
    "ten": lambda world: [world.owner],
    "ai": lambda world: [world.owner],
    "ma": lambda world: [world.ids("entries")[1], world.unit_id],
    "to-chuc": lambda world: [world.unit_id],
    "co-so": lambda world: [world.unit_id],
}
PLAIN = {
    "nam": ["2025"], "thang": ["11"], "trang": ["2"], "trang-thai": ["nhap", "left"], "buoc": ["diem-danh"],
    "viec": ["entry_read"], "xem": ["di", "den", "cho", "dang-ky", "cham", "bo-sung"], "dang": ["csv"], "ngay": ["2026-11-20"],
    "tu": ["2026-01-01"], "quy": ["1"], "den": ["2026-12-31"], "so": ["01-QĐ/X"], "loai": ["unit"], "tiep": ["/thong-bao"],
    "linh-vuc": ["cong-viec"], "anh": ["1"], "loc": ["1"], "mo-het": [""], "act": ["more"], "amount": ["1"], "phieu": ["1"],
    "lai": ["1"], "nhu-lan-truoc": ["1"], "tuan": ["2026-11-16"],
    "vd-thang": ["5"], "nghe": ["teacher"], "chuan-muc": ["can"], "mau": ["teacher-can-1"],
}  # fmt: skip


# Fields that name a thing: what of a foreign world they are sent with.
FOREIGN: dict[str, Any] = {
    "account_id": lambda world: world.ids("accounts")[0],
    "bai": lambda world: world.ids("entries")[3],
    "chair_id": lambda world: world.ids("members")[0],
    "clerk_id": lambda world: world.ids("members")[0],
    "don-vi": lambda world: world.unit_id,
    "id": lambda world: world.ids("entries")[3],
    "into_id": lambda world: world.unit_id,
    "member_id": lambda world: world.ids("members")[0],
    "muc": lambda world: f"entry:{world.ids('entries')[3]}:1",
    "parent_id": lambda world: world.unit_id,
    "pledge_id": lambda world: world.ids("pledges")[3],
    "quiet_to": lambda world: world.unit_id,
    "to_unit_id": lambda world: world.unit_id,
    "unit_id": lambda world: world.unit_id,
    "username": lambda world: world.owner,
    "virtue_id": lambda world: world.ids("virtues")[0],
}
FIELDS = {
    "act": "send", "verdict": "approve", "words": "Lời nào đó.", "version": "1", "did": "Quét sân.", "happened_on": "2026-11-20",
    "id": "01890000-0000-7000-8000-00000000abcd", "comment": "Một lời.", "reason": "Một lý do.", "name": "Tên nào đó", "outcome": "met",
}  # fmt: skip


class Noting(ImmutableMultiDict):
    """The questions of an address, which notes what is asked of it."""

    asked: ClassVar[set[str]] = set()

    def get(self, key, *more, **facts):
        self.asked.add(key)
        return super().get(key, *more, **facts)

    def getlist(self, key, *more, **facts):
        self.asked.add(key)
        return super().getlist(key, *more, **facts)

    def __contains__(self, key):
        self.asked.add(key)
        return super().__contains__(key)


class NotingRequest(Request):
    parameter_storage_class = Noting


def rules(app: Flask, method: str) -> list[str]:
    return sorted({rule.rule for rule in app.url_map.iter_rules() if method in (rule.methods or ())})


def parts(rule: str) -> list[str]:
    return re.findall(r"<(?:[^<>:]+:)?(\w+)>", rule)


def id_parts(rule: str) -> list[str]:
    return [part for part in parts(rule) if part not in FIXED]


def tables_of(part: str) -> tuple[str, ...]:
    """The tables whose rows a part of an address names."""
    if part == "token":
        return ("uploads",)
    if part == "code":
        return ("documents",)
    found = TABLES.get(part) or tuple(name for name in oracle.KNOWERS if part.removesuffix("_id") in (name[:-1], name.replace("ies", "y")))
    assert found, f"say in tests/test_leaks.py which table <{part}> names"
    return found


def filled(rule: str, ids: dict[str, str]) -> str:
    def value(found: re.Match[str]) -> str:
        fixed = FIXED.get(found[1])
        return ids[found[1]] if fixed is None else fixed() if callable(fixed) else fixed

    return re.sub(r"<(?:[^<>:]+:)?(\w+)>", value, rule)


def things(rule: str, world: planting.World, most: int = 5) -> Iterator[tuple[dict[str, str], list[tuple[str, dict[str, Any]]]]]:
    """The ids to fill an address with, for each thing of the world it can name, and the rows they stand for."""
    part, *others = id_parts(rule)
    for table in tables_of(part):
        for row in world.rows.get(table, [])[:most]:
            ids, rows = {part: str(row["code"] if part == "code" else row["id"])}, [(table, row)]
            for other in others:
                name = tables_of(other)[0]
                ids[other] = str(world.ids(name)[0])
                rows.append((name, world.rows[name][0]))
            yield ids, rows


def nowhere(rule: str) -> str:
    """The address filled with ids that never were."""
    pairs = re.findall(r"<(?:([^<>:]+):)?(\w+)>", rule)
    unknown = {"uuid": NO_UUID, "int": NO_NUMBER, "": NO_TOKEN}
    return filled(rule, {name: unknown.get(kind, "") for kind, name in pairs})


def asked_in_the_source() -> set[str]:
    """The names asked of `request.args` or `request.values` anywhere on the web floor."""
    calls = (node for path in WEB.rglob("*.py") for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call))
    named = (call for call in calls if isinstance(call.func, ast.Attribute) and call.args and isinstance(call.args[0], ast.Constant))
    return {call.args[0].value for call in named if ast.unparse(call.func.value) in ("request.args", "request.values")}
