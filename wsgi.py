"""What a WSGI server runs: `granian --interface wsgi wsgi:app`, `gunicorn wsgi:app`, `waitress-serve wsgi:app`."""

from diary import create_app, serving
from diary.config import BadSettings

try:
    app = create_app()
    serving.guard(app)
except BadSettings as error:
    raise SystemExit(f"diary: {error}") from error
