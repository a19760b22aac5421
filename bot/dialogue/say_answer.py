"""Puts the facts of an answer into replies, section by section, with the passport at the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.channels.contract import Choice, Reply
from bot.dialogue.choices import ask_about
from bot.dialogue.say_moments import tells_a_day
from bot.dialogue.say_money_and_time import fee_lines, say_fee, say_time, time_lines
from bot.dialogue.texts import Texts
from nlu.answers.facts import (
    Answer,
    Facts,
    Fees,
    Forms,
    KeptBack,
    Lines,
    Missing,
    Online,
    Overview,
    Papers,
    Passport,
    Place,
    Post,
    Proxy,
    Times,
    Wording,
)
from nlu.catalogue.model import FilingWay, Level, Origin, PaperCase, PaperRole, Procedure, RequiredPaper, Withheld
from nlu.understanding import Aspect

COMFORTABLE = 1500
"""Characters that are comfortable to read in one message; longer answers are split between sections."""
BUTTONS = (Aspect.DOCUMENTS, Aspect.FEE, Aspect.TIME, Aspect.WHERE, Aspect.STEPS, Aspect.HOW_ONLINE, Aspect.FORM)
"""Aspects offered as buttons, in the order in which people need them."""
PARTS = frozenset({"papers", "fees", "times", "steps", "agencies", "conditions", "result", "legal_basis", "applicants"})
"""Parts of a record that have a name of their own for citizens."""


@dataclass(frozen=True)
class AnswerVoice:
    """Says answers with the sentences of ``domain.yml``."""

    texts: Texts

    def replies(self, answer: Answer, procedure_ways: int, extra: Sequence[Choice] = ()) -> tuple[Reply, ...]:
        """Say an answer.

        Args:
            answer: the facts.
            procedure_ways: how many ways of filing the procedure has; fees that hold for all need no way named.
            extra: buttons to add, such as the same service at another level.
        """
        parts = [self._section(facts, answer, procedure_ways) for facts in answer.sections]
        parts[0] = f"**{answer.name}**\n\n{parts[0]}"
        parts.append(self.passport(answer.passport))
        bodies = _joined(parts)
        buttons = self.aspect_choices(answer.code, [facts.aspect for facts in answer.sections])
        if answer.passport.url:
            buttons.append(Choice("", self.texts.render("utter_button_page"), answer.passport.url))
        return (*(Reply(body) for body in bodies[:-1]), Reply(bodies[-1], (*buttons, *extra)))

    def aspect_choices(self, code: str, asked: Sequence[Aspect]) -> list[Choice]:
        """Return the buttons for what was not asked yet."""
        return [
            Choice(ask_about(code, aspect), self.texts.render(f"utter_label_{aspect.value}"))
            for aspect in BUTTONS
            if aspect not in asked
        ]

    def passport(self, passport: Passport) -> str:
        """Say where an answer comes from and how fresh it is."""
        render = self.texts.render
        decision = render("utter_passport_decision", decision=passport.decision) if passport.decision else ""
        lines = [
            render(
                "utter_passport",
                source=passport.source,
                as_of_part=self._as_of(passport),
                code=passport.code,
                decision=decision,
                url=passport.url or "",
            ).strip()
        ]
        if passport.stale_days is not None:
            lines.append(render("utter_passport_stale", as_of=vietnamese_date(passport.as_of)))
        if passport.doubtful:
            lines.append(render("utter_passport_doubtful", fields=", ".join(self._doubted(passport.doubtful))))
        lines.extend(self._origin(one) for one in passport.origins)
        return "\n".join([*lines, *passport.caveats])

    def _origin(self, origin: Origin) -> str:
        """Say where a corrected part comes from."""
        what = self.texts.render(f"utter_part_{origin.part if origin.part in PARTS else 'other'}")
        as_of = vietnamese_date(origin.as_of)
        return self.texts.render("utter_passport_origin", what=what, source=origin.source.name, as_of=as_of)

    def _as_of(self, passport: Passport) -> str:
        """Say the date, unless the source's name tells it already ("bản chụp 06–07/2026")."""
        if tells_a_day(passport.source):
            return ""
        return self.texts.render("utter_passport_as_of", as_of=vietnamese_date(passport.as_of))

    def _doubted(self, fields: Sequence[str]) -> list[str]:
        known = ("fee", "time", "name", "cases")
        keys = [next((name for name in known if name in field), "other") for field in fields]
        return [self.texts.render(f"utter_doubt_{key}") for key in dict.fromkeys(keys)]

    def _section(self, facts: Facts, answer: Answer, ways: int) -> str:
        kind = "proxy" if isinstance(facts, Proxy) else facts.aspect.value
        label = f"**{self.texts.render(f'utter_label_{kind}')}**"
        lines = _WRITERS[type(facts)](self, facts, ways)
        if isinstance(facts, Overview):
            return "\n".join(lines)
        return "\n".join([label, *lines])

    def missing(self, facts: Missing, _: int) -> list[str]:
        """Say that the record is silent, and who knows."""
        key = {Aspect.FEE: "utter_missing_fee", Aspect.TIME: "utter_missing_time"}.get(facts.aspect, "utter_missing")
        return [self.texts.render(key, who=self.texts.render("utter_who_default"))]

    def kept_back(self, facts: KeptBack, _: int) -> list[str]:
        """Say that it is being looked at and not told meanwhile, and who knows."""
        return [self.kept_back_until(facts.until)]

    def kept_back_until(self, until: date) -> str:
        """Say the same in one sentence."""
        who = self.texts.render("utter_who_default")
        return self.texts.render("utter_kept_back", until=f"{until:%d/%m/%Y}", who=who)

    def kept_back_whole(self, procedure: Procedure, withheld: Withheld) -> Reply:
        """Say it of a procedure of which nothing is told now."""
        return Reply(f"**{procedure.name}**\n\n{self.kept_back_until(withheld.until)}")

    def papers(self, facts: Papers, _: int) -> list[str]:
        """Say the papers, case by case."""
        lines: list[str] = []
        for case in facts.cases:
            if lines:
                lines.append("")
            if case.title:
                lines.append(self.texts.render("utter_papers_case", title=case.title.rstrip(" :")))
            lines.extend(self._case(case))
        return lines

    def _case(self, case: PaperCase) -> list[str]:
        lines: list[str] = []
        for role, key in (
            (PaperRole.SUBMIT, ""),
            (PaperRole.SHOW, "utter_papers_show"),
            (PaperRole.NOTE, "utter_papers_note"),
        ):
            papers = [paper for paper in case.papers if paper.role is role]
            if papers and key:
                lines.append(self.texts.render(key))
            lines.extend(f"- {self.paper(paper)}" for paper in papers)
        return lines

    def paper(self, paper: RequiredPaper) -> str:
        """Say one paper with how many of it, on one line."""
        counts = []
        if paper.originals:
            counts.append(self.texts.render("utter_papers_originals", count=paper.originals))
        if paper.copies:
            counts.append(self.texts.render("utter_papers_copies", count=paper.copies))
        if paper.form is not None:
            counts.append(self.texts.render("utter_papers_form"))
        name = paper.name.rstrip(" .;")
        return f"{name} ({', '.join(counts)})" if counts else name

    def fees(self, facts: Fees, ways: int) -> list[str]:
        """Say the fees."""
        return fee_lines(self.texts, facts.by_way, ways)

    def times(self, facts: Times, ways: int) -> list[str]:
        """Say the time limits."""
        return time_lines(self.texts, facts.by_way, ways)

    def place(self, facts: Place, _: int) -> list[str]:
        """Say who decides and where a dossier can be handed in."""
        lines = [self.texts.render("utter_where_agencies", agencies="; ".join(facts.agencies))]
        civil = not any(
            word in name.lower()
            for name in facts.agencies
            for word in ("công an", "cảnh sát", "quân", "tòa án", "bộ tư lệnh")
        )
        if facts.nationwide:
            lines.append(self.texts.render("utter_where_nationwide"))
        elif civil and {Level.COMMUNE, Level.PROVINCE} & set(facts.levels):
            lines.append(self.texts.render("utter_where_province"))
        return lines

    def online(self, facts: Online, _: int) -> list[str]:
        """Say whether and where it can be filed online."""
        key = (
            f"utter_online_{facts.level}"
            if facts.level
            else "utter_online_offered"
            if facts.offered
            else "utter_online_none"
        )
        lines = [self.texts.render(key)]
        if facts.offered and facts.url:
            lines.append(self.texts.render("utter_online_page", url=facts.url))
        return lines

    def post(self, facts: Post, _: int) -> list[str]:
        """Say whether the post may carry it."""
        return [self.texts.render("utter_post_offered" if facts.offered else "utter_post_not_offered")]

    def lines(self, facts: Lines, _: int) -> list[str]:
        """Say a list."""
        return [f"- {line}" for line in facts.lines]

    def proxy(self, facts: Proxy, _: int) -> list[str]:
        """Say what is known of somebody else doing it, or that nothing is."""
        lines = [f"- {line}" for line in facts.lines]
        return lines or [self.texts.render("utter_proxy_missing", who=self.texts.render("utter_who_default"))]

    def wording(self, facts: Wording, _: int) -> list[str]:
        """Say conditions or the result."""
        return [facts.text]

    def forms(self, facts: Forms, _: int) -> list[str]:
        """Name the forms, with a link where the source has one."""
        return [f"- {form.name}" + (f": {form.url}" if form.url else "") for form in facts.forms]

    def overview(self, facts: Overview, ways: int) -> list[str]:
        """Say in few lines what it is, for whom, how long and how much."""
        lines = [facts.summary] if facts.summary else []
        if facts.applicants:
            lines.append(self.texts.render("utter_who_line", applicants=", ".join(facts.applicants)))
        if facts.result:
            lines.append(self.texts.render("utter_result_line", result=facts.result.rstrip(" .;")))
        if facts.papers:
            lines.append(self.texts.render("utter_overview_papers", count=facts.papers))
        if len(facts.times) == 1:
            time = say_time(self.texts, facts.times[0].time)
            lines.append(self.texts.render("utter_overview_time", time=self._only(time, facts.times[0].ways, ways)))
        if len(facts.fees) == 1 and not facts.fees[0].fee.items:
            fee = say_fee(self.texts, facts.fees[0].fee)
            lines.append(self.texts.render("utter_overview_fee", fee=self._only(fee, facts.fees[0].ways, ways)))
        return lines or self.missing(Missing(Aspect.OVERVIEW), 0)

    def _only(self, said: str, known: Sequence[FilingWay], ways: int) -> str:
        """Name the ways of filing that something is known of, when it is not known of all."""
        names = ", ".join(self.texts.render(f"utter_way_{way}").lower() for way in known)
        return said if len(known) >= ways else f"{said} ({names})"


_WRITERS: dict[type[Facts], Callable[..., list[str]]] = {
    Missing: AnswerVoice.missing,
    KeptBack: AnswerVoice.kept_back,
    Papers: AnswerVoice.papers,
    Fees: AnswerVoice.fees,
    Times: AnswerVoice.times,
    Place: AnswerVoice.place,
    Online: AnswerVoice.online,
    Post: AnswerVoice.post,
    Lines: AnswerVoice.lines,
    Proxy: AnswerVoice.proxy,
    Wording: AnswerVoice.wording,
    Forms: AnswerVoice.forms,
    Overview: AnswerVoice.overview,
}


def vietnamese_date(as_of: str) -> str:
    """Write an ISO year, month or day the Vietnamese way: ``06/2026``."""
    return "/".join(reversed(as_of.split("-")))


def _joined(parts: Sequence[str]) -> list[str]:
    """Join sections into messages of comfortable length; the passport stays with the last section."""
    bodies = [parts[0]]
    for part in parts[1:-1]:
        if len(bodies[-1]) + len(part) > COMFORTABLE:
            bodies.append(part)
        else:
            bodies[-1] += "\n\n" + part
    bodies[-1] += "\n\n" + parts[-1]
    return bodies
