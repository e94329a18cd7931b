"""Chats, keys, counters, unmet phrases, posts, and who works on which update."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
IN_ALL = sa.text("chat_id IS NULL")


def upgrade() -> None:
    """From an empty database."""
    _chats()
    _counters()
    _unmet()
    _posts()
    _updates()


def downgrade() -> None:
    """There is nothing before."""
    for table in (
        *("claims", "answered", "weekly", "posted"),
        *("unmet_phrases", "unmet", "counters", "secrets", "chats"),
    ):
        op.drop_table(table)


def _chats() -> None:
    op.create_table(
        "chats",
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("country", sa.CHAR(2)),
        sa.Column("settings", sa.Text, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("left_at", MOMENT, index=True),
    )
    op.create_table(
        "secrets",
        sa.Column("name", sa.String(50), primary_key=True),
        sa.Column("value", sa.LargeBinary, nullable=False),
    )


def _counters() -> None:
    op.create_table(
        "counters",
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("topic", sa.String(100), nullable=False),
        sa.Column("outcome", sa.String(50), nullable=False),
        sa.Column("chat_id", sa.BigInteger),
        sa.Column("count", sa.Integer, nullable=False),
    )
    op.create_index(
        "counters_in_all",
        "counters",
        ["day", "topic", "outcome"],
        unique=True,
        sqlite_where=IN_ALL,
        postgresql_where=IN_ALL,
    )
    op.create_index(
        "counters_in_chats",
        "counters",
        ["chat_id", "day", "topic", "outcome"],
        unique=True,
    )


def _unmet() -> None:
    op.create_table(
        "unmet",
        sa.Column("phrase_hash", sa.LargeBinary, primary_key=True),
        sa.Column("chat_hash", sa.LargeBinary, primary_key=True),
        sa.Column("seen_on", sa.Date, nullable=False, index=True),
    )
    op.create_table(
        "unmet_phrases",
        sa.Column("phrase_hash", sa.LargeBinary, primary_key=True),
        sa.Column("phrase", sa.Text, nullable=False),
    )


def _posts() -> None:
    op.create_table(
        "posted",
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("message_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("topic", sa.String(100), nullable=False, index=True),
        sa.Column("version", sa.String(100), nullable=False),
        sa.Column("posted_at", MOMENT, nullable=False, index=True),
    )
    op.create_table(
        "weekly",
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("week", sa.String(10), primary_key=True),
        sa.Column("topic", sa.String(100), nullable=False),
        sa.Column("posted_on", sa.Date, nullable=False),
    )


def _updates() -> None:
    op.create_table(
        "answered",
        sa.Column("update_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("at", MOMENT, nullable=False, index=True),
    )
    op.create_table(
        "claims",
        sa.Column("update_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("owner", sa.String(100), nullable=False),
        sa.Column("until", MOMENT, nullable=False, index=True),
    )
