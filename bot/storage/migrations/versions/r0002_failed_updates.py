"""How often an update has failed: so that all copies together try it three times, not each."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing that is claimed now has failed."""
    failures = sa.Column("failures", sa.Integer, nullable=False, server_default="0")
    op.add_column("claims", failures)


def downgrade() -> None:
    """Without the count."""
    op.drop_column("claims", "failures")
