"""Papers in: bytes to a ParsedPaper, and a ParsedPaper beside a base to a Reading.

No ORM, no network. What cannot be known is a Question, never a guess made in silence.
"""
