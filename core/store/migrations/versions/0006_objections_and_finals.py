"""The life of a ranking: provisional until, final since; objections, explanations, the office's word at the gate

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
KINDS = (
    "'reason', 'not_applicable', 'return', 'report', 'briefing', 'workday', 'return_filing', 'reject_filing', 'excuse',"
    " 'skip_occurrence', 'move_occurrence', 'fire_occurrence', 'holidays'"
)
NEW_KINDS = "'objection', 'uphold', 'reject_objection', 'explanation', 'correction'"


def upgrade() -> None:
    with op.batch_alter_table('ranking', schema=None) as batch_op:
        batch_op.add_column(sa.Column('inputs', sqlmodel.sql.sqltypes.AutoString(), nullable=True))
        batch_op.add_column(sa.Column('objections_until', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column('final_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
    # Months had no days for objections: each was final from the start, also one that was superseded since.
    op.execute('UPDATE ranking SET final_at = computed_at')
    with op.batch_alter_table('ranking', schema=None) as batch_op:
        batch_op.create_check_constraint(op.f('ck_ranking_final'), "state <> 'final' OR final_at IS NOT NULL")

    op.create_table('objection',
    sa.Column('id', KEY, autoincrement=True, nullable=False),
    sa.Column('district_id', KEY, nullable=False),
    sa.Column('ranking_id', KEY, nullable=False),
    sa.Column('unit_id', KEY, nullable=False),
    sa.Column('person_id', KEY, nullable=False),
    sa.Column('prompt_id', KEY, nullable=True),
    sa.Column('items', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('text', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('raised_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('state', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('decided_by', KEY, nullable=True),
    sa.Column('decided_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('decision', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.CheckConstraint("(decided_at IS NULL) = (state = 'open')", name=op.f('ck_objection_decided')),
    sa.CheckConstraint("state IN ('open', 'upheld', 'rejected')", name=op.f('ck_objection_state')),
    sa.ForeignKeyConstraint(['decided_by'], ['person.id'], name=op.f('fk_objection_decided_by')),
    sa.ForeignKeyConstraint(['district_id'], ['district.id'], name=op.f('fk_objection_district_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_objection_person_id')),
    sa.ForeignKeyConstraint(['prompt_id'], ['prompt.id'], name=op.f('fk_objection_prompt_id')),
    sa.ForeignKeyConstraint(['ranking_id'], ['ranking.id'], name=op.f('fk_objection_ranking_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_objection_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_objection'))
    )
    with op.batch_alter_table('objection', schema=None) as batch_op:
        batch_op.create_index('ix_objection_ranking', ['ranking_id', 'state'], unique=False)

    op.create_table('explanation',
    sa.Column('unit_id', KEY, nullable=False),
    sa.Column('period', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('prompt_id', KEY, nullable=True),
    sa.Column('text', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('person_id', KEY, nullable=False),
    sa.Column('filed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_explanation_person_id')),
    sa.ForeignKeyConstraint(['prompt_id'], ['prompt.id'], name=op.f('fk_explanation_prompt_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_explanation_unit_id')),
    sa.PrimaryKeyConstraint('unit_id', 'period', 'version', name=op.f('pk_explanation'))
    )
    op.create_table('gate',
    sa.Column('district_id', KEY, nullable=False),
    sa.Column('period', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('unit_kind', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('person_id', KEY, nullable=False),
    sa.Column('opened_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['district_id'], ['district.id'], name=op.f('fk_gate_district_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_gate_person_id')),
    sa.PrimaryKeyConstraint('district_id', 'period', 'unit_kind', name=op.f('pk_gate'))
    )

    with op.batch_alter_table('prompt', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_prompt_kind'), type_='check')
        batch_op.create_check_constraint(op.f('ck_prompt_kind'), f'kind IN ({KINDS}, {NEW_KINDS})')


def downgrade() -> None:
    op.drop_table('gate')
    op.drop_table('explanation')
    with op.batch_alter_table('objection', schema=None) as batch_op:
        batch_op.drop_index('ix_objection_ranking')
    op.drop_table('objection')
    op.execute(f'DELETE FROM prompt WHERE kind IN ({NEW_KINDS})')
    with op.batch_alter_table('prompt', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_prompt_kind'), type_='check')
        batch_op.create_check_constraint(op.f('ck_prompt_kind'), f'kind IN ({KINDS})')
    with op.batch_alter_table('ranking', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_ranking_final'), type_='check')
        batch_op.drop_column('final_at')
        batch_op.drop_column('objections_until')
        batch_op.drop_column('inputs')
