"""People, units and rounds: the roster, invitations, versions of sheets, uploads

Revision ID: 0002
Revises: 0001
"""

import json

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('wrong_code',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('telegram_id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_wrong_code'))
    )
    with op.batch_alter_table('wrong_code', schema=None) as batch_op:
        batch_op.create_index('ix_wrong_code_telegram_id_at', ['telegram_id', 'at'], unique=False)

    op.create_table('assignment',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_assignment_person_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_assignment_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assignment'))
    )
    with op.batch_alter_table('assignment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_assignment_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_assignment_unit_id'), ['unit_id'], unique=False)

    op.create_table('conflict',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_conflict_person_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_conflict_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conflict'))
    )
    with op.batch_alter_table('conflict', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_conflict_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_conflict_unit_id'), ['unit_id'], unique=False)

    op.create_table('invitation',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('nonce', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('code_hash', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('issued_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('expires_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('used_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('used_by', sa.BigInteger(), autoincrement=False, nullable=True),
    sa.Column('revoked_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_invitation_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitation')),
    sa.UniqueConstraint('code_hash', name=op.f('uq_invitation_code_hash'))
    )
    with op.batch_alter_table('invitation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_invitation_person_id'), ['person_id'], unique=False)

    op.create_table('link',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('department_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('township_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['department_id'], ['unit.id'], name=op.f('fk_link_department_id')),
    sa.ForeignKeyConstraint(['township_id'], ['unit.id'], name=op.f('fk_link_township_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_link'))
    )
    with op.batch_alter_table('link', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_link_department_id'), ['department_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_link_township_id'), ['township_id'], unique=False)

    op.create_table('returned_item',
    sa.Column('sheet_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('item', sa.Integer(), nullable=False),
    sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('returned_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_returned_item_person_id')),
    sa.ForeignKeyConstraint(['sheet_id'], ['sheet.id'], name=op.f('fk_returned_item_sheet_id')),
    sa.PrimaryKeyConstraint('sheet_id', 'version', 'item', name=op.f('pk_returned_item'))
    )
    op.create_table('submission',
    sa.Column('sheet_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('submitted_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('body', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('audit_head', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_submission_person_id')),
    sa.ForeignKeyConstraint(['sheet_id'], ['sheet.id'], name=op.f('fk_submission_sheet_id')),
    sa.PrimaryKeyConstraint('sheet_id', 'version', name=op.f('pk_submission'))
    )
    op.create_table('upload',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('chat_id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('message_id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('telegram_file_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('file_unique_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=True),
    sa.Column('sheet_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('item', sa.Integer(), nullable=True),
    sa.Column('state', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('sha256', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('body', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('confirmed', sa.BigInteger(), autoincrement=False, nullable=True),
    sa.Column('shown_in', sa.BigInteger(), autoincrement=False, nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('next_try_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('received_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.CheckConstraint("kind IN ('roster', 'form', 'matrix', 'evidence')", name=op.f('ck_upload_kind')),
    sa.CheckConstraint("state IN ('owed', 'read', 'refused', 'applying', 'applied', 'dropped')", name=op.f('ck_upload_state')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_upload_person_id')),
    sa.ForeignKeyConstraint(['sheet_id'], ['sheet.id'], name=op.f('fk_upload_sheet_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_upload')),
    sa.UniqueConstraint('chat_id', 'message_id', name=op.f('uq_upload_chat_id_message_id'))
    )
    with op.batch_alter_table('upload', schema=None) as batch_op:
        batch_op.create_index('ix_upload_owed', ['state', 'next_try_at'], unique=False)

    with op.batch_alter_table('district', schema=None) as batch_op:
        batch_op.add_column(sa.Column('policy_hash', sqlmodel.sql.sqltypes.AutoString(), nullable=True))
        batch_op.add_column(sa.Column('audit_seq', sa.Integer(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('audit_head', sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default='0' * 64))
        batch_op.create_foreign_key(batch_op.f('fk_district_policy_hash'), 'rule_text', ['policy_hash'], ['hash'])

    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.add_column(sa.Column('code', sqlmodel.sql.sqltypes.AutoString(), nullable=True))
        batch_op.add_column(sa.Column('reminded_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
        batch_op.create_unique_constraint(batch_op.f('uq_person_district_id_code'), ['district_id', 'code'])

    with op.batch_alter_table('round', schema=None) as batch_op:
        batch_op.add_column(sa.Column('focus', sqlmodel.sql.sqltypes.AutoString(), nullable=True))

    with op.batch_alter_table('screen', schema=None) as batch_op:
        batch_op.add_column(sa.Column('in_column', sa.Boolean(), nullable=False, server_default=sa.false()))

    with op.batch_alter_table('sheet', schema=None) as batch_op:
        batch_op.add_column(sa.Column('version', sa.Integer(), nullable=False, server_default='0'))
        batch_op.drop_constraint(op.f('ck_sheet_state'), type_='check')
        batch_op.drop_constraint(op.f('ck_sheet_submitted_at'), type_='check')
        batch_op.create_check_constraint(op.f('ck_sheet_state'), "state IN ('open', 'submitted', 'skipped')")
        batch_op.create_check_constraint(op.f('ck_sheet_submitted_at'), "(state = 'submitted') = (submitted_at IS NOT NULL)")
        batch_op.create_check_constraint(op.f('ck_sheet_version'), 'version >= 0')
    _keep_what_was_handed_in()

    with op.batch_alter_table('prompt', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_prompt_kind'), type_='check')
        batch_op.create_check_constraint(op.f('ck_prompt_kind'), "kind IN ('reason', 'not_applicable', 'return')")

    with op.batch_alter_table('unit', schema=None) as batch_op:
        batch_op.add_column(sa.Column('ends_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('successor_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.add_column(sa.Column('successor_inherits', sa.Boolean(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_unit_successor_id'), 'unit', ['successor_id'], ['id'])
        batch_op.create_check_constraint(op.f('ck_unit_successor'), '(successor_id IS NULL) = (successor_inherits IS NULL)')
        batch_op.add_column(sa.Column('category', sqlmodel.sql.sqltypes.AutoString(), nullable=True))
    op.execute("UPDATE unit SET category = CASE kind WHEN 'department' THEN 'department' ELSE 'town' END")
    with op.batch_alter_table('unit', schema=None) as batch_op:
        batch_op.alter_column('category', existing_type=sqlmodel.sql.sqltypes.AutoString(), nullable=False)
        batch_op.create_check_constraint(op.f('ck_unit_category'), "category IN ('town', 'subdistrict', 'committee', 'department')")
        batch_op.create_check_constraint(op.f('ck_unit_category_of_kind'), "(category = 'department') = (kind = 'department')")



def _keep_what_was_handed_in() -> None:
    """A sheet that was handed in before there were versions becomes its own version 1."""
    connection = op.get_bind()
    sheets = connection.execute(sa.text("SELECT id, submitted_at, rater_person_id, audit_head FROM sheet WHERE state = 'submitted'"))
    for sheet in sheets.all():
        rows = connection.execute(
            sa.text('SELECT item, points, reason, bulk, person_id FROM mark WHERE sheet_id = :id ORDER BY item'), {'id': sheet.id}
        ).all()
        if sheet.rater_person_id is None and not rows:
            # Nobody handed in a sheet without marks; one that was written by hand names nobody to keep it under.
            continue
        marks = {str(row.item): [row.points, row.reason, int(row.bulk)] for row in rows}
        connection.execute(
            sa.text(
                'INSERT INTO submission (sheet_id, version, submitted_at, person_id, body, audit_head)'
                ' VALUES (:id, 1, :at, :person, :body, :head)'
            ),
            {
                'id': sheet.id,
                'at': sheet.submitted_at,
                'person': sheet.rater_person_id or rows[0].person_id,
                'body': json.dumps(marks, ensure_ascii=False, sort_keys=True, separators=(',', ':')),
                'head': sheet.audit_head,
            },
        )
        connection.execute(sa.text('UPDATE sheet SET version = 1 WHERE id = :id'), {'id': sheet.id})


def downgrade() -> None:
    with op.batch_alter_table('unit', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_unit_category_of_kind'), type_='check')
        batch_op.drop_constraint(op.f('ck_unit_category'), type_='check')
        batch_op.drop_column('category')
        batch_op.drop_constraint(op.f('ck_unit_successor'), type_='check')
        batch_op.drop_constraint(batch_op.f('fk_unit_successor_id'), type_='foreignkey')
        batch_op.drop_column('successor_inherits')
        batch_op.drop_column('successor_id')
        batch_op.drop_column('ends_on')

    op.execute("DELETE FROM prompt WHERE kind = 'return'")
    with op.batch_alter_table('prompt', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_prompt_kind'), type_='check')
        batch_op.create_check_constraint(op.f('ck_prompt_kind'), "kind IN ('reason', 'not_applicable')")

    op.execute("UPDATE sheet SET state = 'open' WHERE state = 'skipped'")
    with op.batch_alter_table('sheet', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_sheet_version'), type_='check')
        batch_op.drop_constraint(op.f('ck_sheet_submitted_at'), type_='check')
        batch_op.drop_constraint(op.f('ck_sheet_state'), type_='check')
        batch_op.create_check_constraint(op.f('ck_sheet_state'), "state IN ('open', 'submitted')")
        batch_op.create_check_constraint(op.f('ck_sheet_submitted_at'), "(state = 'open') = (submitted_at IS NULL)")
        batch_op.drop_column('version')

    with op.batch_alter_table('screen', schema=None) as batch_op:
        batch_op.drop_column('in_column')

    with op.batch_alter_table('round', schema=None) as batch_op:
        batch_op.drop_column('focus')

    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_person_district_id_code'), type_='unique')
        batch_op.drop_column('reminded_at')
        batch_op.drop_column('code')

    with op.batch_alter_table('district', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_district_policy_hash'), type_='foreignkey')
        batch_op.drop_column('audit_head')
        batch_op.drop_column('audit_seq')
        batch_op.drop_column('policy_hash')

    with op.batch_alter_table('upload', schema=None) as batch_op:
        batch_op.drop_index('ix_upload_owed')

    op.drop_table('upload')
    op.drop_table('submission')
    op.drop_table('returned_item')
    with op.batch_alter_table('link', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_link_township_id'))
        batch_op.drop_index(batch_op.f('ix_link_department_id'))

    op.drop_table('link')
    with op.batch_alter_table('invitation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_invitation_person_id'))

    op.drop_table('invitation')
    with op.batch_alter_table('conflict', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_conflict_unit_id'))
        batch_op.drop_index(batch_op.f('ix_conflict_person_id'))

    op.drop_table('conflict')
    with op.batch_alter_table('assignment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_assignment_unit_id'))
        batch_op.drop_index(batch_op.f('ix_assignment_person_id'))

    op.drop_table('assignment')
    with op.batch_alter_table('wrong_code', schema=None) as batch_op:
        batch_op.drop_index('ix_wrong_code_telegram_id_at')

    op.drop_table('wrong_code')
