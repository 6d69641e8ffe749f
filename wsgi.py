"""What a WSGI server runs: `granian --interface wsgi wsgi:app`, `gunicorn wsgi:app`, `waitress-serve wsgi:app`."""

from diary import create_app

app = create_app()
