"""What a text shows of a deed: what was done, where, with or for whom, how much, when; and how much of it says nothing of one."""

from dataclasses import dataclass
from itertools import pairwise

from .lexicon import Kind, Word, sentences, spelt_lists
from .words_around import AT, COUNTED, LEADS, PEOPLE, PLACES, UNITS

_SHOWS = {  # how much a word shows of something that happened
    Kind.DEED: 2.0,
    Kind.NAME: 1.2,
    Kind.ACT: 1.0,
    Kind.THING: 1.0,
    Kind.COUNT: 1.0,
    Kind.OTHER: 0.35,
    Kind.PERSON: 0.3,
    Kind.CAPITAL: 0.3,
    Kind.MOMENT: 0.3,
}
_END = Word("|", Kind.COMMON, 1, parting="")  # before a sentence and after it
_VOWED = 0.15  # of what it shows otherwise, a word shows in a vow
_EMPTY_STOCK, _EMPTY_FEELING, _EMPTY_VOW, _EMPTY_VOWED = 0.5, 0.4, 0.5, 0.25  # a token of each kind, a vow, a token in a vow


@dataclass(frozen=True, slots=True)
class Concrete:
    """What a text shows.

    `acts` counts verbs of what can be seen, `deeds` deeds named as such; `shown` weighs all that can be seen, `empty` what cannot:
    stock phrases, feelings, vows. `stock`, `vowed` and `felt` are the parts of its words, 0 to 1, in each of them; `phrases` are the
    stock phrases as they are written, in their order.
    """

    words: int
    deeds: int
    acts: int
    place: bool
    person: bool
    number: bool
    moment: bool
    shown: float
    empty: float
    stock: float
    vowed: float
    felt: float
    phrases: tuple[str, ...]

    @property
    def signs(self) -> int:
        """How many of deed, place, person, number and moment it shows."""
        return sum((self.deeds > 0, self.place, self.person, self.number, self.moment))


def concrete(text: str) -> Concrete:
    """Any text in, what it shows out."""
    told, vowed = _parted([_of_deeds(sentence) for sentence in sentences(text)])
    every = told + vowed
    size = sum(word.size for word in every)
    kinds = [word.kind for word in told]
    tokens = [token for word in told for token in ("|" if word.kind in (Kind.STOCK, Kind.FEELING) else word.text).split()]
    return Concrete(
        words=size,
        deeds=kinds.count(Kind.DEED),
        acts=kinds.count(Kind.ACT),
        place=_place(tokens),
        person=Kind.NAME in kinds or _person(tokens),
        number=Kind.COUNT in kinds and _counts(told),
        moment=Kind.MOMENT in kinds,
        shown=sum(_SHOWS.get(kind, 0.0) for kind in kinds) + sum(_VOWED * _SHOWS.get(word.kind, 0.0) for word in vowed),
        empty=sum(map(_empty, told)) + sum(map(_empty_vowed, vowed)),
        stock=_part(every, size, Kind.STOCK),
        vowed=sum(word.size for word in vowed) / size if size else 0.0,
        felt=_part(every, size, Kind.FEELING),
        phrases=tuple(word.written for word in every if word.kind is Kind.STOCK and word.size > 1),
    )


def _of_deeds(sentence: list[Word]) -> list[Word]:
    """A sentence in which what was not done, or holds always, shows nothing: "không xả rác", "biết nhường nhịn", "mỗi hạt gạo"."""
    pairs = zip([_END, *sentence], sentence, strict=False)
    return [word._replace(kind=Kind.COMMON) if before.text in _IN_GENERAL.get(word.kind, ()) else word for before, word in pairs]


_NOT_DONE = frozenset({"không", "chẳng", "chưa", "đừng", "biết", "luôn", "hay", "khong", "chang", "chua", "dung", "biet", "luon"})
_IN_GENERAL = {Kind.ACT: _NOT_DONE, Kind.DEED: _NOT_DONE, Kind.THING: frozenset({"mỗi", "mọi", "moi"})}


def _parted(text: list[list[Word]]) -> tuple[list[Word], list[Word]]:
    """The words that tell, and those in vows: from the word of promise to where the sentence ends or turns back to what was done."""
    told: list[Word] = []
    vowed: list[Word] = []
    for sentence in text:
        vow: Word | None = None
        for before, word, after in zip([_END, *sentence], sentence, [*sentence[1:], _END], strict=False):
            if word.kind is Kind.VOW and not _needs(word, after) and not _of_another(before, word):
                vow = word
            elif vow is not None and _turns_back(word, vow):
                vow = None
            (told if vow is None else vowed).append(word)
    return told, vowed


_OF_ANYBODY = frozenset({"định", "muốn", "dinh", "muon"})
_WRITERS = frozenset({"em", "mình", "tôi", "tui", "con", "e", "minh", "toi"})


def _needs(word: Word, after: Word) -> bool:
    """Whether a lone "cần", "muốn", "định" is of a thing, not of a deed to be done: "cần máu", "định luật"."""
    return word.size == 1 and after.kind in (Kind.THING, Kind.COUNT)


def _of_another(before: Word, word: Word) -> bool:
    """Whether "định", "muốn" are said of somebody or something else: "xưởng định thanh lý"."""
    return word.text in _OF_ANYBODY and before.kind in (Kind.OTHER, Kind.THING, Kind.NAME, Kind.CAPITAL)


def _turns_back(word: Word, vow: Word) -> bool:
    """Whether a vow ends before this word: a time, "đã", a new count, a colon that is not of a plan, or "…, em quay clip".

    Where that is one more vow ("…, em sẽ quay clip") its own word begins it."""
    if word.kind is Kind.MOMENT or word.text == "đã" or (word.kind is Kind.COUNT and word.parting):
        return True
    if ":" in word.parting:
        return not vow.text.startswith(("kế", "mục", "ke", "muc", "phương", "phuong"))
    return bool(word.parting) and word.text in _WRITERS


def _empty(word: Word) -> float:
    if word.kind is Kind.STOCK:
        return _EMPTY_STOCK * max(word.size, 2)
    return _EMPTY_FEELING * word.size if word.kind is Kind.FEELING else 0.0


def _empty_vowed(word: Word) -> float:
    if word.kind is Kind.VOW:
        return _EMPTY_VOW
    if word.kind is Kind.STOCK:
        return _EMPTY_STOCK * word.size
    return _EMPTY_VOWED * word.size if _SHOWS.get(word.kind, 0.0) > _SHOWS[Kind.PERSON] else 0.0


def _part(words: list[Word], size: int, kind: Kind) -> float:
    return sum(word.size for word in words if word.kind is kind) / size if size else 0.0


def _place(tokens: list[str]) -> bool:
    """Whether a place is named: after a word that leads to one ("ở kho"), two words on at most ("ở trước cổng")."""
    places, at = spelt_lists(PLACES), spelt_lists(AT)
    return any(token in places and any(before in at for before in tokens[max(0, here - 3) : here]) for here, token in enumerate(tokens))


def _person(tokens: list[str]) -> bool:
    """Whether somebody is there besides the writer: "em" and "chị" alone may be oneself, "cho em", "hai chị" are not."""
    people, leads = spelt_lists(PEOPLE), spelt_lists(LEADS + COUNTED)
    return any(second in people and (first in leads or first[0].isdecimal()) for first, second in pairwise(tokens))


def _counts(words: list[Word]) -> bool:
    """Whether something is counted: "40 hộp", "hai xe"; "hai" alone may be anything."""
    units = spelt_lists(UNITS)
    return any(
        one.kind is Kind.COUNT and (one.text[0].isdecimal() or two.kind is Kind.THING or two.text.split()[0] in units)
        for one, two in pairwise([*words, Word("|", Kind.OTHER, 1, parting="")])
    )
