"""Two plans side by side: the levels, and each group whose home or counsel differs.

Comes in: two plans with their programs. Goes out: `Comparison`; of a plan and itself everything is empty.
Docs: docs/how-to/what-if.md. Tests: tests/placement/test_compare.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from posada.records import GroupPlan, LevelResult, Plan, Program


@dataclass(frozen=True, slots=True)
class Change:
    """One group: `before` and `after` are home or counsel ids, None where it has none. `children`: placed."""

    group: str
    children: int
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """`levels` pairs up those of the two plans. Groups that only one of the programs has are told apart."""

    levels: tuple[tuple[LevelResult, LevelResult], ...]
    homes: tuple[Change, ...]
    counsel: tuple[Change, ...]
    only_in_first: tuple[str, ...] = ()
    only_in_second: tuple[str, ...] = ()

    @property
    def is_same(self) -> bool:
        """Whether no level, no group and no counsel differs."""
        values_differ = any(one.value != other.value for one, other in self.levels)
        return not (values_differ or self.homes or self.counsel or self.only_in_first or self.only_in_second)


def gained(changes: Sequence[Change]) -> list[Change]:
    """Those who have one now and had none."""
    return [each for each in changes if each.before is None]


def lost(changes: Sequence[Change]) -> list[Change]:
    """Those who had one and have none now."""
    return [each for each in changes if each.after is None]


def moved(changes: Sequence[Change]) -> list[Change]:
    """Those who have another one."""
    return [each for each in changes if each.before is not None and each.after is not None]


def compare(first: Plan, second: Plan, *, programs: tuple[Program, Program]) -> Comparison:
    """What differs between two plans, groups sorted by id.

    Args:
        first: one plan.
        second: the other.
        programs: what each was made from.
    """
    one, other = ({row.sibling_group_id: row for row in plan.groups} for plan in (first, second))
    known = [{child.sibling_group_id for child in program.children} for program in programs]
    in_both = sorted((one.keys() | other.keys()) & known[0] & known[1])
    homes, counsel = [], []
    for group in in_both:
        before, after = one.get(group), other.get(group)
        children = max(len(row.children) for row in (before, after) if row is not None)
        home = Change(group, children, _home(before), _home(after))
        helper = Change(group, children, _counsel(before), _counsel(after))
        homes += [home] if home.before != home.after else []
        counsel += [helper] if helper.before != helper.after else []
    return Comparison(
        levels=tuple(zip(first.levels, second.levels, strict=True)),
        homes=tuple(homes),
        counsel=tuple(counsel),
        only_in_first=tuple(sorted(known[0] - known[1])),
        only_in_second=tuple(sorted(known[1] - known[0])),
    )


def _home(row: GroupPlan | None) -> str | None:
    return None if row is None else row.home_id


def _counsel(row: GroupPlan | None) -> str | None:
    return None if row is None else row.counsel_id
