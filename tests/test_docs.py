"""The pages beside the code say what the code does: each setting, command, right, document, folder and library, and no link is dead."""

import os
import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import click
import pytest

from diary import config, create_app
from diary.domain import own_data
from diary.domain.documents import ENDINGS, KIND_LABELS, KIND_LETTERS
from tests import write_permissions

ROOT = Path(__file__).parents[1]
TEXTS = {".py", ".md", ".html", ".css", ".js", ".toml", ".txt", ".ini", ".mako", ".svg", ".csv", ""}


def texts() -> Iterator[Path]:
    """Every text file of the project; what an installation keeps in instance/ is none of it."""
    for folder, inner, files in os.walk(ROOT):
        here = Path(folder).relative_to(ROOT)
        inner[:] = [name for name in inner if (not name.startswith(".") or name == ".ci") and name not in {"__pycache__", "node_modules"}]
        if here.parts[:1] != ("instance",):
            yield from (Path(folder, name) for name in files if Path(name).suffix in TEXTS and not name.startswith(".cov"))


PAGES = sorted([ROOT / "instance" / "README.md", *(path for path in texts() if path.suffix == ".md")])


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def section(page: str, title: str) -> str:
    """What stands under a heading of the second level."""
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", read(page), re.MULTILINE | re.DOTALL)
    assert found, f"{page} has no section {title}"
    return found[1]


def rows(page: str, title: str) -> set[str]:
    """The first cells of a section's table, those that stand in code marks."""
    return set(re.findall(r"^\| `([^`]+)`", section(page, title), re.MULTILINE))


class Asked(dict[str, str]):
    """An environment that notes what is asked of it."""

    def __init__(self, *args: object, **kwargs: str):
        super().__init__(*args, **kwargs)
        self.names: set[str] = set()

    def get(self, key, default=None):
        self.names.add(key)
        return super().get(key, default)

    def __getitem__(self, key):
        self.names.add(key)
        return super().__getitem__(key)


def test_the_table_of_settings_names_every_variable_and_no_other(tmp_path):
    environment = Asked(DIARY_INSTANCE=str(tmp_path))
    config.load(environment)
    assert rows("docs/operating.md", "Settings") == environment.names


def test_only_the_settings_read_the_environment_but_for_what_flask_itself_puts_there():
    sources = [path.read_text("utf-8") for path in (ROOT / "diary").rglob("*.py") if path != ROOT / "diary" / "config.py"]
    asked = {name for text in sources for name in re.findall(r"(?:environ\W+(?:get\W+)?|getenv\W+)(\w+)", text)}
    assert asked <= {"FLASK_RUN_FROM_CLI"}


def commands(group: click.Group, above: str = "") -> Iterator[str]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{above}{name} ")
        else:
            yield above + name


def test_the_table_of_commands_names_every_command_and_no_other(instance):
    ours = {name for name in commands(create_app().cli) if name.split()[0] not in {"db", "run", "shell", "routes"}}
    listed = {re.split(r" [A-Z\[]", row)[0] for row in rows("docs/operating.md", "Commands")}
    assert listed - {"db upgrade"} == ours


def test_the_table_of_rights_is_the_one_the_program_asks():
    assert read("docs/permissions.md") == write_permissions.render(), "run: python -m tests.write_permissions"


def test_every_kind_of_document_is_named_with_the_letters_of_its_number_and_its_endings():
    words = section("docs/documents.md", "Kinds")
    for kind, label in KIND_LABELS.items():
        endings = ", ".join(ending.upper() for ending in ENDINGS[kind])
        assert re.search(rf"^\| {label} \| [^|]+ \| {KIND_LETTERS[kind]} \| {endings} \|", words, re.MULTILINE), label


def test_every_part_of_a_person_s_own_data_is_named():
    assert rows("docs/own-data.md", "`du-lieu.json`") == set(own_data.PARTS)


def test_every_folder_of_the_program_is_on_the_map():
    folders = {path.name for path in (ROOT / "diary").iterdir() if path.is_dir() and path.name != "__pycache__"}
    named = set(re.findall(r"`diary/(\w+)/`", section("docs/architecture.md", "Floors × nouns")))
    assert folders == named


CODE = re.compile(r"`((?:\w+/)*\w+/?(?:\.py)?)(?::(\w+))?[`(]")


def told_of(page: Path) -> Iterator[tuple[str, str]]:
    """The files and folders of code a page names, each with the name in it that it speaks of ("" for none)."""
    return ((found[1], found[2] or "") for found in CODE.finditer(page.read_text("utf-8")) if "/" in found[1])


def knows(name: str, word: str) -> bool:
    there = next((path for path in (ROOT / name, ROOT / "diary" / name, ROOT / "diary" / f"{name}.py") if path.exists()), None)
    if there is None:
        return False
    sources = there.rglob("*.py") if there.is_dir() else [there]
    return not word or any(re.search(rf"\b{word}\b", source.read_text("utf-8")) for source in sources)


@pytest.mark.parametrize("page", [page for page in PAGES if "docs" in page.parts], ids=lambda page: page.name)
def test_every_file_and_function_a_page_speaks_of_is_there(page):
    ours = ("diary/", "tests/", "bench/", "domain/", "models/", "queries/", "services/", "documents/", "files/", "jobs/", "web/", "cli/")
    named = [(name, word) for name, word in told_of(page) if name.startswith(ours) and name not in NOT_CODE]
    assert [(name, word) for name, word in named if not knows(name, word)] == []


NOT_CODE = {"files/", "files/tmp/"}  # of an installation


def test_the_page_of_threats_names_every_test_that_attacks_and_none_that_is_not_there():
    named = set(re.findall(r"`(tests/[\w/]+\.py):(\w+)`", read("docs/threats.md")))
    files = [*(ROOT / "tests" / "security").glob("test_*.py"), ROOT / "tests" / "test_leaks.py"]
    attacks = {(path.relative_to(ROOT).as_posix(), name) for path in files for name in named_in(path)}
    assert attacks - named == set(), "name them in docs/threats.md"
    assert {(file, name) for file, name in named if not (ROOT / file).exists() or name not in named_in(ROOT / file)} == set()


def named_in(path: Path) -> list[str]:
    return re.findall(r"^def (test_\w+)", path.read_text("utf-8"), re.MULTILINE)


TARGET = re.compile(r"\]\(([^)\s]+)\)|<img src=\"([^\"]+)\"")


def links(page: Path) -> Iterator[str]:
    text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
    for found in TARGET.finditer(text):
        target = found[1] or found[2]
        if not re.match(r"[a-z]+:", target):
            yield target


def anchors(page: Path) -> set[str]:
    heads = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def dead(page: Path, target: str) -> bool:
    name, _, anchor = target.partition("#")
    there = (page.parent / name).resolve() if name else page
    return not there.exists() or bool(anchor and anchor not in anchors(there))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_and_picture_of_a_page_is_there(page):
    assert [target for target in links(page) if dead(page, target)] == []


def test_every_page_can_be_reached_from_the_first_one():
    seen, open_pages = set[Path](), [ROOT / "README.md"]
    while open_pages:
        page = open_pages.pop()
        seen.add(page)
        there = {(page.parent / target.partition("#")[0]).resolve() for target in links(page)}
        there |= {inner for folder in there if folder.is_dir() for inner in folder.glob("*.md")}
        open_pages += [path for path in there if path.suffix == ".md" and path.exists() and path not in seen]
    assert [page.relative_to(ROOT).as_posix() for page in PAGES if page not in seen] == []


def test_a_dead_link_a_dead_anchor_and_a_missing_picture_are_seen(tmp_path):
    page = tmp_path / "a.md"
    page.write_text('# One thing\n[x](#one-thing) [y](#another) [z](b.md) <img src="c.png" width="9"> [w](https://example.org)\n')
    assert [target for target in links(page) if dead(page, target)] == ["#another", "b.md", "c.png"]


def test_no_file_names_a_folder_of_one_person_s_machine():
    place = re.compile(r"(?<![\w.<}/-])/(?:work|root|home/\w+|Users/\w+|tmp/w)/|[A-Z]:\\Users\\")
    found = [path.relative_to(ROOT).as_posix() for path in texts() if place.search(path.read_text("utf-8", errors="ignore"))]
    assert [name for name in found if name != "tests/test_docs.py"] == []


USED_WITHOUT_AN_IMPORT = {  # library -> the file and the words that use it
    "Bootstrap-Flask": ("diary/web/assets.py", "flask_bootstrap"),
    "Jinja2": ("diary/web/security.py", "jinja_env"),
    "granian": ("Makefile", "-m granian"),
    "mypy": ("Makefile", "bin/mypy"),
    "psycopg": ("diary/config.py", "postgresql+psycopg://"),
    "pytest-xdist": ("pyproject.toml", "-n auto"),
    "ruff": ("Makefile", "bin/ruff"),
    "tzdata": ("diary/services/clock.py", 'ZoneInfo("Asia/Ho_Chi_Minh")'),
}


def requirements(name: str) -> list[str]:
    lines = (line.split("#")[0].strip() for line in read(name).splitlines())
    return [re.split(r"[\[=]", line)[0] for line in lines if line and not line.startswith("-r")]


def plain(name: str) -> str:
    return name.lower().replace("_", "-")


@pytest.mark.parametrize(("file", "users"), [("requirements.txt", ("diary",)), ("requirements-dev.txt", ("diary", "tests", "bench"))])
def test_every_requirement_is_used_and_pinned(file, users):
    modules = {module for folder in users for path in (ROOT / folder).rglob("*.py") for module in imports(path)}
    used = {plain(name) for module, names in packages_distributions().items() if module in modules for name in names}
    for name in requirements(file):
        page, words = USED_WITHOUT_AN_IMPORT.get(name, ("", ""))
        assert plain(name) in used or (page and words in read(page)), f"nothing uses {name}: take it out of {file}"
    assert all("==" in line for line in read(file).splitlines() if line and not line.startswith(("#", "-r")))


def imports(path: Path) -> list[str]:
    return re.findall(r"^\s*(?:from|import) (\w+)", path.read_text("utf-8"), re.MULTILINE)


def test_every_requirement_has_its_reason_written_down():
    words = read("docs/decisions/0002-dependencies.md").lower()
    names = [*requirements("requirements.txt"), *requirements("requirements-dev.txt")]
    assert [name for name in names if plain(name) not in plain(words)] == []


def test_the_changelog_begins_with_the_version_that_stands():
    version = tomllib.loads(read("pyproject.toml"))["project"]["version"]
    assert re.search(r"^## \[([^\]]+)\]", read("CHANGELOG.md"), re.MULTILINE)[1] == version
