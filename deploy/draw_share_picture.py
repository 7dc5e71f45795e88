"""Draws the picture that a shared link shows: the street with one open door, 1200 by 630 pixels.

Run as `python deploy/draw_share_picture.py` after the scene or the fonts have changed; it needs Chromium; Pillow
comes with the newsroom. Comes in: the scene of the first page. Goes out: src/posada/web/static/posada/share.png.
"""

import re
import sys
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

SCENE = ROOT / "src/posada/newsroom/templates/newsroom/scene.html"
MADE = ROOT / "src/posada/web/static/posada/share.png"
COLORS = 64


def main() -> None:
    """Draw it."""
    from PIL import Image

    from tests.chromium import chromium

    scene = re.sub(r"{%.*?%}", "", SCENE.read_text(encoding="utf-8"))
    style = (
        "body{margin:0;background:#2a2033;display:grid;place-items:end center;height:630px}svg{height:600px}"
    )
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 1200, "height": 630})
        page.set_content(f"<style>{style}</style>{scene}")
        shown = page.screenshot()
    drawn = Image.open(BytesIO(shown)).convert("RGB").quantize(COLORS)
    drawn.save(MADE, optimize=True)


if __name__ == "__main__":
    main()
