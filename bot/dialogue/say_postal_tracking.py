"""Says where an item of the post can be looked up, by when it must arrive, and what may be asked of the post."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.channels.contract import Choice, Reply
from bot.dialogue.choices import ask_about
from bot.dialogue.postal_ports import AboutPostal
from bot.dialogue.say_moments import say_day
from bot.dialogue.say_postal import PostalVoice
from bot.dialogue.texts import Texts
from bot.postal.journey import RULES
from bot.postal.quote import Zone
from feedback.working_time.deadlines import due
from feedback.working_time.zone import VIETNAM
from nlu.item_codes import ItemCode, ItemKind
from nlu.post.topic import Topic
from nlu.understanding import Aspect

_EXPLAINED = frozenset(
    {
        Topic.DAYS,
        Topic.LATE,
        Topic.MISSED,
        Topic.WHO,
        Topic.LOSS,
        Topic.MORE_PAPERS,
        Topic.ORIGINALS,
        Topic.SECRECY,
        Topic.ABROAD,
        Topic.FORBIDDEN,
        Topic.MANY,
        Topic.CHANGE,
        Topic.PAY,
        Topic.HOME,
        Topic.HOTLINE,
        Topic.WHAT,
        Topic.NOT_OURS,
    }
)
_BESIDE = (Topic.LATE, Topic.MISSED, Topic.WHO, Topic.LOSS)
"""Offered beneath an item."""
_UNDER_WAY = frozenset({*_BESIDE, Topic.CHANGE, Topic.DAYS})


@dataclass(frozen=True)
class TrackingVoice:
    """Says it with the sentences of ``domain.yml``."""

    texts: Texts
    about: AboutPostal

    def item(self, item: ItemCode, today: date) -> Reply:
        """Lead to the post's page; a mistyped number is said to be one, and may be typed anew."""
        render = self.texts.render
        text = render(f"utter_track_{item.kind}", item=item.text)
        again = Choice("do:postal_track", render("utter_button_track_again"))
        if item.kind is ItemKind.WRONG_LENGTH:
            return Reply(text, (again,))
        page = Choice("", render("utter_button_track_page"), self.about.links.tracking(item.text))
        if item.kind is ItemKind.WRONG_CHECK:
            return Reply(text, (again, page))
        wrong = (again,) if item.kind is ItemKind.UNSURE else ()
        parts = (text, render("utter_track_page"), self.times(today))
        return Reply("\n\n".join(parts), (page, *wrong, *self.beside()))

    def lost(self) -> Reply:
        """Say where the number stands, and who finds an item without it."""
        again = Choice("do:postal_track", self.texts.render("utter_button_track_again"))
        return Reply(self.texts.render("utter_track_lost"), (again, *self.beside()))

    def times(self, today: date) -> str:
        """Say how many working days a journey may take."""
        amounts = {zone: self._amount(rule, today) for zone, rule in RULES.items()}
        slip = {zone: self._amount(f"{rule}_with_slip", today) for zone, rule in RULES.items()}
        return self.texts.render(
            "utter_track_times",
            same=amounts[Zone.SAME_PROVINCE],
            cities=amounts[Zone.BIG_CITIES],
            other=amounts[Zone.OTHER_PROVINCE],
            same_slip=slip[Zone.SAME_PROVINCE],
            other_slip=slip[Zone.OTHER_PROVINCE],
        )

    def days(self, posted: date, zone: Zone | None, today: date) -> Reply:
        """Say by when an item must arrive that was handed over on a day."""
        render, zone = self.texts.render, zone or Zone.OTHER_PROVINCE
        last, amount, unverified = self._ends(RULES[zone], posted)
        sent = say_day(self.texts, posted)
        lines = [
            render(
                "utter_track_by",
                sent=sent,
                far=render(f"utter_postal_zone_{zone}"),
                days=amount,
                last=say_day(self.texts, last),
            )
        ]
        if unverified:
            lines.append(render("utter_track_by_unverified"))
        if last < today:
            until, _, _ = self._ends("post_complaint_within", last)
            lines.append(render("utter_track_over", until=say_day(self.texts, until)))
        else:
            lines.append(render("utter_track_not_over"))
        lines.append(render("utter_postal_law"))
        return Reply("\n\n".join(lines), self.beside(without=Topic.DAYS))

    def explained(self, topic: str, today: date, code: str) -> Reply:
        """Explain what a topic is about; one of another program's is answered with what the service is.

        Args:
            topic: the value of a ``Topic``.
            today: on Vietnam's calendar.
            code: of the procedure under discussion; empty for none.
        """
        known = Topic(topic) if topic in _EXPLAINED else Topic.WHAT
        counted = {Topic.LATE: self._late, Topic.MISSED: self._missed, Topic.DAYS: self.times}
        text = counted[known](today) if known in counted else self.texts.render(f"utter_postal_answer_{known}")
        if known in _UNDER_WAY:
            return Reply(text, self.beside(without=known if known is not Topic.DAYS else None))
        choices = PostalVoice(self.texts, self.about).choices(code, None)
        if known is Topic.ORIGINALS and code:
            choices.insert(0, Choice(ask_about(code, Aspect.DOCUMENTS), self.texts.render("utter_label_documents")))
        return Reply(text, tuple(choices))

    def beside(self, without: Topic | None = None) -> tuple[Choice, ...]:
        """Return what can be asked about an item under way."""
        days = Choice("do:postal_days", self.texts.render("utter_button_track_days"))
        rows = [
            Choice(f"do:postal_answer:{topic}", self.texts.render(f"utter_button_postal_{topic}"))
            for topic in _BESIDE
            if topic is not without
        ]
        return ((days,) if without is not Topic.DAYS else ()) + tuple(rows)

    def _late(self, today: date) -> str:
        same, same_days, _ = self._ends("post_complaint_same_province", today)
        other, other_days, _ = self._ends("post_complaint_other_province", today)
        return self.texts.render(
            "utter_postal_answer_late",
            months=self._amount("post_complaint_within", today),
            same_days=same_days,
            other_days=other_days,
            same=say_day(self.texts, same),
            other=say_day(self.texts, other),
        )

    def _missed(self, today: date) -> str:
        second, days, _ = self._ends("post_second_attempt", today)
        return self.texts.render("utter_postal_answer_missed", days=days, second=say_day(self.texts, second))

    def _amount(self, rule: str, day: date) -> int:
        return self.about.time.rules.on(rule, day).amount

    def _ends(self, rule: str, day: date) -> tuple[date, int, bool]:
        """Return when a time that began on a day is over, how long it is, and whether that is uncertain."""
        known = self.about.time.rules.on(rule, day)
        ends = due(known, datetime.combine(day, time(9), VIETNAM), self.about.time.hours())
        return ends.on or day + timedelta(days=known.amount), known.amount, ends.unverified
