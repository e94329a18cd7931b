"""What a group needs: what was said of late, what is to be deleted, what changed since."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Two tables and an index."""
    op.create_table(
        "said",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("thing", sa.LargeBinary, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("until", MOMENT, nullable=False, index=True),
    )
    op.create_index("said_of_late", "said", ["thing", "at"])
    op.create_table(
        "to_delete",
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("message_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("at", MOMENT, nullable=False, index=True),
    )
    op.create_index("ix_chats_updated_at", "chats", ["updated_at"])


def downgrade() -> None:
    """As version 0002 left it."""
    op.drop_index("ix_chats_updated_at", "chats")
    op.drop_table("to_delete")
    op.drop_table("said")
