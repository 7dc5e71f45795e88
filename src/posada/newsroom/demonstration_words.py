"""The words of the demonstration's stories, in English and Spanish; numbers in them are named, not typed.

Tests: tests/newsroom/test_site.py.
"""

from typing import Any

BYLINE = ("The program’s newsroom", "Sala de prensa del programa")
ARTICLE: tuple[dict[str, str], ...] = (
    {
        "title": "A state asked, and doors opened",
        "slug": "a-state-asked",
        "summary": "How neighbors, lawyers and a plan that anybody can check gave children a home.",
    },
    {
        "title": "Un estado pidió ayuda, y las puertas se abrieron",
        "slug": "un-estado-pidio-ayuda",
        "summary": "Cómo vecinos, abogados y un plan que cualquiera puede revisar dieron un hogar a los niños.",
    },
)
ARTICLE_BODY: tuple[list[Any], ...] = (
    [
        (
            "text",
            "<p>Some nights begin with a list of names and no address. In 2014 it was a list of tens of thousands: "
            "children who had come to the border alone. A governor asked the people of his state to step up.</p>",
        ),
        (
            "text",
            "<p>They did. Families cleared a room and opened the door to people who came to check it. Lawyers looked "
            "at their calendars and gave what they had. As of now [[children_sheltered]] children have a home "
            "through this program.</p>",
        ),
        ("figure", {"figure": "children_sheltered", "words": "children have a home"}),
        ("heading", "Brothers and sisters first"),
        (
            "text",
            "<p>No plan here may part brothers and sisters without an order that somebody signs. Kin are looked for "
            "before strangers are asked. Of the groups that came together, [[siblings_together]] live together.</p>",
        ),
        ("heading", "Heard before a decision"),
        (
            "text",
            "<p>A child who has counsel is heard. [[children_represented]] have somebody who speaks for them. More of "
            "those who were represented were allowed to stay; nobody here claims that the one caused the other.</p>",
        ),
    ],
    [
        (
            "text",
            "<p>Hay noches que empiezan con una lista de nombres y ninguna dirección. En 2014 fue una lista de decenas "
            "de miles: niños que llegaron solos a la frontera. Un gobernador pidió a su gente que diera un paso.</p>",
        ),
        (
            "text",
            "<p>Y lo dieron. Las familias vaciaron un cuarto y abrieron la puerta a quienes venían a revisarlo. Los "
            "abogados miraron su agenda y dieron lo que tenían. Hoy [[children_sheltered]] niños tienen un hogar "
            "gracias a este programa.</p>",
        ),
        ("figure", {"figure": "children_sheltered", "words": "niños tienen un hogar"}),
        ("heading", "Primero los hermanos"),
        (
            "text",
            "<p>Ningún plan puede separar a hermanos sin una orden que alguien firme. Se busca a la familia antes de "
            "preguntar a desconocidos. De los grupos que llegaron juntos, [[siblings_together]] viven juntos.</p>",
        ),
        ("heading", "Escuchados antes de decidir"),
        (
            "text",
            "<p>A un niño con abogado se le escucha. [[children_represented]] tienen quien hable por ellos. Entre los "
            "representados, más pudieron quedarse; nadie aquí afirma que lo uno causara lo otro.</p>",
        ),
    ],
)
CLIP: tuple[dict[str, str], ...] = (
    {
        "title": "Who opened the door",
        "slug": "who-opened-the-door",
        "summary": "The program’s story in a minute and a half, to watch or to read.",
    },
    {
        "title": "Quién abrió la puerta",
        "slug": "quien-abrio-la-puerta",
        "summary": "La historia del programa en minuto y medio, para ver o para leer.",
    },
)
CLIP_BODY: tuple[list[Any], ...] = (
    [
        (
            "text",
            "<p>The clip has no sound: everything that it tells stands in its captions and its transcript.</p>",
        )
    ],
    [
        (
            "text",
            "<p>El video no tiene sonido: todo lo que cuenta está en sus subtítulos y en su transcripción.</p>",
        )
    ],
)
EVENT: tuple[dict[str, str], ...] = (
    {
        "title": "Briefing: winter arrivals",
        "slug": "briefing-winter-arrivals",
        "summary": "What is needed before winter, with time for questions. Everything said stands here as text.",
    },
    {
        "title": "Conferencia: llegadas de invierno",
        "slug": "conferencia-llegadas-de-invierno",
        "summary": "Qué hace falta antes del invierno, con tiempo para preguntas. Todo queda aquí también como texto.",
    },
)
EVENT_BODY: tuple[list[Any], ...] = (
    [("text", "<p>Come back here when it begins: the page shows the video and the stream of text.</p>")],
    [("text", "<p>Vuelva cuando empiece: la página mostrará el video y el texto.</p>")],
)
