"""`python -m drafting.launch run|test|bench|lint|clean`.

This file alone must be readable by Python 3.6, so that an old one gets a clear line.
"""

import sys

NEEDED = (3, 11)


def main():  # type: ignore[no-untyped-def]
    """Refuses an old Python; otherwise does what was asked."""
    if sys.version_info < NEEDED:
        found = ".".join(str(part) for part in sys.version_info[:3])
        sys.stderr.write(
            f"drafting: Python 3.11 or later is needed, this is {found}. "
            "Say which: make run PYTHON=/path/to/python3.11\n"
        )
        return 2
    from drafting.launch.commands import main as command

    return command(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
