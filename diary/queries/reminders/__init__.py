"""Reads about reminding: what one person chose, whose turn has come, and what there is to remind them of."""

from .own import OwnChoice, own_choice
from .people import Person, due_people, people_of
from .turns import Turn, turns

__all__ = ["OwnChoice", "Person", "Turn", "due_people", "own_choice", "people_of", "turns"]
