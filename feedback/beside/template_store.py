"""Keeps templates of what officials write, within the caller's transaction; never commits and checks no rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from feedback.beside.tables import template
from feedback.record import About, Category
from feedback.transitions import Action


@dataclass(frozen=True)
class Template:
    """Words that officials often write."""

    name: str
    action: Action
    """The step whose words it gives."""
    text: str
    about: About | None = None
    """``None`` for conduct and rules alike."""
    category: Category | None = None
    """``None`` for all."""
    id: int = 0
    """0 for one that is not kept yet."""
    revision: int = 0
    """Of what was before the eyes of who changes it."""


class TemplateStore:
    """The templates of one database."""

    async def all(self, session: AsyncSession, action: Action | None = None) -> Sequence[Template]:
        """Return the templates of a step, or all, by name."""
        chosen = select(template).order_by(template.c.action, template.c.name, template.c.id)
        rows = await session.execute(chosen.where(template.c.action == action) if action else chosen)
        return [_template(row) for row in rows]

    async def get(self, session: AsyncSession, id: int) -> Template | None:
        """Return a template; ``None`` for none."""
        row = (await session.execute(select(template).where(template.c.id == id))).one_or_none()
        return _template(row) if row else None

    async def put(self, session: AsyncSession, one: Template, by: str, at: datetime) -> bool:
        """Keep a new template, or change one; false when that one was changed or deleted meanwhile."""
        row = {
            "name": one.name,
            "action": one.action,
            "about": one.about,
            "category": one.category,
            "text": one.text,
            "changed_by": by,
            "changed_at": at,
        }
        if not one.id:
            await session.execute(insert(template).values(row))
            return True
        same = template.c.id == one.id, template.c.revision == one.revision
        changed = update(template).where(*same).values(**row, revision=one.revision + 1)
        return await session.scalar(changed.returning(template.c.id)) is not None

    async def drop(self, session: AsyncSession, id: int) -> Template | None:
        """Delete a template and return it; ``None`` when it was not there."""
        gone = await session.execute(delete(template).where(template.c.id == id).returning(*template.columns))
        row = gone.one_or_none()
        return _template(row) if row else None


def _template(row: Row[Any]) -> Template:
    return Template(
        row.name,
        Action(row.action),
        row.text,
        About(row.about) if row.about else None,
        Category(row.category) if row.category else None,
        row.id,
        row.revision,
    )
