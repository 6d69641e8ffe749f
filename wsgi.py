"""What a WSGI server runs: `granian --interface wsgi wsgi:app`, `gunicorn wsgi:app`, `waitress-serve wsgi:app`."""

from diary import create_app, serving

app = create_app()
serving.guard(app)
