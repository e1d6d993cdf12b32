"""The form of what an act asks for: keys, positions and names, as the frames take them too.

Rules:

- Keys are those of the page: `p17` a provision, `o23` an option.
- Positions are ProseMirror's: they count UTF-16 units and node boundaries of one option's document.
- `seen` tells how far the options had come that the person looked at: every option of a provision
  with its version. Where others are there now, or others have come further, the deed is `too_old`.
  Null asks nothing.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

Key = Annotated[str, Meta(pattern=r"\A[po][1-9][0-9]{0,8}\Z")]
Id = Annotated[str, Meta(pattern=r"\A[A-Za-z0-9_.:-]{1,40}\Z")]  # papers bring some of their own
Count = Annotated[int, Meta(ge=0, le=2**53 - 1)]
Position = Annotated[int, Meta(ge=0, le=1_000_000)]
Who = Annotated[str, Meta(max_length=120, pattern=r"\A[^\x00-\x1f\x7f]*\Z")]
Words = Annotated[str, Meta(max_length=20_000)]


Seen = Annotated[
    dict[Key, Count],
    Meta(max_length=1000, extra={"ts": "{ readonly [option: string]: number }"}),
]
Rationale = Annotated[str, Meta(max_length=2000)]
Change = Annotated[str, Meta(max_length=20)]  # the key of one within its proposal


class AnyDeed(Struct, tag_field="a", forbid_unknown_fields=True, frozen=True, kw_only=True):
    """What an `act` does."""

    seen: Seen | None = None
