"""Filing: questions about something else than a sheet, and files in answer; reminders that can be missed or unwanted

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
NEW_KINDS = "'report', 'briefing', 'workday', 'return_filing', 'reject_filing', 'excuse'"


def upgrade() -> None:
    with op.batch_alter_table('prompt', schema=None) as batch_op:
        batch_op.add_column(sa.Column('about', sqlmodel.sql.sqltypes.AutoString(), nullable=True))
        batch_op.alter_column('sheet_id', existing_type=KEY, nullable=True)
        batch_op.alter_column('item', existing_type=sa.Integer(), nullable=True)
        batch_op.drop_constraint(op.f('ck_prompt_kind'), type_='check')
        batch_op.create_check_constraint(op.f('ck_prompt_kind'), f"kind IN ('reason', 'not_applicable', 'return', {NEW_KINDS})")
        batch_op.create_check_constraint(
            op.f('ck_prompt_about'), '(sheet_id IS NULL) = (about IS NOT NULL) AND (sheet_id IS NULL) = (item IS NULL)'
        )

    with op.batch_alter_table('filing', schema=None) as batch_op:
        batch_op.add_column(sa.Column('prompt_id', KEY, nullable=True))
        batch_op.add_column(sa.Column('alike_id', KEY, nullable=True))
        batch_op.add_column(sa.Column('alike_percent', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_filing_prompt_id'), 'prompt', ['prompt_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_filing_alike_id'), 'filing', ['alike_id'], ['id'])

    op.create_table('filing_file',
    sa.Column('id', KEY, autoincrement=True, nullable=False),
    sa.Column('prompt_id', KEY, nullable=False),
    sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('source_key', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('telegram_file_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('size', sa.Integer(), nullable=True),
    sa.Column('album', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('sha256', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('state', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('next_try_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('person_id', KEY, nullable=False),
    sa.Column('received_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.CheckConstraint("kind IN ('photo', 'file')", name=op.f('ck_filing_file_kind')),
    sa.CheckConstraint("state IN ('owed', 'stored', 'failed')", name=op.f('ck_filing_file_state')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_filing_file_person_id')),
    sa.ForeignKeyConstraint(['prompt_id'], ['prompt.id'], name=op.f('fk_filing_file_prompt_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_filing_file')),
    sa.UniqueConstraint('prompt_id', 'source_key', name=op.f('uq_filing_file_prompt_id_source_key'))
    )
    with op.batch_alter_table('filing_file', schema=None) as batch_op:
        batch_op.create_index('ix_filing_file_owed', ['state', 'next_try_at'], unique=False)

    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.add_column(sa.Column('digest', sa.Boolean(), nullable=False, server_default=sa.true()))

    with op.batch_alter_table('occurrence', schema=None) as batch_op:
        batch_op.add_column(sa.Column('outcome', sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default='done'))
        batch_op.create_check_constraint(op.f('ck_occurrence_outcome'), "outcome IN ('done', 'missed')")

    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.add_column(sa.Column('not_after', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.drop_column('not_after')

    with op.batch_alter_table('occurrence', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_occurrence_outcome'), type_='check')
        batch_op.drop_column('outcome')

    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_column('digest')

    with op.batch_alter_table('filing_file', schema=None) as batch_op:
        batch_op.drop_index('ix_filing_file_owed')

    op.drop_table('filing_file')
    with op.batch_alter_table('filing', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_filing_alike_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_filing_prompt_id'), type_='foreignkey')
        batch_op.drop_column('alike_percent')
        batch_op.drop_column('alike_id')
        batch_op.drop_column('prompt_id')

    op.execute('DELETE FROM prompt WHERE sheet_id IS NULL')
    with op.batch_alter_table('prompt', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_prompt_about'), type_='check')
        batch_op.drop_constraint(op.f('ck_prompt_kind'), type_='check')
        batch_op.create_check_constraint(op.f('ck_prompt_kind'), "kind IN ('reason', 'not_applicable', 'return')")
        batch_op.alter_column('item', existing_type=sa.Integer(), nullable=False)
        batch_op.alter_column('sheet_id', existing_type=KEY, nullable=False)
        batch_op.drop_column('about')
