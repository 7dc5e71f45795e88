"""Why a group has no home, or a placed group no counsel: a code, plain words, and the next step."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from posada.placement import feasible
from posada.placement.problem import Group, Problem
from posada.records import UnplacedGroup, UnrepresentedGroup

RULE_WORDS = {
    "license": "their license does not run long enough",
    "checks": "their checks are not clear",
    "capacity": "they have too few licensed places left",
    "household": "the household would be too large",
    "under_two": "there would be too many children under two",
    "beds": "they have too few beds of the right kind",
    "age": "they do not take this age",
    "sex": "they do not take these children's sex",
    "willing": "they do not take so many siblings together",
    "needs": "they can't meet a need of the group",
    "kin_only": "they are kin homes of other children",
    "separation": "somebody there must be kept apart from the group",
    "forbidden": "a person has forbidden it",
    "incomplete_separation": "a refused row about keeping apart still names them",
    "sibling_already_placed": "a sibling already lives elsewhere",
}


def held_group(group_id: str, code: str, children: int) -> UnplacedGroup:
    """A group held back because one of its rows was refused."""
    if code == "incomplete_group":
        reason = "A row of this sibling group was refused, so the group is not whole."
        step = "Mend the row that rejected.csv names, then plan again."
    else:
        reason = "A row about keeping this group apart, or about where it lives, was refused."
        step = "Mend the row that rejected.csv names: until then nobody is placed on a guess."
    return UnplacedGroup(group_id, children, code, reason, step)


def siblings_elsewhere(group: Group) -> UnplacedGroup:
    """The rest of a group whose siblings already live somewhere."""
    return UnplacedGroup(
        group.group_id,
        group.size,
        "sibling_already_placed",
        "Siblings already live in a home, and this home can't lawfully take the others.",
        "Ask whether the home can take them with an exception, or plan a move of all siblings together.",
    )


def no_room(group: Group) -> UnplacedGroup:
    """A group with lawful homes, all of them needed by others in the best plan."""
    count = "one child" if group.size == 1 else f"{group.size} children together"
    return UnplacedGroup(
        group.group_id,
        group.size,
        "no_room",
        "There are lawful homes, but in the best plan for all children their beds are taken.",
        f"Recruit a home for {count}, or ask an open home to take more.",
    )


def no_lawful_home(problem: Problem, groups: Sequence[Group]) -> list[UnplacedGroup]:
    """Groups that no home may take, each with the rules that refuse most homes."""
    needs = feasible.need_names(problem)
    found = []
    rows = feasible.home_rows(problem.homes, problem=problem, needs=needs)
    for group in groups:
        columns = feasible.group_columns([group], needs=needs)
        counts: Counter[str] = Counter()
        is_open = np.array(
            [s.home.kind != "kin" or s.home_id in group.kin_homes for s in problem.homes], dtype=np.bool_
        )
        for code, rule in feasible.HOME_RULES.items():
            exempt = (
                rows.is_kin[0] if code in problem.policy.kin_home_exempt else ~rows.checks_hold[0] & False
            )
            counts[code] = int((~rule(columns, rows, problem)[0] & ~exempt & is_open).sum())
        found.append(_refused_everywhere(group, counts, int(is_open.sum())))
    return found


def _refused_everywhere(group: Group, counts: Counter[str], homes: int) -> UnplacedGroup:
    most = [(code, n) for code, n in counts.most_common(3) if n > 0]
    if homes == 0 or not most:
        reason = "No home in the program may take this group."
    else:
        told = "; ".join(f"{code}: {n} of {homes} homes, {RULE_WORDS[code]}" for code, n in most)
        reason = f"No home may take this group. What stands in the way most: {told}."
    needs = f" able to meet: {', '.join(sorted(group.needs))}" if group.needs else ""
    ages = (
        f"age {group.age_min}"
        if group.age_min == group.age_max
        else f"ages {group.age_min} to {group.age_max}"
    )
    step = f"Recruit a home for {group.size} ({ages}){needs}, or ask for a dated exception."
    return UnplacedGroup(group.group_id, group.size, "no_lawful_home", reason, step)


def unrepresented(problem: Problem, group: Group, court: str | None) -> UnrepresentedGroup:
    """Why a placed group has no counsel."""
    if court is None:
        return UnrepresentedGroup(
            group.group_id,
            None,
            "no_court",
            "No court is known for the home's county, and no hearing names one.",
            "Enter the court of this county in court_counties.csv, or the hearing.",
        )
    at_court = [c for c in problem.counsel if court in c.courts]
    barred = problem.separated_counsel.get(group.group_id, frozenset()) | problem.forbidden.get(
        group.group_id, frozenset()
    )
    free = [c for c in at_court if c.counsel_id not in barred]
    in_time = [
        c
        for c in free
        if not (c.available_from and group.hearing_date and c.available_from > group.hearing_date)
    ]
    if not at_court:
        code, reason = "no_counsel_at_court", f"Nobody in the program acts at the court {court}."
        step = f"Recruit counsel for the court {court}."
    elif not free:
        code, reason = "conflict", f"Everybody who acts at the court {court} has a conflict or is forbidden."
        step = f"Ask counsel from another office for the court {court}."
    elif not in_time:
        code = "available_too_late"
        reason = f"Counsel at the court {court} are free only after the hearing."
        step = "Ask somebody to start earlier, or ask the court for a later hearing."
    else:
        code, reason = "caseload_full", f"All open cases of counsel at the court {court} are taken."
        step = f"Recruit counsel for the court {court}, or ask one at the limit for one more."
    return UnrepresentedGroup(group.group_id, court, code, reason, step)
