"""How long a browser stays signed in, and what keeps it so."""

from datetime import timedelta

from tests.web.accounts.test_views import PASSWORD, give_password, sign_in

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def test_the_cookie_moves_on_once_an_hour_and_not_with_every_answer(app, browser, time):
    give_password(app, "member")
    client = browser(None)
    sign_in(client, "member", PASSWORD)
    client.get("/ca-nhan")  # its form puts a token into the cookie
    assert "Set-Cookie" not in client.get("/ca-nhan").headers
    first = client.get_cookie("so").expires
    time.shift(HOUR + timedelta(minutes=1))
    assert "Set-Cookie" in client.get("/ca-nhan").headers and client.get_cookie("so").expires - first > HOUR
    assert "Set-Cookie" not in client.get("/ca-nhan").headers


def test_who_comes_back_within_thirty_days_stays_signed_in_and_who_does_not_signs_in_again(app, browser, time):
    give_password(app, "member")
    client = browser(None)
    sign_in(client, "member", PASSWORD)
    for _ in range(3):
        time.shift(29 * DAY)
        assert client.get("/ca-nhan").status_code == 200
    time.shift(31 * DAY)
    assert client.get("/ca-nhan").status_code == 303
