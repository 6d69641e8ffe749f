"""Tables to keep: workbooks and CSV."""

from flask import Response


def workbook(name: str, content: bytes) -> Response:
    """An .xlsx or .csv of that file name; nothing on the way keeps it."""
    xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    response = Response(content, mimetype="text/csv" if name.endswith(".csv") else xlsx)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response
