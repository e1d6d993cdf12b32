"""The application's settings with a test's environment, for type checkers only."""

import os

os.environ.setdefault("DRAFTING_SECRET_KEY", "only-for-type-checkers")

from drafting.settings import *  # noqa: F403
