"""The law of the house: imports go down, files stay small, no module imports itself in a circle. Each check is tried on a planted fault."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / "diary"
FLOORS = {
    "domain": set(),
    "models": {"domain"},
    "queries": {"domain", "models"},
    "services": {"domain", "models", "queries"},
    "documents": {"domain"},
    "files": {"domain"},
    "jobs": {"domain", "queries", "services", "documents", "files"},
    "web": {"domain", "queries", "services", "documents", "files", "jobs"},
    "cli": {"domain", "queries", "services", "documents", "files", "jobs"},
}
WEB_LIBRARIES = {"flask", "flask_login", "flask_wtf", "wtforms", "werkzeug"}
DATABASE = {"sqlalchemy", "flask_sqlalchemy", "alembic", "flask_migrate"}
PAPER = {"reportlab", "docx", "xlsxwriter", "python_calamine", "PIL", "segno"}
FORBIDDEN = {
    "models": WEB_LIBRARIES | PAPER,
    "queries": WEB_LIBRARIES | PAPER,
    "services": WEB_LIBRARIES | PAPER,
    "documents": WEB_LIBRARIES | DATABASE,
    "files": WEB_LIBRARIES | DATABASE,
    "jobs": WEB_LIBRARIES | DATABASE,
    "web": DATABASE | PAPER,
    "cli": DATABASE | PAPER,
}
STANDARD = {  # what the domain may use of the standard library: nothing that reads a clock, a file or a network
    "__future__", "base64", "bisect", "calendar", "collections", "dataclasses", "datetime", "decimal", "difflib", "enum", "fractions",
    "functools", "hashlib", "html", "itertools", "json", "math", "operator", "re", "string", "textwrap", "typing", "unicodedata", "uuid",
}  # fmt: skip
CLOCKS = {"now", "today", "utcnow"}


def modules(package: Path) -> Iterator[Path]:
    return (path for path in sorted(package.rglob("*.py")) if "migrations" not in path.parts)


def imported(path: Path, package: Path) -> Iterator[str]:
    here = list(path.relative_to(package.parent).with_suffix("").parts)
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = here[: len(here) - node.level] if node.level else []
            module = ".".join(base + ([node.module] if node.module else []))
            yield from (f"{module}.{alias.name}" for alias in node.names)


def import_violations(package: Path) -> list[str]:
    found = []
    for path in modules(package):
        floor = path.relative_to(package).parts[0]
        for name in imported(path, package) if floor in FLOORS else ():
            top, *rest = name.split(".")
            if top == package.name:
                wrong = bool(rest) and rest[0] in FLOORS and rest[0] not in FLOORS[floor] | {floor}
            else:
                wrong = top in FORBIDDEN.get(floor, ()) or (floor == "domain" and top not in STANDARD)
            if wrong:
                found.append(f"{path.relative_to(package)} imports {name}")
    return found


def clock_violations(package: Path) -> list[str]:
    found = []
    for path in modules(package / "domain"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS:
                found.append(f"{path.relative_to(package)}:{node.lineno} reads the clock")
    return found


def commit_violations(package: Path) -> list[str]:
    """Commits outside services/transaction.py, and writes on the queries floor."""
    found = []
    for path in modules(package):
        where = path.relative_to(package)
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            called = node.func.attr if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) else ""
            if called == "commit" and where.as_posix() != "services/transaction.py":
                found.append(f"{where}:{node.lineno} commits")
            if (
                where.parts[0] == "queries"
                and called in {"add", "add_all", "delete", "flush", "merge"}
                and "session" in ast.unparse(node.func)
            ):
                found.append(f"{where}:{node.lineno} writes")
    return found


def cycles(package: Path) -> list[str]:
    """Modules that reach themselves over imports made while a module loads (those inside functions come later)."""
    names = {".".join(path.relative_to(package.parent).with_suffix("").parts).removesuffix(".__init__"): path for path in modules(package)}
    graph = {name: {_module(target, names) for target in _at_load(path, package)} - {None, name} for name, path in names.items()}
    done: set[str] = set()
    found: list[str] = []

    def visit(name: str, trail: tuple[str, ...]) -> None:
        if name in trail:
            found.append(" > ".join([*trail[trail.index(name) :], name]))
        elif name not in done:
            for target in sorted(graph[name]):
                visit(target, (*trail, name))
            done.add(name)

    for name in sorted(graph):
        visit(name, ())
    return found


def _at_load(path: Path, package: Path) -> Iterator[str]:
    here = list(path.relative_to(package.parent).with_suffix("").parts)
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.ImportFrom):
            base = here[: len(here) - node.level] if node.level else []
            module = ".".join(base + ([node.module] if node.module else []))
            yield from (f"{module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def _module(name: str, names: dict[str, Path]) -> str | None:
    if name in names:
        return name
    parent = name.rpartition(".")[0]
    return parent if parent in names else None


def too_long(package: Path, limit: int = 400) -> list[str]:
    return [
        f"{path.relative_to(package)}: {n} lines" for path in modules(package) if (n := len(path.read_text("utf-8").splitlines())) > limit
    ]


def long_functions(package: Path, limit: int = 60) -> list[str]:
    return [
        f"{path.relative_to(package)}:{node.name}"
        for path in modules(package)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef) and node.end_lineno and node.end_lineno - node.lineno >= limit
    ]


def vague_names(package: Path) -> list[str]:
    return [
        str(path.relative_to(package)) for path in modules(package) if path.stem in {"utils", "util", "helpers", "helper", "common", "misc"}
    ]


CHECKS = (import_violations, clock_violations, commit_violations, cycles, too_long, long_functions, vague_names)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_house_keeps_its_law(check):
    assert check(ROOT) == []


PLANTED = {
    import_violations: {
        "domain/x.py": "import sqlalchemy\n",
        "web/x.py": "from ..models import y\n",
        "documents/x.py": "from ..queries import y\n",
    },
    clock_violations: {"domain/x.py": "from datetime import date\n\ndef f():\n    return date.today()\n"},
    commit_violations: {
        "services/x.py": "def f(session):\n    session.commit()\n",
        "queries/x.py": "def f(session):\n    session.add(1)\n",
    },
    cycles: {"domain/a.py": "from .b import y\n", "domain/b.py": "from .a import x\n"},
    too_long: {"domain/x.py": "x = 1\n" * 401},
    long_functions: {"domain/x.py": "def f():\n" + "    x = 1\n" * 60},
    vague_names: {"domain/utils.py": ""},
}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_each_check_sees_a_planted_fault(check, tmp_path):
    package = tmp_path / "diary"
    for name, source in PLANTED[check].items():
        path = package / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source)
    assert check(package), f"{check.__name__} saw nothing"
