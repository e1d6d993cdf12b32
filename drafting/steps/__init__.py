"""The engine: steps on the text of one option. Pure: no clock, no database, no Django.

A step is ProseMirror's atomic change, as JSON. `submit` is the door for what clients send; the
acts of the chair and the secretary are built here as steps too, so that an editor takes them as
it takes anybody's typing.
"""

from drafting.steps.acts import (
    add_note,
    append,
    delete_range,
    insert_marker,
    lift_bracket,
    put_in_brackets,
    replace_all,
    set_label,
    set_level,
    slice_json,
)
from drafting.steps.becoming import become
from drafting.steps.brackets import cut, ends
from drafting.steps.labelling import differ_in_labels, dress, labels
from drafting.steps.outcome import Applied, Invalid, Item
from drafting.steps.rules import (
    Stands,
    brackets_are_single,
    brings_marks,
    dresses,
    leaves_others_be,
    marks_are_honest,
    may_only_propose,
    stands,
)
from drafting.steps.schema import Json, canonical, checksum, standard
from drafting.steps.settling import settle
from drafting.steps.submit import perform, submit

__all__ = [
    "Applied",
    "Invalid",
    "Item",
    "Json",
    "Stands",
    "add_note",
    "append",
    "become",
    "brackets_are_single",
    "brings_marks",
    "canonical",
    "checksum",
    "cut",
    "delete_range",
    "differ_in_labels",
    "dress",
    "dresses",
    "ends",
    "insert_marker",
    "labels",
    "leaves_others_be",
    "lift_bracket",
    "marks_are_honest",
    "may_only_propose",
    "perform",
    "put_in_brackets",
    "replace_all",
    "set_label",
    "set_level",
    "settle",
    "slice_json",
    "standard",
    "stands",
    "submit",
]
