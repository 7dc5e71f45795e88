"""How we keep families from being found, told to families: each sentence with the test that shows it.

Both the public page and docs/explanation/how-we-keep-families-from-being-found.md tell these sentences.
Tests: tests/newsroom/test_unfound_words.py.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shown:
    """A sentence in both languages, and the test that fails where it is not true: file and name."""

    said: tuple[str, str]
    file: str
    test: str


APART, HUNT = "tests/newsroom/test_database_login.py", "tests/promises/test_36_nothing_public_to_hunt_with.py"
SENTENCES = (
    Shown(
        (
            "This site does not know where any child is: its program cannot use any part of the office’s program.",
            "Este sitio no sabe dónde está ningún niño: su programa no puede usar ninguna parte del de la oficina.",
        ),
        "tests/test_structure.py",
        "test_rooms_import_only_what_the_contracts_allow",
    ),
    Shown(
        (
            "It is never told the office’s folder, keys or database.",
            "Nunca recibe la carpeta, las llaves ni la base de datos de la oficina.",
        ),
        "tests/web/test_apart.py",
        "test_the_newsroom_is_given_nothing_of_the_office",
    ),
    Shown(
        (
            "It keeps its own records, and there is no list of children in them.",
            "Guarda sus propios registros, y en ellos no hay ninguna lista de niños.",
        ),
        APART,
        "test_the_newsrooms_own_database_has_no_table_of_the_office",
    ),
    Shown(
        (
            "Even on the same database server it cannot read one line of the office.",
            "Ni en el mismo servidor de datos puede leer una sola línea de la oficina.",
        ),
        APART,
        "test_on_postgresql_its_login_can_read_no_table_of_the_office",
    ),
    Shown(
        (
            "What you write to us is locked at once, and only the office can open it.",
            "Lo que usted nos escribe se cierra con llave de inmediato, y solo la oficina puede abrirlo.",
        ),
        "tests/newsroom/test_forms.py",
        "test_a_family_asks_to_open_its_home_and_only_the_office_can_read_it",
    ),
    Shown(
        (
            "A form that you did not finish opens only with your link.",
            "Un formulario sin terminar se abre solo con su enlace.",
        ),
        "tests/newsroom/test_form_drafts.py",
        "test_a_draft_opens_with_its_link_only",
    ),
    Shown(
        (
            "Once it is sent, nothing of it stays here; a form that nobody sends goes after 14 days.",
            "Una vez enviado, aquí no queda nada de él; un formulario que nadie envía se borra a los 14 días.",
        ),
        "tests/newsroom/test_form_drafts.py",
        "test_once_sent_nothing_of_it_is_kept_and_old_drafts_go",
    ),
    Shown(
        (
            "We wrote made-up names and addresses into the forms, then looked for them in all that this site sends "
            "and keeps: they are nowhere.",
            "Escribimos nombres y direcciones inventados en los formularios y los buscamos en todo lo que este sitio "
            "envía y guarda: no están en ninguna parte.",
        ),
        HUNT,
        "test_what_families_write_stands_in_no_byte_log_cache_or_file",
    ),
    Shown(
        (
            "Nobody can find out whether you wrote to us by trying links: the answers are all the same length.",
            "Nadie puede averiguar si usted nos escribió probando enlaces: todas las respuestas miden lo mismo.",
        ),
        HUNT,
        "test_a_link_that_is_known_is_as_long_as_one_that_is_not",
    ),
    Shown(
        (
            "We show no count under 11, and none that lets you work out such a count, not even from one day to the "
            "next.",
            "No mostramos ninguna cuenta menor de 11, ni otra que permita calcularla, ni siquiera de un día a otro.",
        ),
        "tests/ledger/test_publish.py",
        "test_no_edition_shows_a_small_count_and_none_follows_from_the_one_before",
    ),
    Shown(
        (
            "Each number is signed by the office; if one digit is changed, we show none of them.",
            "La oficina firma cada cifra; si se cambia un solo dígito, no mostramos ninguna.",
        ),
        "tests/newsroom/test_figures.py",
        "test_a_changed_digit_makes_all_of_it_void",
    ),
    Shown(
        (
            "The pages load nothing from other companies, so no other company learns that you were here. There are "
            "two exceptions: if you play a live video, the company that holds it learns of your visit; if you ask "
            "for messages, the maker of your browser carries them and learns that this site writes to you.",
            "Las páginas no cargan nada de otras empresas, así que ninguna otra empresa sabe que usted estuvo aquí. "
            "Hay dos excepciones: si usted ve un video en vivo, la empresa que lo guarda sabe de su visita; si pide "
            "avisos, el fabricante de su navegador los lleva y sabe que este sitio le escribe.",
        ),
        "tests/newsroom/test_budget.py",
        "test_each_page_stays_within_its_budget_and_asks_nobody_else",
    ),
    Shown(
        (
            "Two people read every story before it goes out; only the short lines said during a live event go out at"
            " once.",
            "Dos personas leen cada noticia antes de que salga; solo las frases breves que se dicen durante un "
            "evento en vivo salen de inmediato.",
        ),
        "tests/newsroom/test_desk.py",
        "test_a_second_reader_publishes_and_the_writer_cannot",
    ),
    Shown(
        (
            "The people who write here need more than a password to get in.",
            "Quienes escriben aquí necesitan más que una contraseña para entrar.",
        ),
        "tests/newsroom/test_desk_gate.py",
        "test_no_page_of_the_desk_opens_with_the_password_alone",
    ),
)
NOT_PROMISED = (
    "What we cannot promise: somebody who can see your internet line may see that you opened this site, though not "
    "what you read or wrote. If that is a danger to you, use a phone or computer that you trust.",
    "Lo que no podemos prometer: quien pueda ver su línea de internet puede ver que usted abrió este sitio, aunque no "
    "lo que leyó ni lo que escribió. Si eso es un peligro para usted, use un teléfono o computadora de confianza.",
)
TITLE = ("How we keep families from being found", "Cómo evitamos que encuentren a las familias")
SLUG = ("how-we-keep-families-from-being-found", "como-evitamos-que-encuentren-a-las-familias")


def told(at: int) -> str:
    """The words of the page in a language (0: English, 1: Spanish), one paragraph in each line, as HTML."""
    lines = [f"{each.said[at]} <i>{each.test}</i>" for each in SENTENCES]
    return "\n".join([*lines, NOT_PROMISED[at]])
