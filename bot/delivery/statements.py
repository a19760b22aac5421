"""The statements that every message needs, built once: building one costs more than having SQLite execute it."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Executable, Table, and_, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Ref
from bot.delivery.places import places
from bot.delivery.tables import UNSENT, InboxState, conversation, inbox, outbox

STATE = ("version", "state", "updated_at", "unreachable_at")
"""What a turn changes of a conversation."""


def place_of(ref: Ref) -> dict[str, str]:
    """Return the values that name a conversation, for statements with ``p_channel``, ``p_account``, ``p_conversation``."""
    return {"p_channel": ref.channel, "p_account": ref.account, "p_conversation": ref.conversation}


def insertion(session: AsyncSession, table: Table) -> Any:
    """Return an insert that can step aside for an existing row; each database has its own spelling of it."""
    return _insertion(session.get_bind().dialect.name, table)


def take_in(session: AsyncSession) -> Any:
    """Return what puts messages into the inbox and gives number and key of those that are new."""
    return _take_in(session.get_bind().dialect.name)


def keep_states(session: AsyncSession) -> Any:
    """Return what writes states and gives a row for each that was not stale."""
    return _keep_states(session.get_bind().dialect.name)


@cache
def state_of() -> Executable:
    """Return what reads a conversation's state."""
    return select(conversation.c.version, conversation.c.state).where(_at(conversation))


@cache
def end_messages() -> Executable:
    """Return what ends the unanswered ones of the messages ``numbers``."""
    unanswered = and_(inbox.c.id.in_(bindparam("numbers", expanding=True)), inbox.c.state == InboxState.NEW)
    ended: dict[str, Any] = {"state": bindparam("ended"), "finished_at": bindparam("at"), "outcome": bindparam("came")}
    return update(inbox).where(unanswered).values(ended)


@cache
def next_calls(most: int) -> Executable:
    """Return what reads the first calls of a conversation that have to leave."""
    return select(outbox).where(_at(outbox), outbox.c.state.in_(UNSENT)).order_by(outbox.c.id).limit(most)


@cache
def end_attempts(delivered: bool) -> Executable:
    """Return what writes down what came of attempts, once per set of values ``b_…``."""
    here = and_(outbox.c.id == bindparam("b_id"), outbox.c.state.in_(UNSENT))
    # What was delivered is delivered, whoever tries it again meanwhile; anything else only of the latest attempt.
    place = here if delivered else and_(here, outbox.c.attempts == bindparam("b_number"))
    names = ["state", "due_at", "finished_at", "sent_id", "detail", *(() if delivered else ("attempts",))]
    values: dict[str, Any] = {name: bindparam(f"b_{name}") for name in names}
    return update(outbox).where(place).values(values)


@cache
def _insertion(dialect: str, table: Table) -> Any:
    return (postgresql if dialect == "postgresql" else sqlite).insert(table)


@cache
def _take_in(dialect: str) -> Any:
    key = (*places(inbox), inbox.c.message_id)
    return _insertion(dialect, inbox).on_conflict_do_nothing().returning(inbox.c.id, *key)


@cache
def _keep_states(dialect: str) -> Any:
    inserted = _insertion(dialect, conversation)
    given = inserted.excluded
    return inserted.on_conflict_do_update(
        index_elements=list(conversation.primary_key),
        set_={name: given[name] for name in STATE},
        # A row that moved on meanwhile is left alone and not returned: that turn is stale.
        where=conversation.c.version == given.version - 1,
    ).returning(conversation.c.version)


def _at(table: Table) -> Any:
    return and_(*(column == bindparam(f"p_{column.name}") for column in places(table)))
