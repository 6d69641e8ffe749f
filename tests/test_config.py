"""Settings: what is wrong is said before anything starts."""

import pytest

from diary.config import BadSettings, load


def public_url(tmp_path, given):
    return load({"DIARY_INSTANCE": str(tmp_path), "DIARY_PUBLIC_URL": given}).public_url


@pytest.mark.parametrize(
    ("given", "kept"),
    [("", ""), ("https://nhatky.example", "https://nhatky.example"), (" http://10.0.0.5:8000/ ", "http://10.0.0.5:8000")],
)
def test_the_public_address_is_scheme_and_host(tmp_path, given, kept):
    assert public_url(tmp_path, given) == kept


@pytest.mark.parametrize(
    "given",
    [
        "nhatky.example",
        "ftp://nhatky.example",
        "https://nhatky.example/so",
        "https://a@nhatky.example",
        "https://",
        "http://[",
        "http://a b",
    ],
)
def test_what_a_qr_could_not_lead_to_is_refused_with_an_example(tmp_path, given):
    with pytest.raises(BadSettings, match=r"DIARY_PUBLIC_URL.*https://nhatky\.example"):
        public_url(tmp_path, given)


@pytest.mark.parametrize(("given", "kept"), [("", False), ("0", False), ("1", True)])
def test_a_second_factor_for_those_whose_posts_reach_far_is_a_setting(tmp_path, given, kept):
    assert load({"DIARY_INSTANCE": str(tmp_path), "DIARY_REQUIRE_SECOND_FACTOR": given}).require_second_factor is kept


def test_that_setting_is_0_or_1(tmp_path):
    with pytest.raises(BadSettings, match="DIARY_REQUIRE_SECOND_FACTOR must be 0 or 1"):
        load({"DIARY_INSTANCE": str(tmp_path), "DIARY_REQUIRE_SECOND_FACTOR": "yes"})


def test_pushes_name_a_contact_that_is_set_or_the_sender_of_mail_or_the_site_and_are_off_without_one(tmp_path):
    place = {"DIARY_INSTANCE": str(tmp_path), "SECRET_KEY": "k" * 40}
    mail = {"DIARY_MAIL_URL": "smtp://thu.example.vn", "DIARY_MAIL_FROM": "Sổ nhật ký <nhatky@example.vn>"}
    site = {"DIARY_PUBLIC_URL": "https://nhatky.example"}
    assert load(place).push_contact == "" and load({**place, "DIARY_PUBLIC_URL": "http://nhatky.example"}).push_contact == ""
    assert load({**place, **site}).push_contact == "https://nhatky.example"
    assert load({**place, **site, **mail}).push_contact == "mailto:nhatky@example.vn"
    for given, kept in (
        ("an@example.vn", "mailto:an@example.vn"),
        ("mailto:an@example.vn", "mailto:an@example.vn"),
        (" https://a.vn ", "https://a.vn"),
    ):
        assert load({**place, **mail, "DIARY_PUSH_CONTACT": given}).push_contact == kept
    for wrong in ("an", "http://a.vn", "https://a.vn/trang", "mailto:"):
        with pytest.raises(BadSettings, match="DIARY_PUSH_CONTACT"):
            load({**place, "DIARY_PUSH_CONTACT": wrong})


def test_a_push_key_is_32_bytes_in_base64(tmp_path):
    place = {"DIARY_INSTANCE": str(tmp_path), "SECRET_KEY": "k" * 40}
    assert load({**place, "DIARY_PUSH_KEY": "A" * 42 + "E"}).push_key == "A" * 42 + "E"
    with pytest.raises(BadSettings, match="DIARY_PUSH_KEY"):
        load({**place, "DIARY_PUSH_KEY": "bí mật"})


def test_mail_needs_server_and_sender_together_and_is_off_without_them(tmp_path):
    place = {"DIARY_INSTANCE": str(tmp_path), "SECRET_KEY": "k" * 40}
    assert load(place).mail is None
    found = load({**place, "DIARY_MAIL_URL": "smtps://u:p@thu.example.vn", "DIARY_MAIL_FROM": "Sổ nhật ký <nhatky@example.vn>"})
    assert found.mail and (found.mail.host, found.mail.port, found.mail.sender) == ("thu.example.vn", 465, "nhatky@example.vn")
    for wrong in (
        {"DIARY_MAIL_URL": "smtps://thu.example.vn"},
        {"DIARY_MAIL_FROM": "nhatky@example.vn"},
        {"DIARY_MAIL_URL": "thu.example.vn", "DIARY_MAIL_FROM": "nhatky@example.vn"},
        {"DIARY_MAIL_URL": "smtp://thu.example.vn", "DIARY_MAIL_FROM": "nhatky"},
    ):
        with pytest.raises(BadSettings, match="DIARY_MAIL"):
            load({**place, **wrong})
