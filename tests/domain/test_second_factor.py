"""Codes as they are compared and shown, and whose posts ask for a second factor."""

import pytest

from diary.domain.actors import Appointment, Post
from diary.domain.second_factor import app_code, is_required, recovery_code, shown_recovery_code, shown_secret
from diary.domain.units import UnitKind


@pytest.mark.parametrize(
    ("typed", "code"), [("123456", "123456"), (" 123 456 ", "123456"), ("12345", ""), ("12345a", ""), ("１２３４５６", "")]
)
def test_a_code_of_the_app_is_six_figures(typed, code):
    assert app_code(typed) == code


@pytest.mark.parametrize(
    ("typed", "code"), [("abcde-23456", "ABCDE23456"), ("ABCDE 23456", "ABCDE23456"), ("ABCDE2345", ""), ("", ""), ("ABCDE-O1I06", "")]
)
def test_a_recovery_code_is_ten_letters_without_those_that_look_alike(typed, code):
    assert recovery_code(typed) == code


def test_codes_are_shown_in_groups():
    assert shown_recovery_code("ABCDE23456") == "ABCDE-23456"
    assert shown_secret("ABCDEFGHIJ") == "ABCD EFGH IJ"


@pytest.mark.parametrize(
    ("post", "kind", "asked"),
    [
        (Post.SECRETARY, UnitKind.BLOC, True),
        (Post.DEPUTY_SECRETARY, UnitKind.BLOC, True),
        (Post.ADMINISTRATOR, UnitKind.BLOC, True),
        (Post.COMMITTEE_MEMBER, UnitKind.BLOC, False),
        (Post.INSPECTOR, UnitKind.BLOC, False),
        (Post.SECRETARY, UnitKind.BASE_UNION, False),
        (Post.SECRETARY, UnitKind.BRANCH, False),
    ],
)
def test_officers_of_the_bloc_and_administrators_are_asked_for_it(post, kind, asked):
    assert is_required([Appointment(post, 1, "1.", kind)]) is asked
    assert not is_required([])
