"""Which words could be Vietnamese: how a text of unknown encoding is told from its misreadings."""

import re
import unicodedata
from functools import lru_cache

# A syllable is an initial consonant, a rhyme and a tone. Spelled without tone, marks of ă â ê ô ơ ư kept.
_INITIAL = "ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnprstvx]"
_RHYMES = (
    "a|ac|ach|ai|am|an|ang|anh|ao|ap|at|au|ay|ăc|ăm|ăn|ăng|ăp|ăt|âc|âm|ân|âng|âp|ât|âu|ây|e|ec|em|en|eng|eo|ep|et|ê|êch|êm|ên|ênh|êp|êt|êu|"
    "i|ia|ich|iêc|iêm|iên|iêng|iêp|iêt|iêu|im|in|inh|ip|it|iu|o|oa|oac|oach|oai|oam|oan|oang|oanh|oao|oap|oat|oay|oăc|oăm|oăn|oăng|oăt|"
    "oc|oe|oen|oeo|oet|oi|om|on|ong|ooc|oong|op|ot|ô|ôc|ôi|ôm|ôn|ông|ôp|ôt|ơ|ơi|ơm|ơn|ơp|ơt|u|ua|uân|uâng|uât|uây|uc|uê|uêch|uên|uênh|uêt|uêu|ui|"
    "um|un|ung|uôc|uôi|uôm|uôn|uông|uôt|uơ|up|ut|uy|uya|uych|uyên|uyêt|uyn|uynh|uyp|uyt|uyu|ư|ưa|ưc|ưi|ưm|ưn|ưng|ươc|ươi|ươm|ươn|ương|ươp|ươt|"
    "ươu|ưt|ưu|y|yêm|yên|yêng|yêt|yêu|ynh|yt|ych|yn"
)
_SYLLABLE = re.compile(f"(?:{_INITIAL})?(?:{_RHYMES})")
_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
_WORD = re.compile(r"[^\W\d_]+")

_STRANGE_SIGN = re.compile(r"[^\x00-\x7f\w]")
_ABBREVIATION = re.compile("[BCDĐGHKLMNPQRSTVX]{2,6}")


def count_strange(text: str) -> int:
    """How many signs of a composed text are neither ASCII nor letters: in a text of an old font, its misread letters."""
    return len(_STRANGE_SIGN.findall(text))


@lru_cache(maxsize=50_000)
def is_vietnamese(word: str) -> bool:
    """A word in any case, composed (NFC), in; whether it is spelled as a Vietnamese syllable with at most one tone."""
    spread = unicodedata.normalize("NFD", word.lower())
    plain = spread.translate(_TONES)
    return len(spread) - len(plain) <= 1 and _SYLLABLE.fullmatch(unicodedata.normalize("NFC", plain)) is not None


def count_vietnamese(text: str) -> int:
    """A composed text in, the number of its Vietnamese words that carry a mark out, less the marked words that are none.

    Abbreviations with Đ (ĐT, SĐT, ĐVTN) tell nothing either way.
    """
    marked = [word for word in _WORD.findall(text) if not word.isascii() and not _ABBREVIATION.fullmatch(word)]
    return sum(1 if is_vietnamese(word) else -1 for word in marked)


def is_all_vietnamese(text: str) -> bool:
    """A composed text in; whether every marked word of it is Vietnamese and no sign beyond ASCII stands in it."""
    return not _STRANGE_SIGN.search(text) and all(word.isascii() or is_vietnamese(word) for word in _WORD.findall(text))
