"""What the services answer, as frames."""

from __future__ import annotations

from typing import Any

from drafting.live import messages
from drafting.live.line import frame_of
from drafting.live.ready import Frame
from drafting.services.audience import OptionNow
from drafting.services.writing import Accepted, Answer


def frame_of_answer(answer: Answer) -> Frame:
    if isinstance(answer, Accepted):
        return frame_of(
            messages.Ack(
                answer.mid,
                answer.seq,
                answer.version,
                list(answer.keys),
                list(answer.dropped),
                list(answer.made),
            )
        )
    code: Any = answer.code
    return frame_of(messages.Refused(answer.mid, code, answer.reason))


def frame_of_option(key: str, now: OptionNow) -> Frame:
    why = now.closing
    closed = (
        messages.Closed(
            why.status, why.by, why.acting_for, why.at.isoformat() if why.at else "", why.reason
        )
        if why
        else None
    )
    return frame_of(
        messages.OptionText(now.seq, key, now.provision, now.kind, now.version, now.content, closed)
    )
