"""Waits with a citizen: "báo tôi khi có kết quả", the list of what is waited for, and stopping with one tap."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from bot.channels.contract import Choice, Reply
from bot.dialogue.dossier_memory import last_code, noted
from bot.dialogue.dossier_ports import AboutDossiers, Watched
from bot.dialogue.effects import StopWatching, WatchDossier
from bot.dialogue.flow import Answers, End, Flow, Place, rest_given
from bot.dialogue.flows.dossier import Looking
from bot.dialogue.flows.dossier_sms import may_ask_sms, sms_answers, sms_choice
from bot.dialogue.say_dossier import DossierVoice, parse
from bot.dossiers.desk import Look, LookOutcome
from bot.dossiers.disclosure import Level, Stage
from nlu.codes import DossierCode
from nlu.understanding import Intent

ALL = "all"
"""Stands in a button for everything that is watched."""
THIS = "this"
"""Stands for the dossier under discussion."""


def watch_flows(outside: AboutDossiers) -> tuple[Flow, ...]:
    """Return the flows that begin, list and end watching."""

    async def watching(at: Place, _: Answers) -> End:
        watched = await outside.watches.of(at.ref)
        if not watched:
            return End((Reply(at.texts.render("utter_watching_none")),), at.state)
        lines = [f"- {one.code}: {at.texts.render(_how(one))}" for one in watched]
        choices = [_stop(at, one.code, "utter_button_unwatch_code") for one in watched]
        choices += [sms_choice(at, "off", one.code, "utter_button_sms_stop") for one in watched if one.sms]
        if len(watched) > 1:
            choices.append(Choice(f"do:unwatch:{ALL}", at.texts.render("utter_button_unwatch_all")))
        text = "\n\n".join([at.texts.render("utter_watching", count=len(watched)), "\n".join(lines)])
        return End((Reply(text, tuple(choices)),), at.state)

    async def unwatch(at: Place, answers: Answers) -> End:
        watched = [one.code for one in await outside.watches.of(at.ref)]
        asked = last_code(at.state) if answers.get("rest") == THIS else answers.get("rest", "")
        asked = asked if asked or len(watched) != 1 else watched[0]
        if asked == ALL and watched:
            return End((Reply(at.texts.render("utter_unwatched_all")),), at.state, (StopWatching(),))
        if asked in watched:
            again = (Choice(f"do:watch:{asked}", at.texts.render("utter_button_watch_again")),)
            text = at.texts.render("utter_unwatched", code=asked)
            return End((Reply(text, again),), at.state, (StopWatching(asked),))
        if watched and not asked:
            return await watching(at, answers)
        return End((Reply(at.texts.render("utter_unwatched_none")),), at.state)

    return (
        Flow(
            name="watch",
            title="utter_title_watch",
            finish=_watch(Looking(outside), back=False),
            intents=frozenset({Intent.DOSSIER_WATCH}),
            given=rest_given,
        ),
        Flow("tellback", "utter_title_watch", _watch(Looking(outside), back=True), given=rest_given),
        Flow("watching", "utter_title_watch", watching),
        Flow("unwatch", "utter_title_watch", unwatch, given=rest_given),
    )


def _watch(looking: Looking, *, back: bool) -> Callable[[Place, Answers], Awaitable[End]]:
    async def finish(at: Place, answers: Answers) -> End:
        code = parse(answers.get("rest") or last_code(at.state))
        if code is None:
            return End((Reply(at.texts.render("utter_watch_which")),), at.state, then="dossier")
        look = await looking.look(at, code)
        state = noted(at.state, (code.text,))
        if look.outcome is LookOutcome.DOWN or (back and look.down):
            text = at.texts.render("utter_watch_back", code=code.text) + _when(looking.outside, at)
            return End(
                (Reply(text, (_stop(at, code.text, "utter_button_unwatch"),)),),
                state,
                (_effect(look, code.text, True),),
            )
        if look.coarse is None:
            return await looking.one(at, code)
        watched = await looking.outside.watches.of(at.ref)
        if len(watched) >= looking.outside.most_watched and code.text not in {one.code for one in watched}:
            text = at.texts.render("utter_watch_too_many", most=looking.outside.most_watched)
            return End((Reply(text, (Choice("do:watching", at.texts.render("utter_button_watching")),)),), state)
        if _ended(look):
            end = await looking.one(at, code)
            return End((Reply(at.texts.render("utter_watch_ended")), *end.replies), end.state)
        return End((_begun(looking.outside, at, code, look, watched),), state, (_effect(look, code.text, False),))

    return finish


def _begun(outside: AboutDossiers, at: Place, code: DossierCode, look: Look, watched: Sequence[Watched]) -> Reply:
    """Say that it is watched, how much is told, how it stands now, and ask whether an SMS may follow."""
    proved = look.shown is not None
    text = at.texts.render("utter_watch_on" if proved else "utter_watch_on_coarse", code=code.text)
    choices = [_stop(at, code.text, "utter_button_unwatch")]
    if not proved and look.provable:
        choices.append(DossierVoice(at.texts, outside).button("prove", code.text, "utter_button_prove"))
    asked = ""
    if may_ask_sms(outside, at, look) and not any(one.sms and one.code == code.text for one in watched):
        asked = f"\n\n{at.texts.render('utter_sms_ask')}"
        choices = [*sms_answers(at, code.text), *choices]
    # Only what changes from now on is told: what changed since they last looked must be said here.
    stands = DossierVoice(at.texts, outside).stands(code, look, at.now)
    now = at.texts.render("utter_watch_now", state=stands)
    return Reply(f"{text}\n\n{now}{_when(outside, at)}{asked}", tuple(choices))


def _effect(look: Look, code: str, back: bool) -> WatchDossier:
    level = Level.APPLICANT if look.shown is not None else Level.NOBODY
    return WatchDossier(code, int(level), back)


def _ended(look: Look) -> bool:
    return look.coarse is not None and look.coarse.stage is Stage.ENDED and not look.down


def _when(outside: AboutDossiers, at: Place) -> str:
    """Say it honestly where nobody can be told before they come back."""
    return f"\n\n{at.texts.render('utter_watch_pulled')}" if at.ref.channel in outside.pulled else ""


def _how(one: Watched) -> str:
    if one.sms:
        return "utter_watching_sms"
    return "utter_watching_back" if one.back else f"utter_watching_{one.level.name.lower()}"


def _stop(at: Place, code: str, title: str) -> Choice:
    return Choice(f"do:unwatch:{code}", at.texts.render(title, code=code))
