"""One spelling for each unit of a file."""

from collections import Counter
from collections.abc import Iterable

from ..vietnamese import clean_line, fold
from .units import SHEET_NAME_LIMIT, strip_numbering, unit_key

_ABBREVIATIONS = frozenset(
    {
        "BCH",
        "BHXH",
        "BHYT",
        "BTV",
        "CDC",
        "CĐ",
        "CĐSP",
        "CNTT",
        "ĐH",
        "ĐT",
        "GD",
        "HĐND",
        "HTX",
        "KH",
        "KT",
        "LĐ",
        "MTTQ",
        "MTV",
        "NHNN",
        "NN",
    }
    | {"PTNT", "TB", "THCS", "THPT", "TNCS", "TNHH", "TP", "TTYT", "TX", "UBMTTQ", "UBND", "VNPT", "XH"}
)
_HEADS = frozenset(
    {
        "đoàn",
        "chi đoàn",
        "đoàn cơ sở",
        "khoa",
        "khối",
        "sở",
        "ban",
        "phòng",
        "cục",
        "chi cục",
        "trường",
        "trung tâm",
        "bệnh viện",
        "công ty",
    }
    | {"văn phòng", "kho bạc", "cao đẳng", "đại học", "trung cấp", "viện", "hội", "xí nghiệp", "tòa án", "viện kiểm sát", "ngân hàng"}
)

_AFTER_HEADS = tuple(f" {head}" for head in _HEADS)


class Spellings:
    """One spelling for each unit of a file: written out in full, not in capitals, the commonest."""

    def __init__(self, written: Iterable[str], sheet_names: Iterable[str]):
        """Takes every unit name read from cells and titles (with repeats), and the sheets' names as they are."""
        self._seen = Counter(name for name in written if name)
        self._named = [(strip_numbering(name), len(name) >= SHEET_NAME_LIMIT) for name in sheet_names]
        self._best: dict[str, str] = {}
        for name, _ in self._seen.most_common():
            key = unit_key(name)
            if key not in self._best or (_shouts(self._best[key]) and not _shouts(name)):
                self._best[key] = name

    def best(self, name: str) -> str | None:
        """A unit's name as written in, as the file spells it best out; None for ""."""
        if not name:
            return None
        full = self._uncut(name)
        known = self._best.get(unit_key(full), full)
        return self._from_sheet_name(known) if _shouts(known) else known

    def _uncut(self, name: str) -> str:
        if (name, True) not in self._named:
            return name
        longer = {unit_key(other): other for other in self._seen if other.casefold().startswith(name.casefold()) and len(other) > len(name)}
        return next(iter(longer.values())) if len(longer) == 1 else name

    def _from_sheet_name(self, name: str) -> str:
        for start, _ in self._named:
            if start and not _shouts(start) and name.casefold().startswith(start.casefold()):
                return clean_line(start + sentence_case(name)[len(start) :])
        return sentence_case(name)


def _shouts(name: str) -> bool:
    return name.isupper() or name.islower()


def sentence_case(name: str) -> str:
    """A unit's name in capitals (or all small) in; with capitals where such names have them out, abbreviations kept."""
    out: list[str] = []
    for word in name.split():
        low, before = word.lower(), " ".join(out).lower()
        if word.strip("(),.-").upper() in _ABBREVIATIONS or _is_short_for_words(word):
            out.append(word)
        else:
            out.append(low[:1].upper() + low[1:] if _begins_a_name(before, low) else low)
    return " ".join(out)


def _is_short_for_words(word: str) -> bool:
    """With a digit (K12), or without a vowel (GMHS): no word of the language."""
    letters = [letter for letter in fold(word) if letter.isalpha()]
    return any(map(str.isdigit, word)) or (len(letters) > 1 and not set(letters) & set("aeiouy"))


def _begins_a_name(before: str, word: str) -> bool:
    """Whether a word has a capital after what stands before it: first of all, after "và", after the kind of an office."""
    if not before or before.endswith((",", " -", " –", " và")):
        return True
    if f"{before} {word}".endswith(("đoàn cơ", "đoàn cơ sở")):
        return False
    goes_on = f"{before.rsplit(maxsplit=1)[-1]} {word}" in _HEADS
    return word == "sở" or (not goes_on and f" {before}".endswith(_AFTER_HEADS))
