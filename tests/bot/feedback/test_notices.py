from __future__ import annotations

from collections.abc import Mapping

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.app import load_house_texts, project_root
from bot.channels.contract import Choice, Ref, Reply, Template
from bot.feedback.notices import FeedbackNotices
from feedback.ports import Notice, NoticeKind
from feedback.record import Address

TEXTS = load_house_texts(project_root())
WHERE = Address("zalo_oa", "default", "somebody")
VALUES: Mapping[NoticeKind, Mapping[str, str]] = {
    NoticeKind.SUPPLEMENT: {"why": "Ghi rõ ngày nộp"},
    NoticeKind.NOT_RECEIVED: {"requirement": "address", "why": "Thiếu địa chỉ"},
    NoticeKind.OUT_OF_SCOPE: {"border": "khieu_nai", "why": "Đây là khiếu nại"},
    NoticeKind.FORWARDED: {"agency": "Sở Xây dựng", "why": "Thuộc thẩm quyền của Sở"},
    NoticeKind.IN_REVIEW: {"unit": "H48.1"},
    NoticeKind.ANSWERED: {"answer": "Đã sửa quy trình.", "outcome": "amend_own"},
    NoticeKind.PUBLISHED: {"link": "https://motcua.example/pakn/abc"},
    NoticeKind.MERGED: {"receipt": "PA-9999-2222"},
    NoticeKind.SPLIT: {"receipts": "PA-2KQM-2XWP, PA-3KQM-2XWP"},
    NoticeKind.MOVED: {"slug": "abc", "status": "reopened"},
    NoticeKind.LATE: {"unit": "H48.1", "day": "14/12/2026"},
}
said: list[tuple[Ref, Reply, str, Template | None]] = []


async def _notify(session: AsyncSession, ref: Ref, reply: Reply, key: str, template: Template | None) -> bool:
    said.append((ref, reply, key, template))
    return True


NOTICES = FeedbackNotices(
    TEXTS,
    _notify,
    lambda code: {"H48.1": "Văn phòng UBND tỉnh Mẫu"}.get(code, code),
    "https://motcua.example/pakn/{}".format,
    lambda texts, receipt: (Choice(f"do:rate:{receipt}", "Hài lòng"),),
)


def _notice(kind: NoticeKind) -> Notice:
    receipt = "" if kind is NoticeKind.MOVED else "PA-2KQM-2XWP"
    return Notice(kind, receipt, VALUES[kind], f"feedback.1.2.{kind}")


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("kind", NoticeKind)
def test_every_notice_has_its_words_and_leads_to_the_record(kind: NoticeKind, language: str) -> None:
    reply = NOTICES.reply(_notice(kind), language)
    assert "{" not in reply.text
    assert all(choice.url != "https://motcua.example/pakn/" for choice in reply.choices)
    if kind is not NoticeKind.MOVED:
        assert "PA-2KQM-2XWP" in reply.text
        assert reply.choices[-1].id == "do:feedback_status:PA-2KQM-2XWP"


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (NoticeKind.SUPPLEMENT, "Ghi rõ ngày nộp"),
        (NoticeKind.FORWARDED, "Sở Xây dựng"),
        (NoticeKind.IN_REVIEW, "Văn phòng UBND tỉnh Mẫu"),
        (NoticeKind.ANSWERED, "Đã sửa quy trình."),
        (NoticeKind.LATE, "14/12/2026"),
        (NoticeKind.OUT_OF_SCOPE, "khiếu nại"),
    ],
)
def test_a_notice_says_what_happened(kind: NoticeKind, words: str) -> None:
    assert words in NOTICES.reply(_notice(kind), "vi").text


def test_what_comes_next_can_be_tapped() -> None:
    ids = {kind: [one.id for one in NOTICES.reply(_notice(kind), "vi").choices] for kind in NoticeKind}
    links = {kind: [one.url for one in NOTICES.reply(_notice(kind), "vi").choices if one.url] for kind in NoticeKind}
    assert ids[NoticeKind.SUPPLEMENT][0] == "do:feedback_supplement:PA-2KQM-2XWP"
    assert ids[NoticeKind.ANSWERED][0] == "do:rate:PA-2KQM-2XWP"
    assert links[NoticeKind.PUBLISHED] == links[NoticeKind.MOVED] == ["https://motcua.example/pakn/abc"]


def test_an_approved_form_carries_nobodys_free_words() -> None:
    for kind in NoticeKind:
        template = NOTICES.template(_notice(kind))
        assert template.kind == f"feedback_{kind.value}"
        assert not {"why", "answer"} & template.values.keys()
    assert NOTICES.template(_notice(NoticeKind.LATE)).values == {"receipt": "PA-2KQM-2XWP", "day": "14/12/2026"}


async def test_a_notice_goes_to_the_conversation_under_its_key() -> None:
    said.clear()
    session: AsyncSession = AsyncSession()
    await NOTICES.tell(session, WHERE, _notice(NoticeKind.MERGED), "en")
    ((ref, reply, key, template),) = said
    assert (ref, key) == (Ref("zalo_oa", "default", "somebody"), "feedback.1.2.merged")
    assert "handled together" in reply.text
    assert template is not None
