"""One self-contained HTML file that shows a plan: no script, no request, readable by everybody.

Comes in: a plan, its program and the plan's summary. Goes out: the page's text. The public page has no id
and no small number (disclosure.py); the office's page has both, and says that it must not be shared.
Style and fonts are inside the file; the content policy in it allows nothing else.
"""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib import resources

from jinja2 import Environment, StrictUndefined, Template

from posada import __version__
from posada.page.counts import count
from posada.page.detail import MOST_GROUPS, listings
from posada.page.disclosure import is_small
from posada.page.recruit_shown import appeals, office_list
from posada.page.shown import exactly, for_the_public
from posada.page.story import FIRST_ROWS, tell
from posada.page.wording import Wording
from posada.placement.recruit import Gain
from posada.records import Plan, Program

_FONTS = (
    ("Young Serif", "young-serif.woff2", "400"),
    ("Atkinson Hyperlegible Next", "atkinson.woff2", "200 800"),
)


def render(
    *,
    plan: Plan,
    program: Program,
    policy_title: str,
    summary: Mapping[str, object],
    lang: str = "en",
    internal: bool = False,
    recruit: Sequence[Gain] = (),
) -> str:
    """The page of a plan, as HTML text.

    Args:
        plan: the plan.
        program: the program it was made for.
        policy_title: the title of the policy it kept.
        summary: what summary.json holds; read are `version`, `input_sha256` and `rejected_rows`.
        lang: "en" or "es".
        internal: for the office only: with ids and exact numbers, under a banner that says so.
        recruit: whom to recruit, if it was asked for.

    Raises:
        ValueError: `lang` is another language.
    """
    words = Wording(lang)
    counts = count(plan, program)
    shown = exactly(counts) if internal else for_the_public(counts)
    style = _style(words("internal.print") if internal else "")
    return _template().render(
        w=words,
        story=tell(counts, shown, program=program, words=words),
        lists=(*office_list(recruit, program, words), *listings(plan, program, words)) if internal else (),
        appeals=() if internal else appeals(recruit, program, words),
        internal=internal,
        program_name=program.name,
        plan_day=words.day(program.plan_date),
        plan_date=program.plan_date.isoformat(),
        policy_title=policy_title,
        version=str(summary.get("version") or __version__),
        digest=str(summary.get("input_sha256") or program.input_sha256),
        refused=_refused(summary, words, internal=internal),
        time_limit_reached=plan.time_limit_reached,
        style=style,
        style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        first_rows=FIRST_ROWS,
        most_groups=MOST_GROUPS,
        all_groups=len(plan.groups),
    )


def _refused(summary: Mapping[str, object], words: Wording, *, internal: bool) -> str:
    """How many input rows were refused: rows may be children, so that a small number is hidden too."""
    rows = summary.get("rejected_rows", 0)
    if not isinstance(rows, int) or rows == 0:
        return words("about.refused_none")
    return words("about.refused_few") if is_small(rows) and not internal else words.number(rows)


@lru_cache
def _template() -> Template:
    """The page's template; every value is escaped."""
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(_asset("page.html.jinja").decode())


@lru_cache
def _style(print_mark: str) -> str:
    """The style sheet with its fonts inside; `print_mark` is printed above every sheet."""
    faces = "".join(
        f'@font-face{{font-family:"{family}";font-weight:{weight};font-display:swap;'
        f'src:url(data:font/woff2;base64,{base64.b64encode(_asset(file)).decode()}) format("woff2")}}\n'
        for family, file, weight in _FONTS
    )
    mark = f'\n@media print{{@page{{@top-center{{content:"{print_mark}"}}}}}}' if print_mark else ""
    return faces + _asset("page.css").decode() + mark


def _asset(name: str) -> bytes:
    return resources.files("posada.page").joinpath(f"assets/{name}").read_bytes()
