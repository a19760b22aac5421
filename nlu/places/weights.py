"""How much each thing speaks for a place or against it, tuned by hand on the written list (its first half) and the made forms."""

from __future__ import annotations

NAME, LETTER, MOST_LETTERS = 1.2, 0.08, 16
"""A name; every letter of it, up to so many: long names are seldom met by chance."""
KIND, LIKE_KIND, LOOSE_KIND = 1.5, 0.7, 0.2
"""Its kind is said; another kind of its level; "tp" before a province that is none."""
WAS_KIND = 0.1
"""Against a name under a kind that it bore before."""
PROVINCE = 0.3
STRANGE = 1.0
"""Against every word with other accents than the name's."""
STRANGE_NAMED = 0.7
"""The same behind a kind."""
SLIP, SHORT = 1.0, 0.5
"""Against a name that had to be mended, and one that is shortened."""
STRANDED = 1.2
"""Against a name that leaves the next word unexplained."""
INSIDE = 0.6
"""Against a name that is only a piece of a longer one: "Điện Biên" in "Điện Biên Phủ"."""
TODAY = 0.5
"""For a commune of today against an old one of the same name."""
WHOLE = 0.8
"""For a province where no kind is said: "Thanh Hóa" is first of all the province."""
LAND = 0.6
"""Share of a district's weight that counts for a commune of today on its land; for an old commune all of it counts."""
NEIGHBOUR = 0.4
"""Share of an old province's weight that counts for a place elsewhere in what is one province today."""
TIE = 0.2
"""Readings closer than this are equally likely."""
RIVAL = 0.9
"""Another place of the name that is closer than this makes a reading a guess."""
