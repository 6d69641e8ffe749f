"""A text cut into known words: two syllables that make one word are read as one, so "giao" of "giao tiếp" is no handing over."""

import re
from dataclasses import dataclass
from enum import IntEnum, auto
from functools import cache, lru_cache
from typing import NamedTuple

from ..vietnamese import fold, nfc
from .words_around import COUNTED, MOMENTS
from .words_common import COMMON
from .words_deeds import ACTS, DEEDS
from .words_stock import FEELINGS, STOCK, VOWS
from .words_things import THINGS


class Kind(IntEnum):  # of whole numbers, which are quickly told apart
    """What a word is to the reading of a text."""

    ACT = auto()
    DEED = auto()
    THING = auto()
    COUNT = auto()
    MOMENT = auto()
    NAME = auto()  # of somebody: "chị Hoa"
    PERSON = auto()
    CAPITAL = auto()  # a place, a firm, anything with a capital inside a sentence
    OTHER = auto()  # in none of the lists
    COMMON = auto()
    STOCK = auto()
    FEELING = auto()
    VOW = auto()


class Word(NamedTuple):
    """A word as one reads it: its tokens in lower case, spaces between; `parting`: the comma or the like before it, "" where is none;
    `written`: as its author wrote it."""

    text: str
    kind: Kind
    size: int
    parting: str
    written: str = ""


_LISTS = (  # a phrase in two lists is of the later kind
    (Kind.ACT, ACTS),
    (Kind.THING, THINGS),
    (Kind.DEED, DEEDS),
    (Kind.MOMENT, MOMENTS),
    (Kind.COUNT, COUNTED),
    (Kind.COMMON, COMMON),
    (Kind.FEELING, FEELINGS),
    (Kind.STOCK, STOCK),
    (Kind.VOW, VOWS),
)
_EMPTY = frozenset({Kind.STOCK, Kind.FEELING, Kind.VOW})
_KIN = frozenset(
    "anh chị em bé cô chú bác ông bà cụ bạn thầy dì cậu mợ thím cháu con nội ngoại má mẹ ba bố tía mế già bí ấp".split()  # noqa: SIM905 (read as words)
)
_IN_FULL = {
    "k": "không", "ko": "không", "hok": "không", "đc": "được", "dc": "được", "mn": "mọi người", "bn": "bệnh nhân", "hs": "học sinh",
    "e": "em", "m": "mình", "lm": "làm", "vc": "việc", "cv": "công việc", "nv": "nhiệm vụ", "ht": "hoàn thành", "hnay": "hôm nay",
    "đv": "đoàn viên", "tn": "thanh niên", "cq": "cơ quan", "bv": "bệnh viện", "ngta": "người ta", "xh": "xã hội",
}  # fmt: skip
_TOKEN = re.compile(r"\w+")
_SENTENCE = re.compile(r"[.!?;\n…]+(?=\s|$|\")")
_PARTED = re.compile(r"[,:()\"“”–]| -")
_MEASURED = re.compile(r"\d+(h|g|k|p|tr|kg|km|ml|l|m|cm|lít)\d*")
_HOURS = frozenset("hg")
_LATE_TONE = re.compile("o[áàảãạéèẻẽẹ]|u[ýỳỷỹỵ]")  # "hoá" and "hóa" are one word, of two schools
_TONES = str.maketrans("áàảãạéèẻẽẹýỳỷỹỵ", "aaaaaeeeeeyyyyy")
_FIRST_TONE = {"o": str.maketrans("áàảãạéèẻẽẹ", "óòỏõọóòỏõọ"), "u": str.maketrans("ýỳỷỹỵ", "úùủũụ")}
_LONG_I = re.compile(r"\b([hklmst])([yýỳỷỹỵ])\b")  # "kỹ" and "kĩ" too
_SHORT_I = str.maketrans("yýỳỷỹỵ", "iíìỉĩị")
_PLAIN_BELOW = 0.3  # of the tokens with marks: below, a text is read as one without

_Phrases = dict[tuple[str, ...], Kind]


def sentences(text: str) -> list[list[Word]]:
    """The words of each sentence of any text."""
    whole = nfc(text)
    tokens = _TOKEN.findall(whole.lower())
    known = _known(marked=sum(not token.isascii() for token in tokens) >= _PLAIN_BELOW * len(tokens))
    return [words for sentence in _SENTENCE.split(whole) if (words := known.read(sentence))]


class _Token(NamedTuple):
    written: str
    spelt: str
    parting: str


@dataclass(frozen=True, slots=True)
class _Lexicon:
    marked: bool
    kinds: _Phrases
    longest: dict[str, int]  # by the first token of phrases
    kin: frozenset[str]

    def read(self, sentence: str) -> list[Word]:
        tokens = self._tokens(sentence)
        spelt = tuple(token.spelt for token in tokens)
        words: list[Word] = []
        at = 0
        while at < len(tokens):
            size, kind = self._phrase(spelt, at)
            if size == 1:
                kind = self._single(tokens, at, kind)
            written = tokens[at].written if size == 1 else " ".join([token.written for token in tokens[at : at + size] if token.written])
            words.append(Word(" ".join(spelt[at : at + size]), kind, size, tokens[at].parting, written))
            at += size
        return words

    def _tokens(self, sentence: str) -> list[_Token]:
        tokens, end = [], 0
        for match in _TOKEN.finditer(sentence):
            written, between = match[0], sentence[end : match.start()]
            parting = "".join(_PARTED.findall(between)) if end and between != " " else ""
            lower = written.lower()
            first, *rest = _IN_FULL[lower].split() if lower in _IN_FULL else (lower,)
            tokens.append(_Token(written, _spelt(first, marked=self.marked), parting))
            tokens += [_Token("", _spelt(spelt, marked=self.marked), "") for spelt in rest]
            end = match.end()
        return tokens

    def _phrase(self, spelt: tuple[str, ...], at: int) -> tuple[int, Kind]:
        """The longest phrase that begins there."""
        for size in range(min(self.longest.get(spelt[at], 1), len(spelt) - at), 0, -1):
            kind = self.kinds.get(spelt[at : at + size])
            if kind is not None:
                return size, kind
        return 1, Kind.OTHER

    def _single(self, tokens: list[_Token], at: int, kind: Kind) -> Kind:
        """What a lone token is beside its neighbours: a figure, the name of somebody, somebody."""
        token, before = tokens[at], tokens[at - 1].spelt if at else ""
        after = tokens[at + 1] if at + 1 < len(tokens) else _Token("", "", "")
        if token.spelt[0].isdecimal():
            return _figure(token.spelt, before, after.spelt)
        if token.written == "Bác" and (not after.written[:1].isupper() or after.spelt in ("hồ", "ho")):
            return Kind.STOCK
        if at and token.written[:1].isupper() and (not token.written.isupper() or len(token.written) < 3):
            if before in self.kin:
                return Kind.NAME
            return Kind.CAPITAL if kind in (Kind.OTHER, Kind.THING) else kind
        somebody = self.marked and token.spelt in self.kin  # "co" may be "cô" or "có"
        return Kind.PERSON if somebody and kind in (Kind.OTHER, Kind.COMMON) else kind


def _figure(figure: str, before: str, after: str) -> Kind:
    """A figure counts something when what follows can be counted: "05" of "Chỉ thị 05", "9" of "tháng 9" and "5 điều" do not."""
    measured = _MEASURED.fullmatch(figure)
    if measured:
        return Kind.MOMENT if measured[1] in _HOURS else Kind.COUNT
    counts = before not in _numbered() and after and not after[0].isdecimal() and after not in _in_lists()
    return Kind.COUNT if counts else Kind.COMMON


@lru_cache(maxsize=4096)
def _spelt(token: str, *, marked: bool) -> str:
    """One spelling of a token for the several that are in use."""
    if not marked:
        return fold(token)
    token = _LATE_TONE.sub(lambda match: _moved(match[0]), token)
    return _LONG_I.sub(lambda match: match[1] + match[2].translate(_SHORT_I), token)


def _moved(pair: str) -> str:
    """The tone of two vowels on the first: "oá" to "óa"."""
    return pair[1].translate(_FIRST_TONE[pair[0]]) + pair[1].translate(_TONES)


_NUMBERED = ("chỉ", "thị", "quyết", "tháng", "năm", "quý", "số", "thứ", "ngày", "khóa", "lần", "luật")
_IN_LISTS = ("điều", "nội", "chỉ", "nhiệm", "kế", "tháng")


@cache
def _numbered() -> frozenset[str]:
    """Tokens before a figure that is a name: "Chỉ thị 05", "tháng 9"."""
    return spelt_lists(_NUMBERED)


@cache
def _in_lists() -> frozenset[str]:
    """Tokens after a figure of a list everybody has: "5 điều", "3 nhiệm vụ"."""
    return spelt_lists(_IN_LISTS)


@cache
def _known(*, marked: bool) -> _Lexicon:
    """The words as they are typed with marks, or as they are without any."""
    kinds: _Phrases = {}
    for kind, phrases in _LISTS:
        for phrase in phrases:
            tokens = tuple(_spelt(token, marked=marked) for token in _TOKEN.findall(phrase))
            kinds[tokens] = _either(kinds.get(tokens), kind) if len(tokens) == 1 and not marked else kind
    longest: dict[str, int] = {}
    for tokens in kinds:
        longest[tokens[0]] = max(longest.get(tokens[0], 0), len(tokens))
    return _Lexicon(marked, kinds, longest, frozenset(_spelt(word, marked=marked) for word in _KIN))


def _either(one: Kind | None, other: Kind) -> Kind:
    """What a syllable typed without marks is when it may be either of two words."""
    if one is None or (one in _EMPTY and other in _EMPTY):
        return other
    if other in _EMPTY:
        return one
    return other


@cache
def spelt_lists(words: tuple[str, ...]) -> frozenset[str]:
    """Words as tokens of either reading are spelt: with marks and without any."""
    return frozenset(_spelt(word, marked=marked) for word in words for marked in (True, False))
