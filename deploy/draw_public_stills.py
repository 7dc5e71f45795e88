"""Takes the stills of the public site and its desk for the documentation: docs/media/public-*.webp.

Run as `python deploy/draw_public_stills.py`; it needs Chromium. Comes in: a demonstration's newsroom, made and served
here with made-up figures. Goes out: small pictures.
"""

import sys
import tempfile
from io import BytesIO
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

MEDIA = ROOT / "docs" / "media"
QUALITY = 60
PHONE, DESK = (390, 844), (1280, 800)
SHOTS = (
    ("public-home", "/", DESK, "light"),
    ("public-hogar", "/es/abra-su-hogar/", PHONE, "light"),
    ("public-article", "/newsroom/a-state-asked/", DESK, "dark"),
    ("public-clip", "/newsroom/who-opened-the-door/", DESK, "light"),
)
MORE = (
    ("siblings_together", 97, 100, "percent", "groups of siblings that came together live together"),
    ("children_represented", 83, 100, "percent", "children who have counsel"),
)


def main() -> None:
    """Take them all."""
    from tests.chromium import chromium
    from tests.newsroom.newsroom_site import figures, make_site, served_site, write_figures

    told = figures()
    for each in told["figures"]:
        each["definition"] = {name: words.lstrip("=") for name, words in each["definition"].items()}
    kept = {"as_of": told["as_of"], "source": "the program's records", "hidden_because": None}
    for name, value, whole, unit, words in MORE:
        defined = {"en": words, "es": words}
        more = {"id": name, "value": value, "unit": unit, "denominator": whole, "definition": defined}
        told["figures"].append(more | kept)
    with tempfile.TemporaryDirectory() as folder, served_site(make_site(Path(folder) / "newsroom")) as site:
        write_figures(site.exchange, told)
        with chromium() as browser:
            for name, path, (width, height), colors in SHOTS:
                page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=colors)
                page.goto(site.address + path)
                _keep(name, page)
                page.close()


def _keep(name: str, page: Any) -> None:
    from PIL import Image

    Image.open(BytesIO(page.screenshot())).convert("RGB").save(
        MEDIA / f"{name}.webp", quality=QUALITY, method=6
    )


if __name__ == "__main__":
    main()
