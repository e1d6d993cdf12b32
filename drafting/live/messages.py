"""Every frame on a draft's socket, typed: the one source of both sides.

Rules:

- A frame is one JSON object in one text message; `t` says which. `typescript.py` writes the same
  types for the browser, and a test compares.
- What a client sends is decoded strictly: an unknown field, a wrong type or a value out of its
  bounds is "not understood" and closes the socket. The words and steps inside are judged by
  `drafting.steps` and the services, which answer `refused`.
- Keys are those of the page: `p17` a provision, `o23` an option.
- Positions are ProseMirror's: they count UTF-16 units and node boundaries of one option's document.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct, field

from drafting.services.deeds import Count, Id, Key, Position, Who
from drafting.services.deeds import Deed as Deed

Json = dict[str, Any]

ClientId = Annotated[str, Meta(pattern=r"\A[A-Za-z0-9_-]{22}\Z")]
Against = Annotated[str, Meta(pattern=r"\A(base|clean|revision:[1-9][0-9]{0,4})\Z")]


class _Said(Struct, tag_field="t", forbid_unknown_fields=True, frozen=True):
    """A frame from a client."""


class _Told(Struct, tag_field="t", frozen=True):
    """A frame from the server."""


# --- What a client says ----------------------------------------------------------------------


class Hello(_Said, tag="hello", frozen=True):
    """First. `seq`: what the page shows. `client`: made once by the browser, for one person.

    `against` null: nothing needs to be shown, the steps are enough.
    """

    client: ClientId
    seq: Count
    against: Against | None = "base"


class Item(Struct, forbid_unknown_fields=True, frozen=True):
    """A step under a key that is unique within the client."""

    key: Id
    step: Json


class Commit(_Said, tag="commit", frozen=True):
    """A batch of steps on one option, made on its version `base`; one in flight an option.

    `mid` grows with every commit and act of the client and never changes on a resend.
    """

    mid: Count
    option: Key
    base: Count
    items: Annotated[list[Item], Meta(min_length=1, max_length=200)]
    acting_for: Who = field(name="for", default="")


class Since(_Said, tag="since", frozen=True):
    """Asks for every event after `seq` once more."""

    seq: Count


class Read(_Said, tag="read", frozen=True):
    """Asks for an option as it is now; answered by `text`."""

    option: Key


class View(_Said, tag="view", frozen=True):
    """Changes what `shown` compares with, and of which provisions; `against` null: of none.

    `near`: those on the screen or close to it; null: all. `stale`: those of them whose wording has
    changed since the page was last shown it.
    """

    against: Against | None
    near: Annotated[list[Key], Meta(max_length=100)] | None = None
    stale: Annotated[list[Key], Meta(max_length=100)] = []


class Presence(_Said, tag="presence", frozen=True):
    """Where the person's caret is; `option` null: nowhere. Positions hold at `version`."""

    option: Key | None
    version: Count = 0
    anchor: Position = 0
    head: Position = 0
    acting_for: Who = field(name="for", default="")
    typing: bool = False


class Act(_Said, tag="act", frozen=True):
    """A change of structure; answered like a commit."""

    mid: Count
    what: Deed
    acting_for: Who = field(name="for", default="")


Said = Hello | Commit | Act | Since | Read | View | Presence


# --- What the server tells -------------------------------------------------------------------


class You(Struct, frozen=True):
    """Who the server takes the person for. `may_write_for` is a list to choose from.

    `own`: further acts, which the person may do to what is the own delegation's alone.
    """

    name: str
    part: Literal["chair", "secretary", "delegate", "observer", "secretariat"]
    acting_for: str = field(name="for")
    writes: Literal["direct", "pending", "nothing"]
    acts: list[str]
    own: list[str]
    may_write_for: list[str]


class Welcome(_Told, tag="welcome", frozen=True):
    """The answer to `hello`. `seq` is the head; what lies between follows as events.

    `mid`: the highest number of this client's that was taken when it said hello.
    """

    seq: int
    sid: str
    you: You
    mid: int


class TextChange(Struct, frozen=True):
    """The data of an event of kind "text". `steps[i]` is of key `keys[i]`; both may be empty.

    `version` is the one after; `sum` the checksum of the content after.
    """

    option: str
    provision: str
    version: int
    steps: list[Json]
    keys: list[str]
    sum: int


class Touched(Struct, frozen=True):
    """The data of every other event: what a page must fetch again, or take away."""

    provisions: list[str]
    options: list[str]
    removed: list[str]


class Happened(_Told, tag="event", frozen=True):
    """Event `seq` of the draft, in order and without gaps on one socket.

    `client` and `mid` say whose commit or act it answers, null where it answers none.
    """

    seq: int
    kind: str
    by: str
    acting_for: str = field(name="for")
    at: str
    client: str | None
    mid: int | None
    data: Annotated[Json, Meta(extra={"ts": "TextChange | Touched"})]


class Ack(_Told, tag="ack", frozen=True):
    """It is on disk, as event `seq`; `version` is the option's after it, 0 for an act.

    `made`: keys that an act gave ("p31", "o40", a note's or bracket's id).
    """

    mid: int
    seq: int
    version: int
    keys: list[str]
    dropped: list[str]
    made: list[str]


class Refused(_Told, tag="refused", frozen=True):
    """Nothing was changed. `reason` is a sentence for the person."""

    mid: int
    code: Literal["locked", "invalid", "forbidden", "too_old", "busy", "gone", "unknown"]
    reason: str


class Closed(Struct, frozen=True):
    """Why a text refuses to be changed. `by` and `at` are empty where the paper came so."""

    status: str
    by: str
    acting_for: str = field(name="for")
    at: str
    reason: str


class OptionText(_Told, tag="text", frozen=True):
    """The answer to `read`: the option as it is after event `seq`; `content` null: it is gone."""

    seq: int
    option: str
    provision: str | None
    kind: str
    version: int
    content: Json | None
    closed: Closed | None


class Shown(_Told, tag="shown", frozen=True):
    """The provision's fresh HTML as event `seq` left it; null: it is gone.

    `after`: the key of the provision before it on the page, null for the first.
    """

    seq: int
    provision: str
    against: str
    html: str | None
    after: str | None


class Outlined(_Told, tag="outlined", frozen=True):
    """What tells of the paper as a whole, as event `seq` left it: outline and tallies."""

    seq: int
    against: str
    html: str


class Head(_Told, tag="head", frozen=True):
    """Every second: the seq of the draft's last event, and that the line is alive."""

    seq: int


class Person(Struct, frozen=True):
    """One open page of one person."""

    sid: str
    name: str
    part: str
    acting_for: str = field(name="for")
    option: str | None
    version: int
    anchor: int
    head: int
    typing: bool


class WhoIsHere(_Told, tag="who", frozen=True):
    """Everybody, after `welcome`; the page's own entry is among them."""

    people: list[Person]


class WhoChanged(_Told, tag="who_changed", frozen=True):
    """Somebody came, moved, or changes for whom they write."""

    person: Person


class WhoLeft(_Told, tag="who_left", frozen=True):
    """Somebody went."""

    sid: str


class Hint(_Told, tag="hint", frozen=True):
    """A paper, or the reading of a file, has moved on. `progress`: 0 to 100."""

    kind: Literal["paper", "import"]
    id: int
    state: str
    progress: int


class Resync(_Told, tag="resync", frozen=True):
    """The page must be fetched afresh; the socket closes with 4408."""

    reason: Literal["behind", "slow", "unknown"]


Told = (
    Welcome
    | Happened
    | Ack
    | Refused
    | OptionText
    | Shown
    | Outlined
    | Head
    | WhoIsHere
    | WhoChanged
    | WhoLeft
    | Hint
    | Resync
)

# --- Why a socket closes ---------------------------------------------------------------------

NOT_UNDERSTOOD = 4400  # a frame that no client of ours sends
NOT_FOR_YOU = 4404  # no such draft, or not for this person (any more)
RESYNC = 4408  # fetch the page afresh
CLIENT_TAKEN = 4409  # `client` belongs to another person: make a new one
TOO_MUCH = 4429  # more frames than any person sends
TRY_LATER = 1013  # the database is away: keep what you have and come back
