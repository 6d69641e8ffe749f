"""The demo bloc: made-up people in units named after real kinds of offices, with a year or more of believable diaries."""

from .making import DEMO_PASSWORD, DemoAccount, demo_accounts, is_empty, make_demo, papers_to_issue

__all__ = ["DEMO_PASSWORD", "DemoAccount", "demo_accounts", "is_empty", "make_demo", "papers_to_issue"]
