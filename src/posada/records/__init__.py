"""The shared words of the field as frozen records. Imports nothing else of Posada.

Every date is a `datetime.date`, money is whole US cents, distances are kilometres, ids are opaque text.
The columns behind each record are those of docs/reference/program-folder.md.
"""

from posada.records.counsel import Counsel, Court, CourtCounty, Hearing
from posada.records.homes import Home, KinLink, Opening, Placement
from posada.records.people import Child
from posada.records.plan import (
    GroupPlan,
    LevelResult,
    Plan,
    RefusedPin,
    UnplacedGroup,
    UnrepresentedGroup,
)
from posada.records.program import Override, Program, Rejection, RuleChange, Separation, Warn

__all__ = [
    "Child",
    "Counsel",
    "Court",
    "CourtCounty",
    "GroupPlan",
    "Hearing",
    "Home",
    "KinLink",
    "LevelResult",
    "Opening",
    "Override",
    "Placement",
    "Plan",
    "Program",
    "RefusedPin",
    "Rejection",
    "RuleChange",
    "Separation",
    "UnplacedGroup",
    "UnrepresentedGroup",
    "Warn",
]
