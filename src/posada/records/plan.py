"""A plan: who goes where and with whom as counsel, what could not be done and why."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GroupPlan:
    """One sibling group with a home. `children` lists the ids newly placed, sorted."""

    sibling_group_id: str
    children: tuple[str, ...]
    home_id: str
    counsel_id: str | None
    court_code: str | None  # the court used for matching counsel, None where none is known
    kin: bool
    children_sharing_language: tuple[bool, ...]  # with the home, one per child
    interpreter_needed: tuple[bool, ...]  # has counsel and shares no language with it, one per child
    venue_change_needed: bool
    license_exception: bool
    cost_cents_per_child_day: int  # an unknown cost counts as 0
    distance_tenths_km: tuple[int, ...]  # one per child, 0 where the location is not known


@dataclass(frozen=True, slots=True)
class UnplacedGroup:
    """A group without a home."""

    sibling_group_id: str
    children: int
    reason_code: str
    reason: str
    next_step: str


@dataclass(frozen=True, slots=True)
class UnrepresentedGroup:
    """A placed group without counsel."""

    sibling_group_id: str
    court_code: str | None
    reason_code: str
    reason: str
    next_step: str


@dataclass(frozen=True, slots=True)
class LevelResult:
    """One level of the objective: cost in whole cents, distance in tenths of a kilometre, else children.

    `bound` is proven: no plan that keeps the values reached on the levels above can do better.
    """

    name: str
    sense: str  # "max" or "min"
    value: int
    bound: int

    @property
    def proven_optimal(self) -> bool:
        """Whether the value meets its bound."""
        return self.value == self.bound


@dataclass(frozen=True, slots=True)
class RefusedPin:
    """A pin that breaks a rule; `target` is a home or a counsel id."""

    group: str
    target: str
    rule: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything `posada plan` writes, sorted by group id."""

    groups: tuple[GroupPlan, ...]
    unplaced: tuple[UnplacedGroup, ...]
    unrepresented: tuple[UnrepresentedGroup, ...]
    levels: tuple[LevelResult, ...]
    refused_pins: tuple[RefusedPin, ...] = ()
    cost_unknown_children: int = 0
    time_limit_reached: bool = False
