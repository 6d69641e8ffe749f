"""Issues evaluation sheets at once from one process: `python -m tests.soak.issuing`; who issues them and the ids of the evaluations come
pickled on standard input."""

import pickle
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import UUID

from diary import create_app
from diary.domain.errors import WrongMoment
from diary.files.storage import Storage
from diary.jobs.documents import Press, issue_sheet
from diary.models.base import db
from tests.papers import SITE

THREADS = 5


def main() -> None:
    app = create_app()
    who, keys = pickle.load(sys.stdin.buffer)
    press = Press(Storage(Path(app.config["DIARY_INSTANCE"]) / "files"), SITE)

    def issue(key: UUID) -> None:
        with app.app_context():
            try:
                issue_sheet(who, key, press)
            except WrongMoment:  # another process was first
                pass
            finally:
                db.session.remove()

    with ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(issue, keys))


if __name__ == "__main__":
    main()
