"""Says what stands around feedback: the notice, the official doors, the preview, and what happens after it was sent."""

from __future__ import annotations

from datetime import date, datetime

from bot.dialogue.feedback_ports import ByWhen, Item, OfficialDoors, Reception
from bot.dialogue.flow import Answers
from bot.dialogue.say_moments import say_day, say_masked
from bot.dialogue.texts import Texts
from bot.dossiers.disclosure import masked
from feedback.record import About, Book, Category, Kind, Sender

SHOWN = 600
"""Letters of a text in the preview; who wrote it knows it."""
QUOTED = 220
"""Letters of what was said before, and of published items."""
_DOORS = ("address", "phone", "email", "website", "hours", "portal")
PROPOSES = frozenset({Category.SOLUTION, Category.INITIATIVE})


def say_doors(texts: Texts, doors: OfficialDoors) -> str:
    """List where feedback can be given without the assistant, line by line."""
    known = [(name, str(getattr(doors, name))) for name in _DOORS]
    return "\n".join(texts.render(f"utter_pakn_door_{name}", value=value) for name, value in known if value)


def say_notice(texts: Texts, reception: Reception) -> str:
    """Say everything that must be known before anything is written down (Law 91/2025, Articles 3 and 9)."""
    render = texts.render
    return render(
        "utter_pakn_notice",
        who=_who(texts, reception),
        controller=reception.controller or reception.agency or render("utter_pakn_no_controller"),
        retention=reception.retention or render("utter_pakn_no_retention"),
        servers=reception.servers or render("utter_pakn_no_servers"),
        contact=reception.contact or render("utter_pakn_no_contact"),
    )


def _who(texts: Texts, reception: Reception) -> str:
    if reception.book is Book.TRIAL:
        return texts.render("utter_pakn_trial", doors=say_doors(texts, reception.doors))
    key = "utter_pakn_published" if reception.book is Book.REGISTER else "utter_pakn_forwarded"
    return texts.render(key, agency=reception.agency, decision=reception.decision)


def kind_of(category: Category | None) -> Kind:
    """Return which of the two kinds of Article 3 a content of Article 5 is."""
    return Kind.RECOMMENDATION if category in PROPOSES else Kind.REPORT


def say_kind(texts: Texts, answers: Answers) -> str:
    """Ask whether the suggested kind is right."""
    category = Category(int(answers["category_suggested"]))
    asked = texts.render(
        "utter_pakn_kind",
        kind=texts.render(f"utter_pakn_{kind_of(category).value}"),
        category=texts.render(f"utter_pakn_category_{category.value}"),
    )
    return asked if answers.get("certain") else f"{texts.render('utter_pakn_kind_unsure')} {asked}"


def say_similar(texts: Texts, items: tuple[Item, ...]) -> str:
    """Show what was published about the same, with the answers."""
    lines = [
        texts.render(
            "utter_pakn_similar_item",
            number=number,
            question=_mark(texts, item) + cut(item.question),
            answer=cut(item.answer),
        )
        for number, item in enumerate(items, start=1)
    ]
    return texts.render("utter_pakn_similar", items="\n".join(lines))


def _mark(texts: Texts, item: Item) -> str:
    """Return what stands before an item that no agency answered; empty for one that it did."""
    key = "utter_public_sample" if item.sample else "utter_public_trial" if item.trial else ""
    return f"[{texts.render(key)}] " if key else ""


def say_preview(texts: Texts, answers: Answers, contact: Sender | None, files: int) -> str:
    """Show what will be sent; contact data from the page are shown masked, since they were not given in the chat."""
    rows = [
        ("kind", _kind(texts, answers)),
        ("story", cut(answers.get("story", ""), SHOWN)),
        ("procedure", answers.get("procedure_name", "")),
        ("where", answers.get("where", "")),
        ("place", "" if answers.get("place", "") in answers.get("where", "") else answers["place"]),
        ("day", _day(texts, answers)),
        ("dossier", _dossier(texts, answers)),
        ("proposal", cut(answers.get("proposal", ""), SHOWN)),
        ("files", texts.render("utter_pakn_count_files", count=files) if files else ""),
        *_contact(texts, answers, contact),
        ("publish", texts.render(f"utter_button_pakn_publish_{answers['publish']}") if "publish" in answers else ""),
    ]
    lines = [texts.render("utter_pakn_line", label=label_of(texts, name), value=value) for name, value in rows if value]
    return texts.render("utter_pakn_preview", lines="\n".join(lines))


def label_of(texts: Texts, name: str) -> str:
    """Return how a part is called: the first of the names by which it is corrected."""
    return texts.render(f"utter_label_pakn_{name}").partition("|")[0]


def say_sent(texts: Texts, reception: Reception, receipt: str, answers: Answers, when: ByWhen) -> str:
    """Say the receipt number, what happens next, by when, and on which basis."""
    if reception.book is Book.TRIAL:
        return texts.render("utter_pakn_sent_trial", receipt=receipt, doors=say_doors(texts, reception.doors))
    conduct = answers.get("category") == "1" or answers.get("about") in (About.CONDUCT, About.BOTH)
    told = [texts.render("utter_pakn_sent", receipt=receipt)]
    if not answers.get("certain"):
        told.append(texts.render("utter_pakn_next_triage"))
    content = "utter_pakn_next" if when.by_law else "utter_pakn_next_own"
    key = "utter_pakn_next_conduct" if conduct else content
    told.append(texts.render(key, transfer=say_day(texts, when.transfer), process=say_day(texts, when.process)))
    return "\n\n".join(told)


def cut(text: str, most: int = QUOTED) -> str:
    """Return a text short enough to be shown, cut between words."""
    if len(text) <= most:
        return text
    return f"{text[:most].rsplit(' ', 1)[0].rstrip(' ,.;:')}…"


def _kind(texts: Texts, answers: Answers) -> str:
    number = answers.get("category", "") or "0"
    said = texts.render(f"utter_pakn_category_{number}")
    if number == "0":
        return said
    kind = texts.render(f"utter_pakn_{kind_of(Category(int(number))).value}")
    return texts.render("utter_pakn_kind_shown", kind=kind, category=said)


def _day(texts: Texts, answers: Answers) -> str:
    day = answers.get("day", "")
    return say_day(texts, date.fromisoformat(day)) if day else ""


def _dossier(texts: Texts, answers: Answers) -> str:
    code, days = answers.get("dossier", "").strip("-"), answers.get("days", "0")
    late = days.isdecimal() and int(days) > 0
    return f"{code} ({texts.render('utter_pakn_late_days', days=days)})" if code and late else code


def _contact(texts: Texts, answers: Answers, given: Sender | None) -> list[tuple[str, str]]:
    letter = texts.render("utter_pakn_by_letter")
    if answers.get("contact") == "page":
        if given is None:
            return []
        phone = say_phone(given.phone) or letter
        return [("contact", f"{say_masked(masked(given.name))}, {phone}")]
    phone = say_phone_whole(answers.get("phone", "")) or letter
    return [("name", answers.get("name", "")), ("address", answers.get("address", "")), ("phone", phone)]


def say_phone(phone: str) -> str:
    """Return a telephone number of which only the last digits are shown; empty for none."""
    return f"…{phone[-3:]}" if phone else ""


def say_phone_whole(phone: str) -> str:
    """Return a telephone number as people write it."""
    return f"0{phone.removeprefix('+84')}" if phone else ""


def moment_of(answers: Answers, now: datetime) -> datetime:
    """Return when the notice was agreed to."""
    stamp = answers.get("agreed_at", "")
    return datetime.fromisoformat(stamp) if stamp else now
