"""Which columns of the delivery tables are sealed, and what each value is bound to."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from bot.channels.contract import Ref
from bot.delivery.places import places
from bot.delivery.sealing import about_call, about_message, about_state, about_trace
from bot.delivery.tables import conversation, inbox, outbox
from feedback.sealed import SealedColumn


def _ref(row: Row[Any]) -> Ref:
    return Ref(row.channel, row.account, row.conversation)


SEALED = (
    SealedColumn(
        inbox, "body", lambda row: about_message(_ref(row), row.message_id), (*places(inbox), inbox.c.message_id)
    ),
    SealedColumn(inbox, "trace", lambda row: about_trace(row.id)),
    SealedColumn(outbox, "body", lambda row: about_call(row.key), (outbox.c.key,)),
    SealedColumn(conversation, "state", lambda row: about_state(_ref(row))),
)
