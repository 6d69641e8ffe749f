"""A word for the next page."""

from flask import flash, session


def say(words: str, category: str = "success") -> None:
    """Say `words` on the next page the person opens, once: words that still wait unread are not put down a second time.

    They wait in the cookie, and a program that posts without opening a page would make it grow with every post.
    """
    if (category, words) not in session.get("_flashes", ()):  # the key Flask keeps them under
        flash(words, category)
