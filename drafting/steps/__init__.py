"""The engine: steps on the text of one option. Pure: no clock, no database, no Django.

A step is ProseMirror's atomic change, as JSON. `submit` is the door for what clients send; the
acts of the chair and the secretary are built here as steps too, so that an editor takes them as
it takes anybody's typing.
"""

from drafting.steps.outcome import Applied, Invalid, Item
from drafting.steps.schema import Json, canonical, checksum, standard
from drafting.steps.submit import perform, submit

__all__ = [
    "Applied",
    "Invalid",
    "Item",
    "Json",
    "canonical",
    "checksum",
    "perform",
    "standard",
    "submit",
]
