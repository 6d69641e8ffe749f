"""The application as a server of its own serves it to a test: its clock goes with the test's, SHIFT seconds from the real one."""

import os
import time

import time_machine

time_machine.travel(time.time() + float(os.environ["SHIFT"]), tick=True).start()

from wsgi import app  # noqa: E402, F401 - the clock is set before the application is made
