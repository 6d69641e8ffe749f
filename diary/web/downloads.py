"""Workbooks to keep."""

from flask import Response


def workbook(name: str, content: bytes) -> Response:
    """An .xlsx of that file name; nothing on the way keeps it."""
    response = Response(content, mimetype="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response
