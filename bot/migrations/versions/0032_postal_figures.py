"""How dossiers were filed, and counts by day of that and of what people ask about the post."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
GRAIN = "d of a day, m of a month: the sum of its days"
FILED = {
    "received": "Dossiers received",
    "ended": "Dossiers that ended",
    "late": "Of these after their appointment",
    "undated": "Of these without an appointment",
    "post_received": "Of the received ones filed by the public postal service",
    "post_ended": "Of the ended ones, likewise",
    "post_late": "Of the late ones, likewise",
    "post_undated": "Of the undated ones, likewise",
}


def upgrade() -> None:
    """Make the column, the tables and the indexes; what was filed how is told by the sources again."""
    op.add_column(
        "dossier",
        sa.Column(
            "channel",
            sa.SmallInteger(),
            nullable=False,
            server_default="0",
            comment="KenhThucHien 1-3; 0: not told, or not since",
        ),
    )
    op.create_index("ix_dossier_received_at", "dossier", ["received_at"])
    op.create_table(
        "postal_asked",
        sa.Column("id", BIG, nullable=False),
        sa.Column("day", sa.Date(), nullable=False, comment="By Vietnam's calendar; the hour is not kept"),
        sa.Column("procedure_code", sa.String(32), nullable=False, comment="Empty for none"),
        sa.Column("topic", sa.String(12), nullable=False, comment="bot.postal.asked.Topic"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_postal_asked")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_postal_asked_day", "postal_asked", ["day"])
    _filed()
    _post()


def downgrade() -> None:
    """Drop them."""
    op.drop_table("figure_post_day")
    op.drop_table("figure_filed_day")
    op.drop_table("postal_asked")
    op.drop_index("ix_dossier_received_at", "dossier")
    op.drop_column("dossier", "channel")


def _filed() -> None:
    op.create_table(
        "figure_filed_day",
        sa.Column("grain", sa.String(1), nullable=False, comment=GRAIN),
        sa.Column(
            "day", sa.Date(), nullable=False, comment="On which they were received, or ended; of a month its first"
        ),
        sa.Column("procedure_code", sa.String(32), nullable=False, comment="Empty for unknown"),
        *(sa.Column(name, sa.Integer(), nullable=False, comment=comment) for name, comment in FILED.items()),
        sa.PrimaryKeyConstraint("grain", "day", "procedure_code", name=op.f("pk_figure_filed_day")),
        sqlite_with_rowid=False,
    )


def _post() -> None:
    op.create_table(
        "figure_post_day",
        sa.Column("grain", sa.String(1), nullable=False, comment=GRAIN),
        sa.Column("day", sa.Date(), nullable=False, comment="Of a month its first"),
        sa.Column("procedure_code", sa.String(32), nullable=False, comment="Empty for none"),
        sa.Column("topic", sa.String(12), nullable=False, comment="bot.postal.asked.Topic"),
        sa.Column("count", sa.Integer(), nullable=False, comment="How often it was asked or done"),
        sa.PrimaryKeyConstraint("grain", "day", "procedure_code", "topic", name=op.f("pk_figure_post_day")),
        sqlite_with_rowid=False,
    )
