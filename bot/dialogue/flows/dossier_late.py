"""A dossier that is late: by how much, the apology and the new appointment, else what the law asks for and whom to ask."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.channels.contract import Choice, Reply
from bot.dialogue.dossier_memory import last_code, noted
from bot.dialogue.dossier_ports import AboutDossiers
from bot.dialogue.flow import Answers, End, Flow, Place, rest_given
from bot.dialogue.flows.dossier import Looking
from bot.dialogue.say_dossier import DossierVoice, parse
from bot.dialogue.say_slips import SlipVoice
from bot.dossiers.desk import Look
from bot.dossiers.disclosure import Shown, Stage
from bot.dossiers.record import ENDED, PAUSED, SlipKind
from feedback.working_time.model import Sure
from feedback.working_time.remaining import remaining
from feedback.working_time.zone import here
from nlu.codes import DossierCode
from nlu.understanding import Intent

FEEDBACK = "feedback"
"""Name of the flow that takes feedback; it is given the dossier's code and by how many days it is late, 0 for unknown."""

APOLOGY_RULE = "dossier_apology"
"""In ``feedback/working_time/data/deadlines.yml``."""


def late_flows(outside: AboutDossiers) -> tuple[Flow, ...]:
    """Return the flow about being late."""
    return (
        Flow(
            name="late",
            title="utter_title_late",
            finish=_late(Looking(outside)),
            intents=frozenset({Intent.DOSSIER_LATE}),
            given=rest_given,
        ),
    )


def _late(looking: Looking) -> Callable[[Place, Answers], Awaitable[End]]:
    async def finish(at: Place, answers: Answers) -> End:
        code = parse(answers.get("rest") or last_code(at.state))
        if code is None:
            told = [_law(looking.outside, at), at.texts.render("utter_late_who"), at.texts.render("utter_late_which")]
            return End((Reply("\n\n".join(told)),), at.state, then="dossier")
        look = await looking.look(at, code)
        if look.coarse is None or (look.shown is None and look.coarse.stage is Stage.ENDED):
            # What is finished is not late any more: nothing of what an office that is late must do is said of it.
            return await looking.one(at, code)
        state = noted(at.state, (code.text,))
        if look.shown is None:
            return End((_for_anybody(looking.outside, at, code, look),), state)
        return End((_for_applicant(looking.outside, at, code, look.shown),), state)

    return finish


def _for_anybody(outside: AboutDossiers, at: Place, code: DossierCode, look: Look) -> Reply:
    """Say what the law asks for; the appointment is the applicant's to know."""
    assert look.coarse is not None
    voice = DossierVoice(at.texts, outside)
    head = f"**{at.texts.render('utter_dossier_head', code=code.text)}**\n{voice.stage(look.coarse)}"
    text = "\n\n".join([head, _law(outside, at, code), at.texts.render("utter_late_who")])
    prove = (voice.button("prove", code.text, "utter_button_prove"),) if look.provable else ()
    if look.provable:
        text = f"{text}\n\n{at.texts.render('utter_late_prove')}"
    return Reply(text, (*prove, *_doors(outside, at, code, 0)))


def _for_applicant(outside: AboutDossiers, at: Place, code: DossierCode, known: Shown) -> Reply:
    voice = DossierVoice(at.texts, outside)
    head = f"**{at.texts.render('utter_dossier_head', code=code.text)}**"
    due = voice.due(code, known, at.now)
    reckon = voice.button("reckon", code.text, "utter_button_reckon")
    apology = _apology(outside, at, known)
    if not voice.is_late(code, known, at.now):
        text = "\n\n".join([head, f"{at.texts.render(_not_late(known))} {due}".strip(), *apology])
        counts = known.due_at is not None and known.status not in ENDED and known.status not in PAUSED
        watch = voice.button("watch", code.text, "utter_button_watch")
        see = Choice(f"do:dossier:{code.text}", at.texts.render("utter_button_see", code=code.text))
        return Reply(text, (*((reckon,) if counts else ()), see if known.status in ENDED else watch))
    assert known.due_at is not None
    days = -(remaining(known.due_at, at.now, voice.hours(code)).days or 0)
    told = apology or [at.texts.render("utter_late_no_apology"), _law(outside, at, code)]
    parts = [head, due, *told, at.texts.render("utter_late_who")]
    return Reply("\n\n".join(parts), (reckon, *_doors(outside, at, code, days)))


def _not_late(known: Shown) -> str:
    if known.status in PAUSED:
        return "utter_late_waiting"
    return "utter_late_ended" if known.status in ENDED else "utter_late_not"


def _law(outside: AboutDossiers, at: Place, code: DossierCode | None = None) -> str:
    """Say what the rules ask of an office that will be late, and how sure that is."""
    rule = outside.time.rules.on(APOLOGY_RULE, here(at.now).date(), code.level1 if code else None)
    said = at.texts.render("utter_late_law", days=rule.amount)
    return f"{said} {at.texts.render('utter_late_law_unsure')}" if rule.sure is Sure.UNVERIFIED else said


def _apology(outside: AboutDossiers, at: Place, known: Shown) -> list[str]:
    """Restate the apology and the new appointment, where one was issued."""
    slip = SlipVoice(at.texts, outside.forms).restated(known, SlipKind.APOLOGY, here(at.now).date())
    return [slip.text, at.texts.render("utter_slip_not_original")] if slip else []


def _doors(outside: AboutDossiers, at: Place, code: DossierCode, days: int) -> tuple[Choice, ...]:
    """Return where somebody can turn: feedback about it, a person, the portal."""
    rest = f"late:{code.text}:{days}"
    return (
        Choice(f"do:{FEEDBACK}:{rest}", at.texts.render("utter_button_late_feedback")),
        Choice("do:person", at.texts.render("utter_button_person")),
        DossierVoice(at.texts, outside).portal(),
    )
