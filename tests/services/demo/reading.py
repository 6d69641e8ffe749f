"""How the tests read the content of the demo bloc."""

import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import diary.services

CONTENT = Path(str(diary.services.__file__)).parent / "demo" / "content"
FILES = sorted(path.name for path in CONTENT.glob("*.toml"))
VIRTUES = {"can", "kiem", "liem", "chinh", "chi-cong-vo-tu"}

# SHA-256 of the folded names of the people the report of 2013 names: they are real, so they stand nowhere in clear.
REAL_PEOPLE = {
    "2ce81f3b642382db8473904f699ba34508c6ea1d18377a2004b12aef5ed62f8d",
    "441957af0c8802bd1f8dcd585a05daa34b1eb340d3271f6ce5401dee4ce39d01",
    "49ac0c5830c1cbfaf721c1006c4dec96680e92d6fea7212fcef3d1beb9cde266",
    "6dfef0083367e588ef249718b899751381bccf5743432d52024b289f6c15464d",
    "81d57201317655083e413f6f56c515f353d32c3f0ff906eda9baccd3c061fb79",
    "c2e01d2f248927cef88e4e1899feaa93b5d0c9d8dd58b3e9ee22d984cf4f8cf2",
    "c93d36e948be64e2f879058740b5b39935870ce9ab7ca8edcbfd2f37a2820690",
    "d358930a9d6652f09cc8b0853d91c30a2023bb10f1fe2b6b19302db7fa85e59b",
    "fa51fb9af3f0e27761191507116a1d264f6df1d898c024c07fd0c870546c9f42",
}


@cache
def load(name: str) -> dict[str, Any]:
    """One file of the content, parsed."""
    return tomllib.loads((CONTENT / name).read_text(encoding="utf-8"))


def plain(text: str) -> str:
    """Lower case, no marks, single spaces: two texts that differ only in marks are the same to a reader in a hurry."""
    spread = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return " ".join("".join(c for c in spread if not unicodedata.combining(c)).split())


def strings(value: Any) -> Iterator[str]:
    """Every string inside a parsed file."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)


def repeated(texts: list[str]) -> list[str]:
    """The texts that stand more than once, read without their marks."""
    return [text for text, times in Counter(plain(text) for text in texts).items() if times > 1]


def real_people_in(text: str) -> list[str]:
    """The runs of two to four words that are the name of a person of the report."""
    words = "".join(c if c.isalpha() else " " for c in plain(text)).split()
    runs = (" ".join(words[i : i + n]) for n in (2, 3, 4) for i in range(len(words) - n + 1))
    return [run for run in runs if sha256(run.encode()).hexdigest() in REAL_PEOPLE]


def units() -> list[dict[str, Any]]:
    return load("units.toml")["unit"]


def job_keys() -> set[str]:
    return {job["key"] for job in load("units.toml")["job"]}
