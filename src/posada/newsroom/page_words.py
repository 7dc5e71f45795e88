"""The words of the pages that every newsroom begins with, in English and Spanish; editors change them at the desk.

Tests: tests/newsroom/test_site.py.
"""

from dataclasses import dataclass

from posada.newsroom import unfound_words

HOME = (
    (
        "Somewhere tonight a child needs your spare room.",
        "Children who fled alone wait for a family. We check, train, pay and stay beside you; lawyers give their "
        "hours so that each child is heard.",
    ),
    (
        "Esta noche, en algún lugar, un niño necesita su cuarto libre.",
        "Niños que huyeron solos esperan una familia. Nosotros revisamos, capacitamos, pagamos y lo acompañamos; "
        "los abogados dan sus horas para que cada niño sea escuchado.",
    ),
)


@dataclass(frozen=True, slots=True)
class Words:
    """A page: its kind, and title, slug and words in both languages. A line break begins a new paragraph."""

    kind: str
    told: tuple[tuple[str, str, str], tuple[str, str, str]]
    in_menu: bool = True


PAGES = (
    Words(
        "home",
        (
            (
                "Open your home",
                "open-your-home",
                "A few questions, about four minutes. It saves as you go. You promise nothing yet.",
            ),
            (
                "Abra su hogar",
                "abra-su-hogar",
                "Unas preguntas, unos cuatro minutos. Se guarda a cada paso. Todavía no promete nada.",
            ),
        ),
    ),
    Words(
        "hours",
        (
            (
                "Give your hours",
                "give-your-hours",
                "Lawyers, interpreters and mentors: say what you could give. It saves as you go.",
            ),
            (
                "Dé sus horas",
                "de-sus-horas",
                "Abogados, intérpretes y mentores: díganos qué podrían dar. Se guarda a cada paso.",
            ),
        ),
    ),
    Words("newsroom", (("Newsroom", "newsroom", ""), ("Sala de prensa", "sala-de-prensa", ""))),
    Words(
        "numbers",
        (
            (
                "Numbers",
                "numbers",
                "Every number here is counted from the work itself, with the day on which it was counted, what it "
                "is a part of, and where it comes from.",
            ),
            (
                "Cifras",
                "cifras",
                "Cada cifra se cuenta a partir del trabajo mismo, con el día en que se contó, de qué total es parte "
                "y de dónde viene.",
            ),
        ),
    ),
    Words(
        "text",
        (
            (
                "Know your rights",
                "know-your-rights",
                "You do not have to open the door to anybody who has no order signed by a judge. You may ask to see "
                "it through the window or under the door.\nYou may stay silent, and say that you want to speak "
                "with a lawyer first. Do not sign what you do not understand.\nA child has the right to be heard, "
                "and to a language that the child speaks.\nThis is information, not legal advice: ask a lawyer or "
                "an accredited representative about your own case.",
            ),
            (
                "Conozca sus derechos",
                "conozca-sus-derechos",
                "No tiene que abrir la puerta a nadie que no traiga una orden firmada por un juez. Puede pedir que se "
                "la muestren por la ventana o por debajo de la puerta.\nPuede guardar silencio y decir que quiere "
                "hablar primero con un abogado. No firme lo que no entienda.\nUn niño tiene derecho a ser "
                "escuchado, y a un idioma que hable.\nEsto es información, no consejo legal: pregunte por su caso a "
                "un abogado o a un representante acreditado.",
            ),
        ),
    ),
    Words(
        "text",
        (
            (
                "About the program",
                "about",
                "Families open their homes to children who fled alone. Each home is checked, trained and visited. "
                "Brothers and sisters stay together, and kin come first.\nLawyers give their hours, so that each "
                "child is heard before a decision.\nA person decides about every child. The software proposes, says "
                "why, and keeps what was decided.",
            ),
            (
                "Acerca del programa",
                "acerca-del-programa",
                "Las familias abren su hogar a niños que huyeron solos. Cada hogar se revisa, se capacita y se "
                "visita. Los hermanos siguen juntos, y la familia va primero.\nLos abogados dan sus horas para que "
                "cada niño sea escuchado antes de una decisión.\nUna persona decide sobre cada niño. El programa de "
                "cómputo propone, dice por qué y guarda lo que se decidió.",
            ),
        ),
        in_menu=False,
    ),
    Words(
        "text",
        (
            (
                "Contact",
                "contact",
                "The quickest way is the form: somebody calls within three working days, in your language.",
            ),
            (
                "Contacto",
                "contacto",
                "Lo más rápido es el formulario: alguien lo llama en tres días hábiles, en su idioma.",
            ),
        ),
        in_menu=False,
    ),
    Words(
        "text",
        (
            (
                "Privacy",
                "privacy",
                "This site loads nothing from other sites, sets no cookie and counts no visitor.\nWhat you write in a "
                "form is sealed so that only the program’s office can open it. A form that you have begun is kept "
                "for 14 days and opens only with your link.\nNothing here says where a child is, and nothing here is "
                "made from a list of names.",
            ),
            (
                "Privacidad",
                "privacidad",
                "Este sitio no carga nada de otros sitios, no deja cookies y no cuenta a sus visitantes.\nLo que "
                "escribe en un formulario se sella para que solo la oficina del programa pueda abrirlo. Un "
                "formulario empezado se guarda 14 días y solo se abre con su enlace.\nNada aquí dice dónde está un "
                "niño, y nada aquí se hace a partir de una lista de nombres.",
            ),
        ),
        in_menu=False,
    ),
    Words(
        "text",
        tuple(zip(unfound_words.TITLE, unfound_words.SLUG, map(unfound_words.told, (0, 1)), strict=True)),  # type: ignore[arg-type]
        in_menu=False,
    ),
)
