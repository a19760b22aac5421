"""Says what the post can do for a procedure, and what stands beneath every answer about the post."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.channels.contract import Choice, Reply
from bot.dialogue.postal_ports import AboutPostal
from bot.dialogue.say_answer import vietnamese_date
from bot.dialogue.say_moments import tells_a_day
from bot.dialogue.texts import Texts
from bot.postal.option import Options, Possibility, Standing
from nlu.catalogue.model import Procedure
from nlu.text import fold

_SAYS_NOTHING = re.compile(
    r"(?:(?:nop|gui|tra|nhan)(?: \w+){0,3} )?(?:qua )?(?:dich vu )?buu (?:chinh|dien)(?: cong ich)?[ .;]*|"
)
"""A note of a record that names the post and no condition."""


@dataclass(frozen=True)
class PostalVoice:
    """Says the options with the sentences of ``domain.yml``."""

    texts: Texts
    about: AboutPostal

    def speaking(self, texts: Texts) -> PostalVoice:
        """Return the same in another language."""
        return replace(self, texts=texts)

    def options(self, procedure: Procedure) -> Reply:
        """Say what the post can carry for a procedure, how that is known, and what to do where it is not."""
        options, render = self.about.facts.options(procedure), self.texts.render
        lines = [self._direction("send", options.send), self._direction("receive", options.receive)]
        if not options.offered and options.send == options.receive:
            lines = [self._direction("both", options.send)]
        parts = [render("utter_postal_head", name=procedure.name), "\n".join(lines)]
        if any(one.standing is Standing.UNKNOWN for one in (options.send, options.receive)):
            parts.append(render("utter_postal_ask"))
        parts.append("\n".join(self._sources(options)))
        return Reply("\n\n".join(part for part in parts if part), tuple(self.choices(procedure.code, options)))

    def choices(self, code: str, options: Options | None, without: str = "") -> list[Choice]:
        """Return what can be asked next.

        Args:
            code: of the procedure; empty where none is under discussion.
            options: of that procedure.
            without: name of the flow that was just answered.
        """
        possible = options is None or not options.refused
        rows = (
            ("postal_compare", "utter_button_postal_compare", code, bool(code)),
            ("postal_price", "utter_button_postal_price", code, possible),
            ("postal_offices", "utter_button_postal_offices", "", possible),
            (self.about.request, "utter_button_postal_request", code, bool(code and options and options.offered)),
            ("postal_track", "utter_button_postal_track", "", True),
        )
        return [
            Choice(f"do:{flow}:{rest}".removesuffix(":"), self.texts.render(title))
            for flow, title, rest, shown in rows
            if flow and shown and flow != without
        ]

    def source(self, source: str, as_of: str) -> str:
        """Say where something comes from and how old it is."""
        if not source:
            return ""
        if tells_a_day(source):
            since = ""
        elif as_of:
            since = self.texts.render("utter_postal_as_of", as_of=vietnamese_date(as_of))
        else:
            since = self.texts.render("utter_postal_undated")
        return self.texts.render("utter_postal_source", source=source, since=since)

    def _direction(self, which: str, found: Possibility) -> str:
        what = self.texts.render(f"utter_postal_{which}")
        said = self.texts.render(f"utter_postal_{found.standing}")
        why = self.texts.render(f"utter_postal_why_{found.why}") if found.standing is not Standing.ALLOWED else ""
        note = "" if _SAYS_NOTHING.fullmatch(fold(found.note)) else found.note.rstrip(" .")
        line = f"- {what}: {said}{why}."
        if note:
            line = f"{line} {self.texts.render('utter_postal_note', note=note)}"
        other = found.otherwise
        if other is None:
            return line
        return f"{line} " + self.texts.render(
            "utter_postal_otherwise", source=other.source, said=self.texts.render(f"utter_postal_{other.standing}")
        )

    def _sources(self, options: Options) -> list[str]:
        said = [self.source(one.source, one.as_of) for one in (options.send, options.receive)]
        return [one for one in dict.fromkeys(said) if one]
