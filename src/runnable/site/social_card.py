"""Draws a page's social card: the image that other sites show beside a link to the page."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import mkdocs
from PIL import Image, ImageDraw, ImageFont

SIZE = (1200, 630)  # what Open Graph's readers show whole
MARGIN = 90
WIDTH = SIZE[0] - 2 * MARGIN
LINES = 3
GROUND, INK, QUIET = "#4051b5", "#ffffff", "#dfe3f5"
# Lato, under the SIL Open Font License, comes with one of MkDocs' own themes.
FONT = Path(mkdocs.__file__).parent / "themes/readthedocs/css/fonts/lato-bold.woff"


def draw_card(title: str, site: str, line: str) -> Image.Image:
    """Draw a card: the title as large as fits, below it the site's name, and a line about it.

    Args:
        title: The page's.
        site: The site's name.
        line: What the site is, in at most sixty characters.
    """
    card = Image.new("RGB", SIZE, GROUND)
    draw = ImageDraw.Draw(card)
    for size in range(104, 40, -8):
        lines = _wrap(title, _font(size))
        if len(lines) <= LINES and max(map(_font(size).getlength, lines)) <= WIDTH:
            break
    draw.multiline_text((MARGIN, MARGIN), "\n".join(lines), INK, _font(size), spacing=size // 4)
    bottom = SIZE[1] - MARGIN
    draw.line((MARGIN, bottom - 130, MARGIN + 120, bottom - 130), INK, 6)
    draw.text((MARGIN, bottom - 50), site, INK, _font(48), anchor="ls")
    draw.text((MARGIN, bottom), line, QUIET, _font(32), anchor="ls")
    return card.quantize(32)  # a fifth of the bytes, and looks the same


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONT, size)


def _wrap(text: str, font: ImageFont.FreeTypeFont) -> list[str]:
    """Break a text into lines that fit the card; a word that is too long stands alone."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= WIDTH:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
