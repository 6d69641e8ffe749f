"""The helpers that draw are small: they load what draws, and nothing of the program around it."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.sqlite


def test_a_helper_loads_neither_the_database_nor_the_web():
    code = "import diary.jobs.drawing, sys; print(*sorted({'flask', 'sqlalchemy', 'wtforms', 'docx'} & set(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == ""
