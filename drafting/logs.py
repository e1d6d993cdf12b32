"""Log records as single lines, so that a log file can be read, sorted and searched by line."""

import logging


class OneLine(logging.Formatter):
    """Formats a record, its traceback included, on one line."""

    def format(self, record: logging.LogRecord) -> str:
        return super().format(record).replace("\r", "").rstrip("\n").replace("\n", "\\n")
