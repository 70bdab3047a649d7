"""What somebody may do to the database by hand, and where verifying must find it first.

Written against the rows of `kept_district`; `{now}` is a moment at which nothing happened.
"""

from __future__ import annotations

from core.audit_findings import Kind

NOW = "2013-06-24 04:00:01.000000"
"""A moment that nothing happened at, as SQLite keeps it."""

TAMPERINGS = {
    "a mark's points": ("UPDATE mark SET points = 200 WHERE sheet_id = 1 AND item = 7", "mark", "1/7", "points"),
    "a mark's reason": ("UPDATE mark SET reason = '缺页' WHERE sheet_id = 1 AND item = 4", "mark", "1/4", "reason"),
    "who set a mark": ("UPDATE mark SET person_id = 1 WHERE sheet_id = 1 AND item = 4", "mark", "1/4", "person_id"),
    "when a mark was set": ("UPDATE mark SET marked_at = '{now}' WHERE sheet_id = 1 AND item = 4", "mark", "1/4", ""),
    "a time that is none": ("UPDATE mark SET marked_at = 'then' WHERE sheet_id = 1 AND item = 4", "mark", "1/4", ""),
    "half a point": ("UPDATE mark SET points = 0.5 WHERE sheet_id = 1 AND item = 4", "mark", "1/4", "points"),
    "bulk by hand": ("UPDATE mark SET bulk = 0 WHERE sheet_id = 2 AND item = 9", "mark", "2/9", "bulk"),
    "a mark moved": ("UPDATE mark SET item = 40 WHERE sheet_id = 1 AND item = 4", "mark", "1/4", ""),
    "a mark deleted": ("DELETE FROM mark WHERE sheet_id = 2 AND item = 9", "mark", "2/9", ""),
    "applicable after all": (
        "UPDATE mark SET points = 100, not_applicable = 0 WHERE sheet_id = 2 AND item = 3",
        "mark",
        "2/3",
        "points",
    ),
    "a mark for an item that has none": (
        "INSERT INTO mark SELECT sheet_id, 99, points, not_applicable, reason, bulk, person_id, marked_at FROM mark WHERE sheet_id = 1 AND item = 1",  # noqa: E501  # one statement
        "mark",
        "1/99",
        "",
    ),
    "a version bumped": ("UPDATE sheet SET version = 9 WHERE id = 1", "sheet", "1", "version"),
    "a sheet reopened": (
        "UPDATE sheet SET state = 'open', submitted_at = NULL WHERE id = 2",
        "sheet",
        "2",
        "state",
    ),
    "a sheet handed in": (
        "UPDATE sheet SET state = 'submitted', submitted_at = '{now}' WHERE id = 5",
        "sheet",
        "5",
        "state",
    ),
    "when it was handed in": ("UPDATE sheet SET submitted_at = '{now}' WHERE id = 2", "sheet", "2", "submitted_at"),
    "another rater": ("UPDATE sheet SET rater_person_id = 1 WHERE id = 2", "sheet", "2", "rater_person_id"),
    "another unit": ("UPDATE sheet SET unit_id = 4 WHERE id = 1", "sheet", "1", "unit_id"),
    "another round": ("UPDATE sheet SET round_id = 2 WHERE id = 1", "sheet", "1", "round_id"),
    "a sheet that nobody handed out": (
        "INSERT INTO sheet SELECT 77, round_id, unit_id, 1, NULL, 'open', NULL, 0, 0, audit_head FROM sheet WHERE id = 1",  # noqa: E501  # one statement
        "sheet",
        "77",
        "",
    ),
    "a version's marks": (
        "UPDATE submission SET body = replace(body, '150', '200') WHERE sheet_id = 1 AND version = 1",
        "submission",
        "1/1",
        "body",
    ),
    "a version deleted": ("DELETE FROM submission WHERE sheet_id = 1 AND version = 2", "submission", "1/2", ""),
    "who handed it in": ("UPDATE submission SET person_id = 1 WHERE version = 1", "submission", "1/1", "person_id"),
    "a version's time": ("UPDATE submission SET submitted_at = '{now}'", "submission", "1/1", "submitted_at"),
    "a version's head": ("UPDATE submission SET audit_head = 'x'", "submission", "1/1", "audit_head"),
    "why it went back": ("UPDATE returned_item SET reason = '无'", "returned_item", "1/1/4", "reason"),
    "that it went back": ("DELETE FROM returned_item WHERE item = 7", "returned_item", "1/1/7", ""),
    "who gave it back": ("UPDATE returned_item SET person_id = 2", "returned_item", "1/1/4", "person_id"),
    "when it went back": ("UPDATE returned_item SET returned_at = '{now}'", "returned_item", "1/1/4", "returned_at"),
    "evidence at another item": (
        "UPDATE evidence SET item = 4 WHERE source_key = 'alone'",
        "evidence",
        "2/9/alone",
        "",
    ),
    "evidence on another sheet": (
        "UPDATE evidence SET sheet_id = 1 WHERE source_key = 'alone'",
        "evidence",
        "1/9/alone",
        "",
    ),
    "evidence deleted": ("DELETE FROM evidence WHERE source_key = 'album-1'", "evidence", "2/9/album-1", ""),
    "whose evidence": ("UPDATE evidence SET person_id = 1 WHERE item = 9", "evidence", "2/9/album-3", "person_id"),
    "a round's end": ("UPDATE round SET closes_at = '{now}' WHERE id = 1", "round", "1", "closes_at"),
    "a round's beginning": ("UPDATE round SET opens_at = '{now}' WHERE id = 1", "round", "1", "opens_at"),
    "a round that nobody opened": (
        "INSERT INTO round (id, district_id, period, unit_kind, rubric_hash, policy_hash, opens_at, closes_at, audit_seq, audit_head) SELECT 9, district_id, '2013-07', unit_kind, rubric_hash, policy_hash, opens_at, closes_at, 0, '0000000000000000000000000000000000000000000000000000000000000000' FROM round WHERE id = 1",  # noqa: E501  # one statement
        "round",
        "9",
        "",
    ),
    "a round's district": ("UPDATE round SET district_id = 7 WHERE id = 2", "round", "2", "district_id"),
    "a round's month": ("UPDATE round SET period = '2013-05' WHERE id = 1", "round", "1", "period"),
    "a round's kind": ("UPDATE round SET unit_kind = 'other' WHERE id = 1", "round", "1", "unit_kind"),
    "a round's rubric": (
        "UPDATE round SET rubric_hash = policy_hash WHERE id = 2",
        "round",
        "2",
        "rubric_hash",
    ),
    "a round's policy": ("UPDATE round SET policy_hash = rubric_hash WHERE id = 1", "round", "1", "policy_hash"),
    "a round's focus": ("UPDATE round SET focus = NULL WHERE id = 2", "round", "2", "focus"),
    "a ranking's table": (
        "UPDATE ranking SET body = replace(body, '仙庾', '明照') WHERE version = 1",
        "ranking",
        "2013-06/township/1",
        "body",
    ),
    "a ranking's root": ("UPDATE ranking SET audit_root = 'x'", "ranking", "2013-06/township/1", "audit_root"),
    "a ranking's inputs": ("UPDATE ranking SET inputs_hash = 'x'", "ranking", "2013-06/township/1", "inputs_hash"),
    "a ranking's time": ("UPDATE ranking SET computed_at = '{now}'", "ranking", "2013-06/township/1", "computed_at"),
    "a ranking's rubric": (
        "UPDATE ranking SET rubric_hash = policy_hash",
        "ranking",
        "2013-06/township/1",
        "rubric_hash",
    ),
    "a ranking's policy": (
        "UPDATE ranking SET policy_hash = rubric_hash",
        "ranking",
        "2013-06/township/1",
        "policy_hash",
    ),
    "a ranking that counts again": (
        "UPDATE ranking SET state = 'final' WHERE period = '2013-06'",
        "ranking",
        "2013-06/township/1",
        "state",
    ),
    "the newest ranking deleted": ("DELETE FROM ranking WHERE id = 2", "ranking", "2013-06/township/2", ""),
    "a ranking's version": ("UPDATE ranking SET version = 3 WHERE id = 2", "ranking", "2013-06/township/2", ""),
    "a ranking that nobody computed": (
        "INSERT INTO ranking SELECT 99, district_id, '2013-05', unit_kind, 1, state, computed_at, body, inputs_hash, audit_root, rubric_hash, policy_hash, inputs, objections_until, final_at FROM ranking WHERE id = 1",  # noqa: E501  # one statement
        "ranking",
        "2013-05/township/1",
        "",
    ),
    "when it was filed": ("UPDATE filing SET filed_at = '{now}'", "filing", "1/monthly_report/2013-06/1", "filed_at"),
    "what was filed": ("UPDATE filing SET text = '无'", "filing", "1/monthly_report/2013-06/1", "text"),
    "a filing's state": (
        "UPDATE filing SET state = 'rejected' WHERE state = 'accepted'",
        "filing",
        "1/briefing/2013-W26/2",
        "state",
    ),
    "a decision": (
        "UPDATE filing SET decision = '无' WHERE state = 'rejected' AND version = 3",
        "filing",
        "1/briefing/2013-W26/3",
        "decision",
    ),
    "a filing deleted": (
        "DELETE FROM filing WHERE version = 3",
        "filing",
        "1/briefing/2013-W26/3",
        "",
    ),
    "the question of a filing": (
        "UPDATE filing SET prompt_id = NULL WHERE version = 3",
        "filing",
        "1/briefing/2013-W26/3",
        "prompt_id",
    ),
    "a filing's unit": (
        "UPDATE filing SET unit_id = 2 WHERE duty = 'monthly_report'",
        "filing",
        "1/monthly_report/2013-06/1",
        "",
    ),
    "an excuse deleted": ("DELETE FROM excuse", "excuse", "2/monthly_report/2013-06", ""),
    "an excuse's reason": ("UPDATE excuse SET reason = '无'", "excuse", "2/monthly_report/2013-06", "reason"),
    "an excuse made up": (
        "INSERT INTO excuse SELECT 3, duty, key, reason, person_id, excused_at FROM excuse",
        "excuse",
        "3/monthly_report/2013-06",
        "",
    ),
    "a person's account": ("UPDATE person SET telegram_id = 5 WHERE id = 1", "person", "", ""),
    "a person's name": ("UPDATE person SET name = '某人' WHERE id = 2", "person", "", ""),
    "a role": ("UPDATE appointment SET role = 'admin' WHERE id = 2", "appointment", "", ""),
    "a role made up": (
        "INSERT INTO appointment SELECT 99, person_id, 'admin', NULL, starts_on, NULL FROM appointment WHERE id = 2",
        "appointment",
        "",
        "",
    ),
    "a leaving undone": ("UPDATE appointment SET ends_on = NULL", "appointment", "", ""),
    "an assignment": ("DELETE FROM assignment", "assignment", "", ""),
    "a link": ("UPDATE link SET ends_on = starts_on", "link", "", ""),
    "a conflict": ("DELETE FROM conflict", "conflict", "", ""),
    "a unit's name": ("UPDATE unit_name SET name = '某镇' WHERE unit_id = 1", "unit_name", "", ""),
    "a unit's end": ("UPDATE unit SET ends_on = '2013-01-01' WHERE id = 1", "unit", "", ""),
    "an invitation used again": ("UPDATE invitation SET used_at = NULL", "invitation", "", ""),
    "the district's clock": ("UPDATE district SET timezone = 'Asia/Tokyo'", "district", "", ""),
    "a rubric": (
        "UPDATE rule_text SET text = replace(text, 'max_points: 6', 'max_points: 7') WHERE key = '2013-township'",
        "rule_text",
        None,
        "text",
    ),
    "a rubric that is none any more": (
        "UPDATE rule_text SET text = ': - [' WHERE key = '2013-department'",
        "rule_text",
        None,
        "text",
    ),
    "a rubric's kind": (
        "UPDATE rule_text SET kind = 'policy' WHERE key = '2013-township'",
        "rule_text",
        None,
        "kind",
    ),
    "a policy's version": ("UPDATE rule_text SET version = 7 WHERE kind = 'policy'", "rule_text", None, "version"),
}
"""What is done to a table: the statement, and the table, row and column that the first finding names."""

CHAINS = {
    "the newest act deleted": ("DELETE FROM audit WHERE chain = 'sheet:2' AND seq = ({last})", Kind.HEAD, "sheet:2"),
    "an act deleted": ("DELETE FROM audit WHERE chain = 'sheet:1' AND seq = 2", Kind.GAP, "sheet:1"),
    "a whole chain deleted": ("DELETE FROM audit WHERE chain = 'sheet:1'", Kind.HEAD, "sheet:1"),
    "who did it": ("UPDATE audit SET person_id = 1 WHERE chain = 'sheet:1' AND seq = 2", Kind.LINK, "sheet:1"),
    "nobody did it": ("UPDATE audit SET person_id = 1.5 WHERE chain = 'sheet:1' AND seq = 2", Kind.LINK, "sheet:1"),
    "when it was": ("UPDATE audit SET at = '{now}' WHERE chain = 'round:1' AND seq = 2", Kind.LINK, "round:1"),
    "what was done": ("UPDATE audit SET act = 'adopt' WHERE chain = 'sheet:1' AND seq = 1", Kind.LINK, "sheet:1"),
    "what it said": ("UPDATE audit SET body = '[]' WHERE chain = 'ledger:1' AND seq = 1", Kind.LINK, "ledger:1"),
    "what came before": ("UPDATE audit SET prev_hash = 'x' WHERE chain = 'sheet:1' AND seq = 2", Kind.LINK, "sheet:1"),
    "its hash": ("UPDATE audit SET hash = 'x' WHERE chain = 'roster:1' AND seq = 2", Kind.LINK, "roster:1"),
    "its place": ("UPDATE audit SET seq = 90 WHERE chain = 'sheet:1' AND seq = 2", Kind.GAP, "sheet:1"),
    "the head of a sheet": ("UPDATE sheet SET audit_head = 'x' WHERE id = 1", Kind.HEAD, "sheet:1"),
    "the length of a sheet": ("UPDATE sheet SET audit_seq = 1 WHERE id = 1", Kind.HEAD, "sheet:1"),
    "the head of a ledger": ("DELETE FROM unit_ledger WHERE unit_id = 1", Kind.HEAD, "ledger:1"),
    "the head of the roster": ("UPDATE district SET audit_seq = 0", Kind.HEAD, "roster:1"),
    "a chain of nobody": ("UPDATE audit SET chain = 'sheet:x' WHERE chain = 'ledger:2'", Kind.HEAD, "ledger:2"),
}
"""What is done to the log or to a head, what is found, and of which chain."""
