"""What a page is told of its own person."""

from __future__ import annotations

from drafting.live import messages
from drafting.live.line import Line, frame_of
from drafting.live.ready import Frame
from drafting.services.acts import acts_of, own_acts_of


def welcome(line: Line, head: int) -> Frame:
    standing = line.present.standing
    you = messages.You(
        name=line.present.name,
        part=standing.part.value,  # type: ignore[arg-type]
        acting_for=standing.acting_for,
        writes=line.present.writing.value,
        acts=acts_of(line.present),
        own=own_acts_of(line.present),
        may_write_for=list(line.may_write_for),
    )
    return frame_of(messages.Welcome(head, line.sid, you, line.mid))
