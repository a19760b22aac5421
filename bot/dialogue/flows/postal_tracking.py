"""Where an item of the post is, when it must arrive, and what to do when it does not."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date

from bot.channels.contract import Choice, Inbound, Reply
from bot.dialogue.day_words import day_in
from bot.dialogue.dossier_codes import codes_in
from bot.dialogue.flow import Answers, End, Flow, Offer, Place, Question, Step, rest_given
from bot.dialogue.postal_memory import MATTER, journey, waiting_for_post
from bot.dialogue.postal_places import distance_said
from bot.dialogue.postal_ports import AboutPostal
from bot.dialogue.say_postal_tracking import TrackingVoice
from bot.postal.quote import Zone
from feedback.working_time.zone import here
from nlu.item_codes import find_item_code, read_item_code
from nlu.post.topic import Topic
from nlu.text import fold, normalise

TRACK, DAYS, ANSWER = "postal_track", "postal_days", "postal_answer"
_LOST = ("mat", "quen", "khong co", "khong biet", "khong nho", "chua co", "lost", "no code", "forgot", "don't have")


@dataclass(frozen=True)
class Tracking:
    """Answers for items that are under way."""

    about: AboutPostal

    async def track(self, at: Place, answers: Answers) -> End:
        """Lead to the post's page about an item."""
        said, voice = answers["item"], TrackingVoice(at.texts, self.about)
        if said == "lost":
            return End((voice.lost(),), at.state)
        found = codes_in(said)
        if found.dossiers:
            code = found.dossiers[0].text
            see = Choice(f"do:dossier:{code}", at.texts.render("utter_button_see", code=code))
            return End((Reply(at.texts.render("utter_track_is_dossier", code=code), (see,)),), at.state)
        item = read_item_code(said)
        return End((voice.item(item, here(at.now).date()) if item else voice.lost(),), at.state)

    async def days(self, at: Place, answers: Answers) -> End:
        """Say by when an item must arrive, and until when one may complain."""
        posted = date.fromisoformat(answers["day"])
        said = answers.get("far", "")
        known = journey(at.state).zone
        zone = Zone(said) if said in set(Zone) else Zone(known) if known in set(Zone) else None
        return End((TrackingVoice(at.texts, self.about).days(posted, zone, here(at.now).date()),), at.state)

    async def far(self, at: Place, _: Answers) -> Question | str:
        """Ask how far it goes, unless that was said."""
        return journey(at.state).zone or Question(at.texts.render("utter_track_far"))


def tracking_flows(about: AboutPostal) -> tuple[Flow, ...]:
    """Return the flows about items under way."""
    tracking = Tracking(about)
    far = (
        Offer(Zone.SAME_PROVINCE, "utter_postal_same"),
        Offer(Zone.OTHER_PROVINCE, "utter_postal_other"),
        Offer(Zone.BIG_CITIES, "utter_postal_big_cities"),
    )
    item = Step("item", asks="utter_track_which", example="utter_track_example", reads=_item)
    day = Step(
        "day", asks="utter_track_day", example="utter_track_day_example", label="utter_postal_label_day", reads=_day
    )
    zone = Step(
        "far", asks="utter_track_far", label="utter_postal_label_far", reads=_far, offers=far, question=tracking.far
    )
    return (
        Flow(TRACK, "utter_title_track", tracking.track, steps=(item,), given=_given_item, matter=MATTER),
        Flow(DAYS, "utter_title_track_days", tracking.days, steps=(day, zone), given=_given_day, matter=MATTER),
        Flow(ANSWER, "utter_title_postal", _explained(about), given=rest_given),
    )


def _explained(about: AboutPostal) -> Callable[[Place, Answers], Awaitable[End]]:
    async def finish(at: Place, answers: Answers) -> End:
        topic = answers.get("rest", "")
        reply = TrackingVoice(at.texts, about).explained(topic, here(at.now).date(), at.state.procedure)
        # "Làm thủ tục nào trước ạ": what is named next is asked about the post.
        return End((reply,), waiting_for_post(at.state) if topic == Topic.MANY else at.state)

    return finish


def _item(inbound: Inbound) -> str | None:
    """Accept an item's number, a dossier's code given by mistake, or that there is none."""
    said = normalise(inbound.text)
    if read_item_code(said) is not None or codes_in(said).dossiers:
        return said
    folded = f" {fold(said)} "
    return "lost" if len(said.split()) <= 8 and any(f" {word} " in folded for word in _LOST) else None


def _given_item(text: str) -> Answers:
    code = find_item_code(text)
    return {"item": code.text} if code else {}


def _day(inbound: Inbound) -> str | None:
    day = day_in(inbound.text, here(inbound.at).date())
    return day.isoformat() if day else None


def _given_day(text: str) -> Answers:
    """Take the day that begins the words (``topic_flow`` knows what "hôm qua" is), and how far it goes where they say so."""
    day, _, rest = text.partition(" ")
    far = _zone_said(rest)
    return {**({"day": day} if day else {}), **({"far": far} if far else {})}


def _far(inbound: Inbound) -> str | None:
    return _zone_said(inbound.text)


def _zone_said(text: str) -> str | None:
    return {"same": Zone.SAME_PROVINCE.value, "other": Zone.OTHER_PROVINCE.value}.get(distance_said(text))
