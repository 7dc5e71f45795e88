"""Why a sibling group has this home and this counsel, what the plan could not meet, or why it still waits.

Comes in: a program, its plan, one group. Goes out: `Explanation`, facts as points that `explain_words` puts
into sentences. Every point is about this group alone: no other child, and no id of another group, is in it.
Every rule named is one that the accepted rows confirm. Docs: docs/how-to/ask-why.md.
Tests: tests/placement/test_explain.py.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from posada.placement.group_rules import refusals_by_home
from posada.placement.problem import Group, HomeState, Problem, build_problem
from posada.placement.why_not import check_group
from posada.records import Child, GroupPlan, Plan, Program
from posada.rulebook.policy import Policy

MOST_RULES = 3
"""Rules that are told of a group that no home may take: those that refuse the most homes."""


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to say. `rules` are told by their codes, `languages` by theirs, `who` as a relationship."""

    key: str
    values: Mapping[str, int | str] = field(default_factory=dict)
    reasons: tuple["Point", ...] = ()
    rules: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    who: str = ""
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """`status`: "placed", "waiting", "held" (a row of the group was refused) or "lives" (nobody waits).

    `kept` are rules that its home keeps, `broken` those in the way, each with the home or counsel that it
    is about ("" where it is about the homes of the program together).
    """

    group: str
    status: str
    home_id: str | None
    counsel_id: str | None
    points: tuple[Point, ...]
    kept: tuple[tuple[str, str], ...] = ()
    broken: tuple[tuple[str, str], ...] = ()


def explain(
    program: Program,
    *,
    policy: Policy,
    plan: Plan,
    group: str,
    held_rows: Sequence[tuple[str, int, tuple[str, ...]]] = (),
) -> Explanation:
    """What a plan did for a group, and why.

    `held_rows`: of a group that is held back, the refused rows as (file, row, columns). Raises UnknownName.
    """
    check_group(program, group)
    if group in program.held_groups:
        rows = tuple(_held_row(*row) for row in held_rows)
        points = (Point("held.none"), *rows, Point("held.next"))
        return Explanation(group, "held", None, None, points, broken=((program.held_groups[group], ""),))
    problem = build_problem(program, policy=policy)
    if group not in problem.group_index:
        return _lives_already(problem, group)
    asked = _Asked(program, problem, plan, problem.groups[problem.group_index[group]])
    row = next((row for row in plan.groups if row.sibling_group_id == group), None)
    return _waiting(asked) if row is None else _placed(asked, row)


class _Asked:
    """The group that is asked about, and what every home says of it."""

    def __init__(self, program: Program, problem: Problem, plan: Plan, group: Group) -> None:
        self.program = program
        self.problem = problem
        self.plan = plan
        self.group = group
        self.refused = refusals_by_home(problem, group)
        self.links = {link.home_id: link for link in program.kin if link.sibling_group_id == group.group_id}

    def who(self, home_id: str) -> str:
        """The relationship of the kin in a home as kin.csv has it, else its category."""
        link = self.links[home_id]
        return link.relationship or f"category_{link.sponsor_category}"

    def state(self, home_id: str) -> HomeState:
        return self.problem.homes[self.problem.home_index[home_id]]

    def pinned(self, target: str) -> bool:
        """Whether a pin of the group to this home or counsel holds."""
        return any(
            pin.sibling_group_id == self.group.group_id and target in (pin.home_id, pin.counsel_id)
            for pin in self.problem.pins
        )


def _held_row(file: str, row: int, columns: tuple[str, ...]) -> Point:
    values = {"file": file, "row": str(row), "columns": ", ".join(columns)}
    return Point("held.row" if columns else "held.row_plain", values)


def _lives_already(problem: Problem, group: str) -> Explanation:
    homes = tuple(sorted(problem.homes_of_standing_group.get(group, ())))
    if len(homes) == 1:
        point = Point("home.lives", {"home": homes[0]})
    else:
        point = Point("home.lives_apart", ids=homes)
    return Explanation(group, "lives", homes[0] if len(homes) == 1 else None, None, (point,))


def _placed(asked: _Asked, row: GroupPlan) -> Explanation:
    kept = _kept(asked, asked.state(row.home_id))
    rules = tuple(_kept_point(code, asked.group) for code in kept)
    unmet, broken = _unmet(asked, row)
    points = (
        _goes(asked, row),
        Point("home.keeps", reasons=rules),
        *_counsel(asked, row),
        *unmet,
    )
    about_home = tuple((code, row.home_id) for code in kept)
    return Explanation(
        asked.group.group_id,
        "placed",
        row.home_id,
        row.counsel_id,
        points,
        kept=about_home,
        broken=tuple(broken),
    )


def _goes(asked: _Asked, row: GroupPlan) -> Point:
    """The home, and what speaks for it: kin, siblings, somebody's choice, language."""
    group, home = asked.group, asked.state(row.home_id).home
    reasons = []
    if row.kin:
        reasons.append(Point("why.kin", who=asked.who(row.home_id)))
    if group.standing_homes == (row.home_id,):
        reasons.append(Point("why.siblings"))
    if asked.pinned(row.home_id):
        reasons.append(Point("why.chosen"))
    shared = _shared(group.children, home.languages)
    if shared:
        reasons.append(Point("why.language", languages=shared))
    if group.size == 1:
        key = f"goes.one_{group.children[0].sex}"
    else:
        key = "goes.many_F" if group.sexes == {"F"} else "goes.many"
    return Point(key, {"home": row.home_id, "n": group.size}, reasons=tuple(reasons))


def _kept(asked: _Asked, state: HomeState) -> list[str]:
    """Rules that the home keeps for the group, those that do not apply to it left out."""
    exempt = asked.problem.policy.kin_home_exempt if state.home.kind == "kin" else ()
    told = ["beds", "age", *(["needs"] if asked.group.needs else []), "license", "checks"]
    return [code for code in told if code not in exempt]


def _kept_point(code: str, group: Group) -> Point:
    return Point("home.beds_one" if code == "beds" and group.size == 1 else f"home.{code}")


def _shared(children: Sequence[Child], spoken: Sequence[str]) -> tuple[str, ...]:
    """Languages that some child and the other side share, in the order of the children's."""
    own = dict.fromkeys(language for child in children for language in child.languages)
    return tuple(language for language in own if language in spoken)


def _court_name(program: Program, code: str | None) -> str:
    names = (court.name for court in program.courts if court.court_code == code)
    return next(names, "") or code or ""


def _counsel(asked: _Asked, row: GroupPlan) -> Iterator[Point]:
    """Who acts for the group and why, or why nobody does yet and what to do."""
    values = {"court": _court_name(asked.program, row.court_code), "counsel": row.counsel_id or ""}
    if row.counsel_id is None:
        code = next(
            left.reason_code
            for left in asked.plan.unrepresented
            if left.sibling_group_id == row.sibling_group_id
        )
        yield Point(f"counsel.{code}", values)
        return
    counsel = asked.problem.counsel[asked.problem.counsel_index[row.counsel_id]]
    shared = _shared(asked.group.children, counsel.languages)
    yield Point("counsel.takes_language" if shared else "counsel.takes", values, languages=shared)
    if asked.pinned(row.counsel_id):
        yield Point("counsel.chosen")


def _unmet(asked: _Asked, row: GroupPlan) -> tuple[list[Point], list[tuple[str, str]]]:
    """What the plan could not meet, with the rules that stood in the way."""
    group, points = asked.group, []
    if row.license_exception:
        points.append(Point("unmet.exception", {"most": asked.problem.policy.household_max}))
    without = sum(not shares for shares in row.children_sharing_language)
    if without and not any(child.languages for child in group.children):
        points.append(Point("unmet.language_unknown"))
    elif without:
        points.append(_of_all("unmet.language", without, group))
    if any(row.interpreter_needed):
        points.append(_of_all("unmet.interpreter", sum(row.interpreter_needed), group))
    if row.venue_change_needed:
        points.append(Point("unmet.venue", {"court": _court_name(asked.program, row.court_code)}))
    kin, broken = _kin_not_used(asked) if not row.kin else ([], [])
    wishes, refused = _refused_wishes(asked)
    return [*points, *kin, *wishes], [*broken, *refused]


def _of_all(key: str, count: int, group: Group) -> Point:
    return Point(key if count == group.size else f"{key}_some", {"n": count})


def _kin_not_used(asked: _Asked) -> tuple[list[Point], list[tuple[str, str]]]:
    """Kin homes of the group to which the plan does not send it, each with the rules that refuse it."""
    points: list[Point] = []
    broken: list[tuple[str, str]] = []
    for home_id in sorted(asked.links):
        if asked.state(home_id).home.kind != "kin":
            continue
        codes = asked.refused[home_id]
        key = "unmet.kin_refused" if codes else "unmet.kin_lawful"
        points.append(Point(key, {"home": home_id}, rules=codes, who=asked.who(home_id)))
        broken += [(code, home_id) for code in codes]
    return points, broken


def _refused_wishes(asked: _Asked) -> tuple[list[Point], list[tuple[str, str]]]:
    """Homes and counsel that a worker pinned the group to, which a rule refused."""
    pins = [pin for pin in asked.plan.refused_pins if pin.group == asked.group.group_id]
    points = [Point("unmet.wish_refused", {"target": pin.target}, rules=(pin.rule,)) for pin in pins]
    return points, [(pin.rule, pin.target) for pin in pins]


def _waiting(asked: _Asked) -> Explanation:
    group = asked.group
    first = Point("waiting.none_one" if group.size == 1 else "waiting.none", {"n": group.size})
    if group.standing_homes:
        middle, broken = _siblings_elsewhere(asked)
        last = [Point("waiting.ask_siblings")]
    else:
        middle, broken = _no_home(asked)
        last = _next_steps(group)
    kin, kin_broken = _kin_not_used(asked)
    wishes, refused = _refused_wishes(asked)
    points = (first, middle, *kin, *wishes, *last)
    return Explanation(group.group_id, "waiting", None, None, points, broken=(*broken, *kin_broken, *refused))


def _siblings_elsewhere(asked: _Asked) -> tuple[Point, list[tuple[str, str]]]:
    homes = asked.group.standing_homes
    if len(homes) > 1:
        return Point("waiting.siblings_apart", ids=homes), [("sibling_already_placed", "")]
    codes = asked.refused[homes[0]]
    key = "waiting.sibling_already_placed" if codes else "waiting.sibling_no_room"
    return Point(key, {"home": homes[0]}, rules=codes), [(code, homes[0]) for code in codes]


def _no_home(asked: _Asked) -> tuple[Point, list[tuple[str, str]]]:
    """No room where some home is lawful; else the rules that refuse most of the homes open to the group."""
    if not all(asked.refused.values()):
        return Point("waiting.no_room"), [("no_room", "")]
    is_open = [codes for codes in asked.refused.values() if "kin_only" not in codes]
    counts = Counter(code for codes in is_open for code in codes)
    most = tuple(code for code, _ in counts.most_common(MOST_RULES))
    if not most:
        return Point("waiting.no_lawful_home_at_all"), [("kin_only", "")]
    return Point("waiting.no_lawful_home", rules=most), [(code, "") for code in most]


def _next_steps(group: Group) -> list[Point]:
    low, high = group.age_min, group.age_max
    values: dict[str, int | str] = {"n": group.size, "ages": f"{low}" if low == high else f"{low}–{high}"}
    found = [Point("waiting.find_one" if group.size == 1 else "waiting.find", values)]
    return [*found, Point("waiting.find_needs")] if group.needs else found
