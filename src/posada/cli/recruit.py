"""`posada recruit`: the homes and counsel that would help most, each gain by planning anew.

Docs: docs/how-to/whom-to-recruit.md. Tests: tests/cli/test_recruit.py.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from posada.cli.plan import Language
from posada.cli.refusals import NothingDone
from posada.cli.streams import progress, say, write, write_json

if TYPE_CHECKING:
    from posada.cli.opened_plan import OpenedPlan
    from posada.placement.recruit import Gain, Recruitment
    from posada.records import LevelResult

MOST = 50


def recruit(
    plan: Annotated[Path, typer.Argument(help="The folder of a plan.", show_default=False)],
    top: Annotated[int, typer.Option("--top", min=1, max=MOST, help="How many to list.")] = 10,
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="FILE", help="Also write the plan's page anew, with the list on it."),
    ] = None,
    lang: Annotated[Language, typer.Option("--lang", help="The language of the page.")] = Language.en,
    internal: Annotated[
        bool, typer.Option("--internal", help="Make the page with ids and small counts: for the office only.")
    ] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Replace a page that is there already.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the list as JSON.")] = False,
) -> None:
    """List the homes and counsel that would help most, and write them to recruit.csv.

    Each gain is found by planning anew with that home or counsel in the program, and then with all of them.
    """
    from posada.cli.opened_plan import open_plan
    from posada.cli.page_file import check_page, staged_page
    from posada.placement.recruit import recruit as ask
    from posada.placement.recruit import recruit_rows
    from posada.programme.recruit_file import write_recruit
    from posada.programme.write import INPUT_FOLDER

    if html is not None:
        if (plan / INPUT_FOLDER).resolve() in html.resolve().parents:
            raise NothingDone(f"{html}: choose a place that is not in the copy of the input.")
        check_page(html, out=plan / INPUT_FOLDER, replace=replace)
    with progress() as doing:
        opened = open_plan(plan, progress=doing)
        found = ask(opened.program, policy=opened.policy, plan=opened.plan, top=top, progress=doing)
        doing("Writing")
        text = None if html is None else _page(opened, found, lang=lang.value, internal=internal)
        with staged_page(html, text=text or "") as put_page:
            file = write_recruit(opened.folder, recruit_rows(found.gains))
            put_page()
    if json:
        write_json(_as_json(found))
    else:
        _tell(found, opened=opened, file=file)
    say(*_cautions(found))


def _page(opened: "OpenedPlan", found: "Recruitment", *, lang: str, internal: bool) -> str:
    from posada.page.render import render

    return render(
        plan=opened.plan,
        program=opened.program,
        policy_title=opened.policy.title,
        summary=opened.folder.summary,
        lang=lang,
        internal=internal,
        recruit=found.gains,
    )


def _as_json(found: "Recruitment") -> dict[str, object]:
    return {
        "recruit": [_gain_as_json(gain, before=found.before) for gain in found.gains],
        "together": _levels(found.before, found.together),
        "alone_added_up": _added_up(found.gains),
        "considered": found.considered,
        "planned_anew": found.solved,
        "not_tried": found.passed_over,
    }


def _gain_as_json(gain: "Gain", *, before: Sequence["LevelResult"]) -> dict[str, object]:
    wanted = gain.wanted
    is_home = wanted.kind == "home"
    return {
        "kind": wanted.kind,
        "county_fips": wanted.place if is_home else None,
        "court_code": None if is_home else wanted.place,
        "languages": list(wanted.languages),
        "beds": wanted.beds,
        "max_siblings": wanted.max_siblings,
        "needs": list(wanted.needs),
        "open_slots": wanted.slots,
        "level": gain.level,
        "children_gained": gain.children,
        "proven": gain.proven,
        "children_like_these": wanted.reach,
        "levels": _levels(before, gain.after),
    }


def _levels(before: Sequence["LevelResult"], after: Sequence["LevelResult"]) -> list[dict[str, object]]:
    from posada.programme.plan_summary import level_number

    return [
        {"name": old.name, "before": level_number(old, old.value), "after": level_number(new, new.value)}
        for old, new in zip(before, after, strict=False)
    ]


def _added_up(gains: Sequence["Gain"]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for gain in gains:
        sums[gain.level] = sums.get(gain.level, 0) + gain.children
    return sums


def _tell(found: "Recruitment", *, opened: "OpenedPlan", file: Path) -> None:
    if not found.gains:
        write("Nobody was found whom one more home, or one more counsel, would help.\n")
        write(f"{file}: written, with no rows.\n")
        return
    write("Whom to recruit, and what each gains alone:\n")
    courts = {court.court_code: court.name for court in opened.program.courts}
    for number, gain in enumerate(found.gains, 1):
        write(f"{number:2}. {_who(gain, courts=courts)}: {_in_words(gain)}.\n")
    write("".join(f"{line}\n" for line in _together(found)))
    write(f"List: {file}\n")


def _who(gain: "Gain", *, courts: Mapping[str, str]) -> str:
    """Who is wanted, where, and for whom: "a home in Baltimore city, MD with 2 beds, Spanish spoken"."""
    from posada.cli.sentences import counted
    from posada.placement.explain_words import words_in

    wanted, words = gain.wanted, words_in("en")
    spoken = ", ".join(words.get(f"languages.{code}", code) for code in wanted.languages)
    if wanted.kind != "home":
        place = courts.get(wanted.place) or wanted.place
        speaks = f", speaking {spoken}" if spoken else ""
        return f"counsel at {place} for {counted(wanted.slots or 0, 'sibling group')}{speaks}"
    together = f" for up to {wanted.max_siblings} siblings" if (wanted.max_siblings or 0) > 1 else ""
    needs = f" (able to meet: {', '.join(wanted.needs)})" if wanted.needs else ""
    speaks = f", {spoken} spoken" if spoken else ""
    return (
        f"a home in {_county(wanted.place)} with {counted(wanted.beds or 0, 'bed')}{together}{speaks}{needs}"
    )


def _county(fips: str) -> str:
    from posada.page.places import county_name, state_of

    return f"{county_name(fips)}, {state_of(fips)}" if state_of(fips) else fips


def _in_words(gain: "Gain") -> str:
    from posada.cli.level_table import changes_in_words
    from posada.records import LevelResult

    none, some = (LevelResult(gain.level, "max", value, value) for value in (0, gain.children))
    words = next(changes_in_words([(none, some)]))
    return words if gain.proven else f"about {words}"


def _together(found: "Recruitment") -> Iterator[str]:
    from posada.cli.level_table import changes_in_words
    from posada.records import LevelResult

    if not found.together:
        return
    pairs = list(zip(found.before, found.together, strict=True))
    changes = "; ".join(changes_in_words(pairs)) or "nothing more than the first of them"
    yield f"All {len(found.gains)} together: {changes}."
    alone = [
        (LevelResult(level, "max", 0, 0), LevelResult(level, "max", total, total))
        for level, total in _added_up(found.gains).items()
    ]
    yield f"Added up, each alone: {'; '.join(changes_in_words(alone))}."
    yield "Gains do not add up: several may help the same children, and one may make room for another."


def _cautions(found: "Recruitment") -> Iterator[str]:
    from posada.cli.sentences import counted

    times = "once" if found.solved == 1 else f"{found.solved} times"
    yield (
        f"{counted(found.considered, 'home or counsel', 'homes and counsel')} considered; "
        f"planned anew {times if found.solved else 'not once'}."
    )
    if found.passed_over:
        yield (
            f"{found.passed_over} of them not tried: a program of this size is not planned anew more often. "
            "Those that looked best were."
        )
    if not all(gain.proven for gain in found.gains):
        yield '"about": the plan is not proven best there, so that part of it may be a better search.'
