"""What of a dossier's changes is told, by what a person may know."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.dossiers.changes import Kind
from bot.dossiers.disclosure import Level
from bot.dossiers.record import Status
from bot.dossiers.store import Change
from bot.dossiers.watching.news import Told, news_of
from tests.bot.messages import NOW

DUE = NOW + timedelta(days=3)


def change(kind: Kind, after: Status, before: Status | None = Status.IN_PROGRESS, revision: int = 2) -> Change:
    return Change(revision, NOW, kind, before, after, DUE)


def told(*changes: Change, level: Level = Level.APPLICANT) -> list[Told]:
    return [one.told for one in news_of(changes, level)]


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (change(Kind.RECEIVED, Status.RECEIVED, Status.NEW), [Told.RECEIVED]),
        (change(Kind.PROCESSING, Status.IN_PROGRESS, Status.NEW), [Told.RECEIVED]),
        (change(Kind.PROCESSING, Status.IN_PROGRESS, Status.RECEIVED), []),
        (change(Kind.PROCESSING, Status.IN_PROGRESS, Status.NEED_PAYMENT), [Told.RESUMED]),
        (change(Kind.SUPPLEMENT, Status.NEED_SUPPLEMENT), [Told.SUPPLEMENT]),
        (change(Kind.PAPERS, Status.NEED_SUPPLEMENT, Status.NEED_SUPPLEMENT), [Told.SUPPLEMENT]),
        (change(Kind.PAPERS, Status.IN_PROGRESS), []),
        (change(Kind.FEE, Status.IN_PROGRESS), []),
        (change(Kind.PAYMENT, Status.NEED_PAYMENT), [Told.PAYMENT]),
        (change(Kind.DONE, Status.DONE), [Told.DONE]),
        (change(Kind.RETURNED, Status.RETURNED, Status.DONE), [Told.RETURNED]),
        (change(Kind.REFUSED, Status.REFUSED), [Told.REFUSED]),
        (change(Kind.STOPPED, Status.STOPPED), [Told.STOPPED]),
        (change(Kind.WITHDRAWN, Status.WITHDRAWN), [Told.WITHDRAWN]),
        (change(Kind.LATE_APOLOGY, Status.IN_PROGRESS), [Told.APOLOGY]),
        (change(Kind.DUE_CHANGED, Status.IN_PROGRESS), [Told.DUE_CHANGED]),
        (change(Kind.DUE_CHANGED, Status.DONE, Status.DONE), []),
        (change(Kind.MOVED, Status.IN_PROGRESS), []),
        (change(Kind.UNCLEAR, Status.UNKNOWN), []),
        (change(Kind.FILED, Status.NEW, None), []),
    ],
)
def test_the_applicant_is_told_what_concerns_them(one: Change, expected: list[Told]) -> None:
    assert told(one) == expected
    assert told(one, level=Level.NOBODY) == ([Told.MOVED] if expected and one.from_status is not Status.DONE else [])


def test_others_hear_once_of_a_revision_and_nothing_of_what_it_was() -> None:
    both = [change(Kind.SUPPLEMENT, Status.NEED_SUPPLEMENT), change(Kind.DUE_CHANGED, Status.NEED_SUPPLEMENT)]
    assert told(*both) == [Told.SUPPLEMENT, Told.DUE_CHANGED]
    (only,) = news_of(both, Level.NOBODY)
    assert (only.told, only.due_at) == (Told.MOVED, None)


def test_changes_keep_their_order() -> None:
    changes = [
        change(Kind.SUPPLEMENT, Status.NEED_SUPPLEMENT, revision=2),
        change(Kind.PROCESSING, Status.IN_PROGRESS, Status.NEED_SUPPLEMENT, revision=3),
        change(Kind.DONE, Status.DONE, revision=4),
    ]
    assert told(*changes) == [Told.SUPPLEMENT, Told.RESUMED, Told.DONE]
