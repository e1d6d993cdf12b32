"""What the group does once DL/12 has been read in, so that no history is empty.

The acts stand in the order in which they happen; Revision 1 is issued in their midst, so that
there is something to compare the text now with. Provisions are named as people name them: by the
call and the label printed in DL/12. `occurrence` tells apart two that print the same label, and
`UNLABELLED` names the paragraph that follows its call without one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["agree", "agree_ad_ref", "reopen", "revise", "issue"]

CHAIR = "anselm.vane@seamarks.example"
SECRETARY = "ingrid.holm@seamarks.example"
UNLABELLED = ""


@dataclass(frozen=True, slots=True)
class Act:
    """One thing one person does.

    `provision` is (call, label); `option` counts from 1 within it, in the order printed; `text` is
    the new wording without the label, brackets as typed. All three are unused by `issue`.
    """

    by: str
    kind: Kind
    provision: tuple[str, str] = ("", "")
    occurrence: int = 1
    option: int = 1
    reason: str = ""
    text: str = ""


SECRETARY_GENERAL = "instructs the Secretary-General"
DIRECTOR = "instructs the Director of the Observation Bureau"

BEFORE_REVISION_1 = (
    Act(CHAIR, "agree", ("recalling", "a)"), reason="No one has asked for the floor."),
    Act(CHAIR, "agree", ("recalling", "b)"), reason="No one has asked for the floor."),
    Act(CHAIR, "agree", ("considering", "a)"), reason="Taken with the words of the islands."),
    Act(CHAIR, "agree", ("considering", "b)")),
    Act(CHAIR, "agree_ad_ref", ("considering", "d)"), reason="Valmora awaits its capital."),
    Act(CHAIR, "agree", ("recognizing", "a)")),
    Act(CHAIR, "agree", ("recognizing", "c)")),
    Act(CHAIR, "agree", ("resolves", "1")),
    Act(
        CHAIR,
        "agree_ad_ref",
        ("resolves", "4"),
        occurrence=2,
        reason="Subject to what is decided on the cost of repair.",
    ),
    Act(CHAIR, "agree_ad_ref", (SECRETARY_GENERAL, "2")),
    Act(CHAIR, "agree", ("requests the Council", UNLABELLED), reason="TES/88/3: no change."),
)

ISSUE_REVISION_1 = (Act(CHAIR, "issue"),)

AFTER_REVISION_1 = (
    Act(
        CHAIR,
        "reopen",
        ("resolves", "4"),
        occurrence=2,
        reason="The Council meets once between conferences; a second session cannot be meant.",
    ),
    Act(
        SECRETARY,
        "revise",
        ("resolves", "4"),
        occurrence=2,
        text="to review the working of this resolution at each session of the Council, and to "
        "report on it to the next conference,",
    ),
    Act(
        SECRETARY,
        "revise",
        (DIRECTOR, "2"),
        text="to assist[, on request,] any administration whose gauges have stood silent for more "
        "than twenty days;",
    ),
    Act(CHAIR, "agree_ad_ref", ("recognizing", "f)"), reason="Pending Skorra."),
    Act(CHAIR, "agree", ("recognizing", "g)"), reason="Thanked on all sides."),
)

STORY: tuple[Act, ...] = BEFORE_REVISION_1 + ISSUE_REVISION_1 + AFTER_REVISION_1
