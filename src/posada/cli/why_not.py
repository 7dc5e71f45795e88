"""`posada why-not`: the rules that refuse a home or counsel, or what forcing it would change.

Docs: docs/how-to/ask-why.md. Tests: tests/cli/test_why_not.py.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from posada.cli.streams import console, progress, say, write, write_json

if TYPE_CHECKING:
    from posada.placement.why_not import Answer

MOST_GROUPS = 10


def why_not(
    plan: Annotated[Path, typer.Argument(help="The folder of a plan.", show_default=False)],
    group: Annotated[str, typer.Argument(help="The id of a sibling group.", show_default=False)],
    home: Annotated[str, typer.Argument(help="The id of a home, or of counsel.", show_default=False)],
    json: Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")] = False,
) -> None:
    """Say why a sibling group does not go to a home or counsel.

    Every rule that refuses it; or, where it is lawful, what each level would lose or gain, by planning anew.
    """
    from posada.cli.opened_plan import open_plan
    from posada.placement.why_not import why_not as ask

    with progress() as doing:
        opened = open_plan(plan, progress=doing)
        doing("Asking the rules")
        answer = ask(
            opened.program,
            policy=opened.policy,
            plan=opened.plan,
            group=group,
            target=home,
            progress=doing,
        )
    if json:
        write_json(_as_json(answer))
        return
    _tell(answer)
    if answer.lawful and not answer.stands_already and not all(v.proven_optimal for v in answer.before):
        say("The plan as it stands is not proven best on every level; that may be part of a difference.")


def _as_json(answer: "Answer") -> dict[str, object]:
    from posada.programme.plan_summary import level_number

    return {
        "lawful": answer.lawful,
        "refused_by": list(answer.refused_by),
        "levels": [
            {
                "name": before.name,
                "before": level_number(before, before.value),
                "after": level_number(after, after.value),
            }
            for before, after in zip(answer.before, answer.after, strict=True)
        ],
        "moved_groups": list(answer.moved_groups),
    }


def _tell(answer: "Answer") -> None:
    from posada.cli.level_table import changes_in_words, level_table
    from posada.placement.explain_words import rule_words

    what = f"{'counsel' if answer.is_counsel else 'home'} {answer.target}"
    goes = "be matched with" if answer.is_counsel else "go to"
    if answer.stands_already:
        write(f"Group {answer.group} {'has' if answer.is_counsel else 'is in'} {what} already.\n")
        return
    if not answer.lawful:
        write(f"Group {answer.group} may not {goes} {what}:\n")
        write("".join(f"  {code}: {rule_words(code, language='en')}\n" for code in answer.refused_by))
        return
    pairs = list(zip(answer.before, answer.after, strict=True))
    changes = list(changes_in_words(pairs))
    price = "; ".join(changes) if changes else "every level stays as it is"
    write(f"Group {answer.group} may {goes} {what}. With that: {price}.\n")
    write(f"{_moved(answer)}\n")
    console().print(level_table(pairs, title="Level by level", one="now", other="with it"))


def _moved(answer: "Answer") -> str:
    from posada.cli.sentences import counted

    others = [group for group in answer.moved_groups if group != answer.group]
    if not others:
        return "No other group changes its home or counsel."
    more = len(others) - MOST_GROUPS
    listed = ", ".join(others[:MOST_GROUPS]) + (f" and {more:,} more" if more > 0 else "")
    verb = "changes" if len(others) == 1 else "change"
    ties = " Where plans are equally good, groups may trade places at no cost." if more > 0 else ""
    return f"{counted(len(others), 'other group')} {verb} home or counsel: {listed}.{ties}"
