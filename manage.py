#!/usr/bin/env python3
"""Django's commands, with the environment that `make run` keeps in the data folder."""

import os
import sys

from drafting.launch.environment import enter_virtualenv, load_environment


def main() -> None:
    """Runs the command in `sys.argv`."""
    enter_virtualenv()
    load_environment()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "drafting.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
