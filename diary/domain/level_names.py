"""The levels of a scheme as papers name them."""

from .papers import LevelName
from .schemes import Level, Scheme


def level_name(level: Level) -> LevelName:
    """A level in, its names out: in full "Hoàn thành tốt nhiệm vụ", short "Hoàn thành tốt", in letters "HTT"."""
    return LevelName(level.name, level.name.removesuffix(" nhiệm vụ"), level.letters)


def level_names(scheme: Scheme) -> tuple[LevelName, ...]:
    """Every level of the scheme, the highest first."""
    return tuple(level_name(level) for level in scheme.levels)


def named_level(scheme: Scheme, code: str) -> LevelName | None:
    """The level called `code`; None for "" and for a code of another scheme."""
    return next((level_name(level) for level in scheme.levels if level.code == code), None)
