"""Tables, constraints and QuerySets. No rules live here: what may be done is decided above.

What must never be false is a named constraint of the database.
"""

from drafting.models.conference import (
    AdHocGroup,
    Conference,
    FoldStyle,
    Membership,
    Role,
    SecretariatMember,
)
from drafting.models.contribution import Contribution, Proposal, ProposedChange
from drafting.models.draft import Attribution, Draft, Note, Option, Provision
from drafting.models.event import Event, WritingClient
from drafting.models.files import StoredFile
from drafting.models.history import Acted
from drafting.models.intake import ImportAnswer, PaperImport
from drafting.models.issue import PaperJob, Revision
from drafting.models.lease import JobState, Leased
from drafting.models.table import Before, Decision, Package, Position

__all__ = [
    "Acted",
    "AdHocGroup",
    "Attribution",
    "Before",
    "Conference",
    "Contribution",
    "Decision",
    "Draft",
    "Event",
    "FoldStyle",
    "ImportAnswer",
    "JobState",
    "Leased",
    "Membership",
    "Note",
    "Option",
    "Package",
    "PaperImport",
    "PaperJob",
    "Position",
    "Proposal",
    "ProposedChange",
    "Provision",
    "Revision",
    "Role",
    "SecretariatMember",
    "StoredFile",
    "WritingClient",
]
