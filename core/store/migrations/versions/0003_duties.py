"""Duties: what units file, excuses, the chain of each unit's ledger; versions of sheets made whole

Revision ID: 0003
Revises: 0002
"""

import json

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('excuse',
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('duty', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('key', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('excused_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.CheckConstraint("duty IN ('monthly_report', 'briefing', 'workday')", name=op.f('ck_excuse_duty')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_excuse_person_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_excuse_unit_id')),
    sa.PrimaryKeyConstraint('unit_id', 'duty', 'key', name=op.f('pk_excuse'))
    )
    op.create_table('filing',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('district_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('duty', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('key', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('filed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('state', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('title', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('text', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('link', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('received', sa.Integer(), nullable=True),
    sa.Column('heard', sa.Integer(), nullable=True),
    sa.Column('solved', sa.Integer(), nullable=True),
    sa.Column('decided_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('decided_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('decision', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.CheckConstraint("(decided_at IS NULL) = (state IN ('filed', 'pending'))", name=op.f('ck_filing_decided')),
    sa.CheckConstraint("(duty = 'briefing') = (state IN ('pending', 'accepted', 'rejected'))", name=op.f('ck_filing_state_of_duty')),
    sa.CheckConstraint("duty IN ('monthly_report', 'briefing', 'workday')", name=op.f('ck_filing_duty')),
    sa.CheckConstraint("state IN ('filed', 'returned', 'pending', 'accepted', 'rejected')", name=op.f('ck_filing_state')),
    sa.CheckConstraint('version >= 1', name=op.f('ck_filing_version')),
    sa.ForeignKeyConstraint(['decided_by'], ['person.id'], name=op.f('fk_filing_decided_by')),
    sa.ForeignKeyConstraint(['district_id'], ['district.id'], name=op.f('fk_filing_district_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_filing_person_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_filing_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_filing')),
    sa.UniqueConstraint('unit_id', 'duty', 'key', 'version', name=op.f('uq_filing_unit_id_duty_key_version'))
    )
    with op.batch_alter_table('filing', schema=None) as batch_op:
        batch_op.create_index('ix_filing_began', ['district_id', 'duty', 'filed_at'], unique=False)

    op.create_table('unit_ledger',
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('audit_seq', sa.Integer(), nullable=False),
    sa.Column('audit_head', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_unit_ledger_unit_id')),
    sa.PrimaryKeyConstraint('unit_id', name=op.f('pk_unit_ledger'))
    )
    _make_versions_whole()


def _make_versions_whole() -> None:
    """Revision 0002 kept versions as [points, reason, bulk]; the program reads [points, not applicable, reason, bulk].

    Sheets that were handed in between the two have no version yet and become their own version 1.
    """
    connection = op.get_bind()
    for row in connection.execute(sa.text('SELECT sheet_id, version, body FROM submission')).all():
        told = {
            item: [mark[0], mark[0] is None, mark[1], bool(mark[2])] if len(mark) == 3 else mark
            for item, mark in json.loads(row.body).items()
        }
        connection.execute(
            sa.text('UPDATE submission SET body = :body WHERE sheet_id = :sheet AND version = :version'),
            {'body': _written(told), 'sheet': row.sheet_id, 'version': row.version},
        )
    handed_in = sa.text(
        'SELECT id, submitted_at, rater_person_id, audit_head FROM sheet'
        " WHERE state = 'submitted' AND version = 0"
    ).columns(submitted_at=sqlmodel.sql.sqltypes.UTCDateTime())
    for sheet in connection.execute(handed_in).all():
        marks = connection.execute(
            sa.text('SELECT item, points, not_applicable, reason, bulk, person_id FROM mark WHERE sheet_id = :id ORDER BY item'),
            {'id': sheet.id},
        ).all()
        if not marks:
            # Nobody can hand in a sheet without marks.
            continue
        told = {str(mark.item): [mark.points, bool(mark.not_applicable), mark.reason, bool(mark.bulk)] for mark in marks}
        connection.execute(
            sa.text(
                'INSERT INTO submission (sheet_id, version, submitted_at, person_id, body, audit_head)'
                ' VALUES (:id, 1, :at, :person, :body, :head)'
            ).bindparams(sa.bindparam('at', type_=sqlmodel.sql.sqltypes.UTCDateTime())),
            {
                'id': sheet.id,
                'at': sheet.submitted_at,
                'person': sheet.rater_person_id or marks[0].person_id,
                'body': _written(told),
                'head': sheet.audit_head,
            },
        )
        connection.execute(sa.text('UPDATE sheet SET version = 1 WHERE id = :id'), {'id': sheet.id})


def _written(told: dict) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(',', ':'))


def downgrade() -> None:
    op.drop_table('unit_ledger')
    with op.batch_alter_table('filing', schema=None) as batch_op:
        batch_op.drop_index('ix_filing_began')

    op.drop_table('filing')
    op.drop_table('excuse')
