"""The office's hand in the clock: firings skipped or moved, the days of the year; who cannot be reached

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
KINDS = "'reason', 'not_applicable', 'return', 'report', 'briefing', 'workday', 'return_filing', 'reject_filing', 'excuse'"
NEW_KINDS = "'skip_occurrence', 'move_occurrence', 'fire_occurrence', 'holidays'"


def upgrade() -> None:
    op.create_table('rescheduling',
    sa.Column('district_id', KEY, nullable=False),
    sa.Column('schedule', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('key', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('fire_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('person_id', KEY, nullable=False),
    sa.Column('set_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['district_id'], ['district.id'], name=op.f('fk_rescheduling_district_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_rescheduling_person_id')),
    sa.PrimaryKeyConstraint('district_id', 'schedule', 'key', name=op.f('pk_rescheduling'))
    )
    op.create_table('calendar_day',
    sa.Column('district_id', KEY, nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('worked', sa.Boolean(), nullable=False),
    sa.Column('person_id', KEY, nullable=False),
    sa.Column('set_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['district_id'], ['district.id'], name=op.f('fk_calendar_day_district_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_calendar_day_person_id')),
    sa.PrimaryKeyConstraint('district_id', 'day', name=op.f('pk_calendar_day'))
    )

    with op.batch_alter_table('prompt', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_prompt_kind'), type_='check')
        batch_op.create_check_constraint(op.f('ck_prompt_kind'), f'kind IN ({KINDS}, {NEW_KINDS})')

    with op.batch_alter_table('upload', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_upload_kind'), type_='check')
        batch_op.create_check_constraint(op.f('ck_upload_kind'), "kind IN ('roster', 'form', 'matrix', 'evidence', 'notice')")

    with op.batch_alter_table('occurrence', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_occurrence_outcome'), type_='check')
        batch_op.create_check_constraint(op.f('ck_occurrence_outcome'), "outcome IN ('done', 'missed', 'skipped')")

    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.add_column(sa.Column('occurrence', sqlmodel.sql.sqltypes.AutoString(), nullable=True))
        batch_op.create_index('ix_outbox_occurrence', ['district_id', 'occurrence'], unique=False)

    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.add_column(sa.Column('unreachable_since', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_column('unreachable_since')

    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.drop_index('ix_outbox_occurrence')
        batch_op.drop_column('occurrence')

    op.execute("DELETE FROM occurrence WHERE outcome = 'skipped'")
    with op.batch_alter_table('occurrence', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_occurrence_outcome'), type_='check')
        batch_op.create_check_constraint(op.f('ck_occurrence_outcome'), "outcome IN ('done', 'missed')")

    op.execute("DELETE FROM upload WHERE kind = 'notice'")
    with op.batch_alter_table('upload', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_upload_kind'), type_='check')
        batch_op.create_check_constraint(op.f('ck_upload_kind'), "kind IN ('roster', 'form', 'matrix', 'evidence')")

    op.execute(f'DELETE FROM prompt WHERE kind IN ({NEW_KINDS})')
    with op.batch_alter_table('prompt', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_prompt_kind'), type_='check')
        batch_op.create_check_constraint(op.f('ck_prompt_kind'), f'kind IN ({KINDS})')

    op.drop_table('calendar_day')
    op.drop_table('rescheduling')
