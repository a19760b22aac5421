"""The colours of the page reach WCAG 2.2 AA in light and in dark."""

from __future__ import annotations

import re
from importlib import resources

import pytest

TEXT = [
    ("ink", "surface"),
    ("ink", "ground"),
    ("quiet", "surface"),
    ("quiet", "ground"),
    ("quiet", "tint"),
    ("brand", "surface"),
    ("brand", "tint"),
    ("brand", "hover"),
    ("brand-ink", "brand"),
    ("mine-ink", "mine"),
    ("alarm", "surface"),
    ("alarm", "ground"),
]
SHAPES = [("edge", "surface"), ("edge", "ground"), ("focus", "surface"), ("focus", "ground"), ("brand", "ground")]


def palettes() -> dict[str, dict[str, str]]:
    css = (resources.files("bot.channels.web") / "static" / "page.css").read_text("utf-8")
    light, dark = re.findall(r":root \{(.*?)\}", css, re.S)[:2]
    read = {name: dict(re.findall(r"--([\w-]+): (#\w+)", block)) for name, block in (("light", light), ("dark", dark))}
    return {"light": read["light"], "dark": {**read["light"], **read["dark"]}}


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_and_shapes_stand_out(scheme: str) -> None:
    colours = palettes()[scheme]
    weak = [(a, b) for a, b in TEXT if contrast(colours[a], colours[b]) < 4.5]
    weak += [(a, b) for a, b in SHAPES if contrast(colours[a], colours[b]) < 3]
    assert weak == []
