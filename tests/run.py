"""`make test`: the suite on SQLite, then what touches the database again on PostgreSQL, then what was skipped, said plainly.

Under CI=true a skipped PostgreSQL or browser test fails the run.
"""

import os
import shutil
import subprocess
import sys

from tests import postgres


def main() -> int:
    more = sys.argv[1:]
    missing = []
    if postgres.programs() is None:
        missing.append("PostgreSQL (Debian: apt-get install postgresql)")
    if shutil.which("chromium") is None:
        missing.append("Chromium (Debian: apt-get install chromium)")
    if shutil.which("pdftotext") is None:
        missing.append("pdftotext (Debian: apt-get install poppler-utils)")
    failed = _pytest(*more)
    if postgres.programs() is not None:
        failed = _pytest("--engine", "postgresql", *more) or failed
    for program in missing:
        print(f"SKIPPED for want of a program: tests with {program}")
    return 1 if failed or (missing and os.environ.get("CI") == "true") else 0


def _pytest(*more: str) -> bool:
    return subprocess.run([sys.executable, "-m", "pytest", *more], check=False).returncode != 0


if __name__ == "__main__":
    raise SystemExit(main())
