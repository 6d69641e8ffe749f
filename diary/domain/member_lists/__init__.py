"""Member lists as offices keep them: rows of cells in, people and refused rows out. Nothing is swallowed, nothing invented."""

from .reading import read_member_list
from .shapes import CLEAN_HEADER, Column, Gender, ListedMember, MemberList, RefusedRow

__all__ = ["CLEAN_HEADER", "Column", "Gender", "ListedMember", "MemberList", "RefusedRow", "read_member_list"]
