"""What somebody may do by hand to rankings, to what people say of them, and to the calendar.

Written against the rows of `kept_rankings`; as in `tamperings`, each is to be found first where it was done.
"""

from __future__ import annotations

RANKINGS = {
    "a provisional ranking final": (
        "UPDATE ranking SET state = 'final', final_at = '{now}' WHERE period = '2013' AND version = 2",
        "ranking",
        "2013/township/2",
        "",
    ),
    "a final ranking provisional": (
        "UPDATE ranking SET state = 'provisional' WHERE period = '2013-Q2'",
        "ranking",
        "2013-Q2/township/1",
        "state",
    ),
    "since when it is final": (
        "UPDATE ranking SET final_at = '{now}' WHERE period = '2013-Q2'",
        "ranking",
        "2013-Q2/township/1",
        "final_at",
    ),
    "that a version was final once": (
        "UPDATE ranking SET final_at = NULL WHERE period = '2013-Q1' AND version = 2",
        "ranking",
        "2013-Q1/township/2",
        "final_at",
    ),
    "until when it was open": (
        "UPDATE ranking SET objections_until = '{now}' WHERE period = '2013-Q2'",
        "ranking",
        "2013-Q2/township/1",
        "objections_until",
    ),
    "until when a year's is open": (
        "UPDATE ranking SET objections_until = NULL WHERE period = '2013' AND version = 2",
        "ranking",
        "2013/township/2",
        "objections_until",
    ),
    "until when it was open, known only later": (
        "UPDATE ranking SET objections_until = NULL WHERE period = '2027-Q1'",
        "ranking",
        "2027-Q1/township/1",
        "objections_until",
    ),
    "what it was computed from": (
        "UPDATE ranking SET inputs = replace(inputs, '月塘', '明照') WHERE period = '2013-Q1' AND version = 2",
        "ranking",
        "2013-Q1/township/2",
        "inputs",
    ),
    "what it was computed from forgotten": (
        "UPDATE ranking SET inputs = NULL WHERE period = '2013-H1' AND version = 1",
        "ranking",
        "2013-H1/township/1",
        "inputs",
    ),
    "a superseded version deleted": (
        "DELETE FROM ranking WHERE period = '2013-Q1' AND version = 2",
        "ranking",
        "2013-Q1/township/2",
        "",
    ),
    "two versions swapped": (
        "UPDATE ranking SET version = -version WHERE period = '2013-H1'",
        "ranking",
        "2013-H1/township/1",
        "",
    ),
    "a half-year's table": (
        "UPDATE ranking SET body = replace(body, '仙庾', '明照') WHERE period = '2013-H1'",
        "ranking",
        "2013-H1/township/1",
        "body",
    ),
    "a half-year's root": (
        "UPDATE ranking SET audit_root = 'x' WHERE period = '2013-H1' AND version = 2",
        "ranking",
        "2013-H1/township/2",
        "audit_root",
    ),
    "a half-year's policy": (
        "UPDATE ranking SET policy_hash = rubric_hash WHERE period = '2013-H1'",
        "ranking",
        "2013-H1/township/1",
        "policy_hash",
    ),
    "a half-year deleted": ("DELETE FROM ranking WHERE period = '2013-H1'", "ranking", "2013-H1/township/1", ""),
    "a half-year that nobody computed": (
        "INSERT INTO ranking SELECT 99, district_id, '2012-H2', unit_kind, 1, state, computed_at, body, inputs_hash, audit_root, rubric_hash, policy_hash, inputs, objections_until, final_at FROM ranking WHERE id = 9",  # noqa: E501  # one statement
        "ranking",
        "2012-H2/township/1",
        "",
    ),
    "a year's table": (
        "UPDATE ranking SET body = replace(body, '仙庾', '明照') WHERE period = '2013' AND version = 2",
        "ranking",
        "2013/township/2",
        "body",
    ),
    "a ranking of another district": (
        "UPDATE ranking SET district_id = 7 WHERE period = '2013-Q2'",
        "ranking",
        "2013-Q2/township/1",
        "",
    ),
    "what was objected": ("UPDATE objection SET text = '无' WHERE id = 1", "objection", "1", "text"),
    "the items of an objection": ("UPDATE objection SET items = '5' WHERE id = 1", "objection", "1", "items"),
    "when it was raised": ("UPDATE objection SET raised_at = '{now}' WHERE id = 3", "objection", "3", "raised_at"),
    "who objected": ("UPDATE objection SET person_id = 2 WHERE id = 1", "objection", "1", "person_id"),
    "for whom it was objected": ("UPDATE objection SET unit_id = 2 WHERE id = 1", "objection", "1", "unit_id"),
    "what was objected to": ("UPDATE objection SET ranking_id = 4 WHERE id = 1", "objection", "1", "ranking_id"),
    "objected to nothing": ("UPDATE objection SET ranking_id = 400 WHERE id = 1", "objection", "1", "ranking_id"),
    "the question of an objection": ("UPDATE objection SET prompt_id = 1 WHERE id = 1", "objection", "1", "prompt_id"),
    "an objection turned down": ("UPDATE objection SET state = 'rejected' WHERE id = 1", "objection", "1", "state"),
    "an objection upheld": ("UPDATE objection SET state = 'upheld' WHERE id = 2", "objection", "2", "state"),
    "an objection open again": (
        "UPDATE objection SET state = 'open', decided_by = NULL, decided_at = NULL, decision = NULL WHERE id = 2",
        "objection",
        "2",
        "state",
    ),
    "an objection decided": (
        "UPDATE objection SET state = 'rejected', decided_by = 1, decided_at = '{now}', decision = '无' WHERE id = 3",
        "objection",
        "3",
        "state",
    ),
    "the office's reason": ("UPDATE objection SET decision = '无' WHERE id = 2", "objection", "2", "decision"),
    "who decided": ("UPDATE objection SET decided_by = 2 WHERE id = 2", "objection", "2", "decided_by"),
    "when it was decided": ("UPDATE objection SET decided_at = '{now}' WHERE id = 2", "objection", "2", "decided_at"),
    "an objection deleted": ("DELETE FROM objection WHERE id = 3", "objection", "3", ""),
    "an objection made up": (
        "INSERT INTO objection SELECT 9, district_id, ranking_id, unit_id, person_id, prompt_id, items, text, raised_at, state, decided_by, decided_at, decision FROM objection WHERE id = 3",  # noqa: E501  # one statement
        "objection",
        "9",
        "",
    ),
    "an objection of another district": ("UPDATE objection SET district_id = 7 WHERE id = 1", "objection", "1", ""),
    "what was explained": ("UPDATE explanation SET text = '无'", "explanation", "1/2013-Q2/1", "text"),
    "when it was explained": (
        "UPDATE explanation SET filed_at = '{now}' WHERE version = 2",
        "explanation",
        "1/2013-Q2/2",
        "filed_at",
    ),
    "who explained": ("UPDATE explanation SET person_id = 1", "explanation", "1/2013-Q2/1", "person_id"),
    "the question of an explanation": (
        "UPDATE explanation SET prompt_id = NULL WHERE version = 2",
        "explanation",
        "1/2013-Q2/2",
        "prompt_id",
    ),
    "of which quarter": ("UPDATE explanation SET period = '2013-Q1'", "explanation", "1/2013-Q2/1", ""),
    "an explanation deleted": ("DELETE FROM explanation WHERE version = 1", "explanation", "1/2013-Q2/1", ""),
    "an explanation made up": (
        "INSERT INTO explanation SELECT 2, period, 1, prompt_id, text, person_id, filed_at FROM explanation WHERE version = 1",  # noqa: E501  # one statement
        "explanation",
        "2/2013-Q2/1",
        "",
    ),
    "who let it through": ("UPDATE gate SET person_id = 2", "gate", "2013-Q1/township", "person_id"),
    "when it was let through": ("UPDATE gate SET opened_at = '{now}'", "gate", "2013-Q1/township", "opened_at"),
    "that it was let through": ("DELETE FROM gate", "gate", "2013-Q1/township", ""),
    "a word that nobody said": (
        "INSERT INTO gate SELECT district_id, '2013-Q2', unit_kind, person_id, opened_at FROM gate",
        "gate",
        "2013-Q2/township",
        "",
    ),
}
"""What is done, and the table, row and column that the first finding names."""

CORRECTIONS = {
    "a corrected mark put back": (
        "UPDATE mark SET points = 0 WHERE item = 4 AND points = 200 AND reason = '台账已补'",
        "mark",
        None,
        "points",
    ),
    "why it was corrected": ("UPDATE mark SET reason = '无' WHERE reason = '台账已补'", "mark", None, "reason"),
    "a corrected version": (
        "UPDATE submission SET body = replace(body, '会议记录已核实', '无') WHERE version = 2 AND sheet_id <> 1",
        "submission",
        None,
        "body",
    ),
    "a corrected version deleted": ("DELETE FROM submission WHERE version = 3", "submission", None, ""),
    "as if it was not corrected": ("UPDATE sheet SET version = 1 WHERE version = 3", "sheet", None, "version"),
}
"""The same for sheets that the office corrected."""

CALENDAR = {
    "a holiday worked": ("UPDATE calendar_day SET worked = 1 WHERE day = '2027-04-03'", "calendar_day", "", ""),
    "a day that nobody entered": (
        "INSERT INTO calendar_day SELECT district_id, '2013-07-04', worked, person_id, set_at FROM calendar_day WHERE day = '2027-04-03'",  # noqa: E501  # one statement
        "calendar_day",
        "",
        "",
    ),
    "a day forgotten": ("DELETE FROM calendar_day WHERE day = '2027-04-03'", "calendar_day", "", ""),
    "who entered a day": ("UPDATE calendar_day SET person_id = 2 WHERE day = '2027-04-03'", "calendar_day", "", ""),
    "a firing that was not skipped": (
        "UPDATE rescheduling SET fire_at = '{now}' WHERE schedule = 'report-chase'",
        "rescheduling",
        "",
        "",
    ),
    "why a firing was moved": (
        "UPDATE rescheduling SET reason = '无' WHERE schedule = 'report-reminder'",
        "rescheduling",
        "",
        "",
    ),
    "a firing as planned": ("DELETE FROM rescheduling WHERE schedule = 'report-chase'", "rescheduling", "", ""),
    "a firing skipped by nobody": (
        "INSERT INTO rescheduling SELECT district_id, 'monthly-ranking', '2013-07-01', '2013-07-01', NULL, reason, person_id, set_at FROM rescheduling WHERE schedule = 'report-chase'",  # noqa: E501  # one statement
        "rescheduling",
        "",
        "",
    ),
}
"""The same for the days of the year and the firings that the office changed."""
