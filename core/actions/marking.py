"""Marks, reasons, 不适用 and 其余满分. Every one sets; doing it twice is doing it once."""

from __future__ import annotations

from dataclasses import replace

from core import sheet as rules
from core.actions.door import Moment, OpenSheet, enter, view_of
from core.errors import MarkMissing, SuggestionChanged
from core.people import Actor
from core.sheet import Mark, Sheet
from core.snapshots import Marked, Place, SheetView
from core.store import audit_log, prompts, sheets
from core.store.audit_log import Act
from core.store.engine import Db
from core.store.sheets import SheetRecord


def set_mark(db: Db, actor: Actor, place: Place, sheet_id: int, item: int, points: int, at: Moment) -> Marked:
    """Give an item its points (hundredths), and ask for a reason where one is owed.

    Raises what `door.enter` raises, NoSuchItem, ItemNotInFocus, MarkOutOfRange or MarkNotAStep.
    """
    opened = enter(db, actor, sheet_id, at)
    rules.check_points(opened.sheet.item(item), points, opened.sheet.rubric.step)
    mark = remarked(opened.sheet, item, points, reason=None)
    marked = _asking(db, actor, _set(db, actor, opened, mark, at), item, at)
    sheets.set_screen(db, place.chat_id, sheet_id, marked.shows, place.message_id)
    return marked


def adopt(db: Db, actor: Actor, place: Place, sheet_id: int, item: int, points: int, reason: str, at: Moment) -> Marked:
    """采用建议: give an item what the ledger suggests; `reason` is its arithmetic in words, kept where points are lost.

    Raises what `door.enter` raises, NoSuchItem, ItemNotInFocus, and SuggestionChanged when the ledger says otherwise
    by now.
    """
    opened = enter(db, actor, sheet_id, at)
    entry = opened.sheet.item(item)
    suggestion = opened.sheet.suggestions.get(item)
    if suggestion is None or suggestion.points != points:
        raise SuggestionChanged(item=item)
    mark = Mark(item, points, reason=rules.check_reason(entry, reason) if points < entry.max_points else None)
    marked = _settled(db, actor, _set(db, actor, opened, mark, at, act="adopt"), item, at)
    sheets.set_screen(db, place.chat_id, sheet_id, marked.shows, place.message_id)
    return marked


def give_reason(db: Db, actor: Actor, sheet_id: int, item: int, text: str, at: Moment) -> Marked:
    """Say why an item lost points. Raises ReasonMissing or ReasonTooLong, and MarkMissing without a mark."""
    opened = enter(db, actor, sheet_id, at)
    reason = rules.check_reason(opened.sheet.item(item), text)
    mark = opened.sheet.marks.get(item)
    if mark is None:
        raise MarkMissing(item=item)
    return _settled(db, actor, _set(db, actor, opened, replace(mark, reason=reason), at), item, at)


def set_not_applicable(db: Db, actor: Actor, sheet_id: int, item: int, text: str, at: Moment) -> Marked:
    """Take an item out of the sheet's maximum (不适用), with the reason why."""
    opened = enter(db, actor, sheet_id, at)
    reason = rules.check_reason(opened.sheet.item(item), text)
    mark = Mark(item, None, not_applicable=True, reason=reason)
    return _settled(db, actor, _set(db, actor, opened, mark, at), item, at)


def set_mark_with_reason(
    db: Db, actor: Actor, sheet_id: int, item: int, points: int, reason: str | None, at: Moment
) -> Marked:
    """Mark and reason in one go, as typed in shorthand. An owed reason is not asked for here."""
    opened = enter(db, actor, sheet_id, at)
    entry = opened.sheet.item(item)
    rules.check_points(entry, points, opened.sheet.rubric.step)
    kept = None if reason is None else rules.check_reason(entry, reason)
    mark = remarked(opened.sheet, item, points, reason=kept)
    return _settled(db, actor, _set(db, actor, opened, mark, at), item, at)


def fill_rest(db: Db, actor: Actor, sheet_id: int, at: Moment) -> SheetView:
    """Give every item without a mark its full points, recorded as one bulk act."""
    opened = enter(db, actor, sheet_id, at)
    missing = opened.sheet.without_mark
    if not missing:
        return view_of(db, opened.record, opened.sheet)
    filled = {number: Mark(number, opened.sheet.item(number).max_points, bulk=True) for number in missing}
    for mark in filled.values():
        sheets.set_mark(db, sheet_id, mark, actor.person_id, at.now)
    sheet = replace(opened.sheet, marks={**opened.sheet.marks, **filled})
    act = Act(at.now, actor.person_id, "fill_rest", {"items": ",".join(map(str, missing))})
    return view_of(db, chained(db, opened.record, act), sheet)


def ask(db: Db, actor: Actor, sheet_id: int, item: int, kind: str, at: Moment) -> Marked:
    """Open a prompt (`reason` or `not_applicable`) for an item of an open sheet."""
    opened = enter(db, actor, sheet_id, at)
    opened.sheet.item(item)
    if kind == "reason" and item not in opened.sheet.marks:
        raise MarkMissing(item=item)
    prompt_id = prompts.add(db, actor.person_id, kind, sheet_id, item, at.now)
    owes = item in opened.sheet.reasons_owed
    return Marked(view_of(db, opened.record, opened.sheet), item, owes, prompt_id, shows=item)


def chained(db: Db, record: SheetRecord, act: Act) -> SheetRecord:
    """The record after one more act on its audit chain."""
    head = audit_log.append(db, f"sheet:{record.id}", record.head, act)
    sheets.set_head(db, record.id, head)
    return replace(record, head=head)


def _set(db: Db, actor: Actor, opened: OpenSheet, mark: Mark, at: Moment, *, act: str = "mark") -> OpenSheet:
    old = opened.sheet.marks.get(mark.item)
    if old == mark:
        return opened
    sheets.set_mark(db, opened.record.id, mark, actor.person_id, at.now)
    body = {"item": mark.item, **told("old", old), **told("new", mark)}
    sheet = replace(opened.sheet, marks={**opened.sheet.marks, mark.item: mark})
    return OpenSheet(chained(db, opened.record, Act(at.now, actor.person_id, act, body)), sheet)


def remarked(sheet: Sheet, item: int, points: int, *, reason: str | None) -> Mark:
    """The new mark of an item.

    An earlier reason stays while it still explains a loss; one for 不适用, or for agreeing with the ledger, does not.
    """
    old = sheet.marks.get(item)
    if reason is None and old is not None and not old.not_applicable and points < sheet.item(item).max_points:
        agreed = item in sheet.suggestions and not sheet.overrides(old) and points != old.points
        reason = None if agreed else old.reason
    return Mark(item, points, reason=reason)


def told(when: str, mark: Mark | None) -> dict[str, str | int | None]:
    """A mark as the audit chain tells it, `when` is `old` or `new`; 不适用 is `n/a`."""
    if mark is None:
        return {when: None}
    told: dict[str, str | int | None] = {when: "n/a" if mark.points is None else mark.points}
    told[f"{when}_reason"] = mark.reason
    if mark.bulk and when == "new":
        # A reason was added to what 其余满分 gave: it stays a mark given in bulk.
        told["bulk"] = 1
    return told


def _asking(db: Db, actor: Actor, opened: OpenSheet, item: int, at: Moment) -> Marked:
    if item not in opened.sheet.reasons_owed:
        return _settled(db, actor, opened, item, at)
    prompt_id = prompts.add(db, actor.person_id, "reason", opened.record.id, item, at.now)
    return Marked(view_of(db, opened.record, opened.sheet), item, True, prompt_id, shows=item)


def _settled(db: Db, actor: Actor, opened: OpenSheet, item: int, at: Moment) -> Marked:
    """No question about this item is open any more."""
    prompts.close_item(db, opened.record.id, item, at.now, person_id=actor.person_id)
    owes = item in opened.sheet.reasons_owed
    shows = rules.next_stop(opened.sheet, item) or 0
    return Marked(view_of(db, opened.record, opened.sheet), item, owes, None, shows)
