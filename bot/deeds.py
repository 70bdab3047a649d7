"""The ONE table of deeds: which handler does what a button says, and the right it takes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.buttons import columns as column_buttons
from bot.buttons import days as days_buttons
from bot.buttons import duties as duty_buttons
from bot.buttons import exports as export_buttons
from bot.buttons import finals as finals_buttons
from bot.buttons import forms as form_buttons
from bot.buttons import home as home_buttons
from bot.buttons import invitations as invitation_buttons
from bot.buttons import objections as objection_buttons
from bot.buttons import people as people_buttons
from bot.buttons import progress as progress_buttons
from bot.buttons import rankings as ranking_buttons
from bot.buttons import returning as return_buttons
from bot.buttons import rounds as round_buttons
from bot.buttons import schedule as schedule_buttons
from bot.buttons import sheets as sheet_buttons
from bot.buttons import supposing as suppose_buttons
from bot.buttons import uploads as upload_buttons
from bot.buttons import why as why_buttons
from bot.handlers import (
    columns,
    correcting,
    days,
    explanations,
    exports,
    filing,
    forms,
    gate,
    home,
    invitations,
    ledger,
    objecting,
    objection_desk,
    parcels,
    people,
    progress,
    ranking,
    reasons,
    returning,
    rosters,
    rounds,
    schedule,
    scoring,
    skipping,
    submitting,
    supposing,
    uploads,
    why,
)
from bot.visit import Visit
from core.permissions import Right


@dataclass(frozen=True, slots=True)
class Deed:
    """What a button does. `right` None means everyone; `open_in_group`: in a group the handler asks whose it is."""

    right: Right | None
    handler: Callable[[Visit, Any], Awaitable[None]]
    open_in_group: bool = False


DEEDS: Mapping[type, Deed] = {
    home_buttons.SetLanguage: Deed(Right.OWE, home.set_language),
    home_buttons.SetDigests: Deed(Right.OWE, home.set_digests),
    # Sheets.
    sheet_buttons.SetMark: Deed(Right.SCORE, scoring.set_mark),
    sheet_buttons.AdoptSuggestion: Deed(Right.SCORE, reasons.adopt),
    sheet_buttons.ChooseHalf: Deed(Right.SCORE, scoring.choose_half),
    sheet_buttons.ShowItem: Deed(Right.SCORE, scoring.show_item),
    sheet_buttons.ShowContents: Deed(Right.SCORE, scoring.show_contents),
    sheet_buttons.ShowSheets: Deed(Right.SCORE, scoring.show_sheets),
    sheet_buttons.AskReason: Deed(Right.SCORE, reasons.ask_reason),
    sheet_buttons.AskNotApplicable: Deed(Right.SCORE, reasons.ask_not_applicable),
    sheet_buttons.ExplainEvidence: Deed(Right.SCORE, reasons.explain_evidence),
    sheet_buttons.AskFillRest: Deed(Right.SCORE, submitting.ask_fill_rest),
    sheet_buttons.FillRest: Deed(Right.SCORE, submitting.fill_rest),
    sheet_buttons.ReviewSheet: Deed(Right.SCORE, submitting.review),
    sheet_buttons.SubmitSheet: Deed(Right.SCORE, submitting.submit),
    # Forms for places without a network.
    form_buttons.PrintForm: Deed(Right.SCORE, forms.print_form),
    form_buttons.PrintMatrix: Deed(Right.SCORE, forms.print_matrix),
    # Departments, by townships.
    column_buttons.AskSkip: Deed(Right.SCORE, skipping.ask_skip),
    column_buttons.Skip: Deed(Right.SCORE, skipping.skip),
    column_buttons.Resume: Deed(Right.SCORE, skipping.resume),
    column_buttons.ShowColumn: Deed(Right.SCORE, columns.show_column),
    column_buttons.PickInColumn: Deed(Right.SCORE, columns.pick),
    column_buttons.HalfInColumn: Deed(Right.SCORE, columns.choose_half),
    column_buttons.MarkInColumn: Deed(Right.SCORE, columns.set_mark),
    column_buttons.AskSubmitAll: Deed(Right.SCORE, columns.ask_submit_all),
    column_buttons.SubmitAll: Deed(Right.SCORE, columns.submit_all),
    # Rankings and what is posted about them.
    ranking_buttons.ShowRanking: Deed(Right.READ_RANKINGS, ranking.show_ranking, open_in_group=True),
    ranking_buttons.ShowPeriod: Deed(Right.READ_RANKINGS, ranking.turn, open_in_group=True),
    ranking_buttons.ShowVersion: Deed(Right.READ_RANKINGS, ranking.show_version, open_in_group=True),
    ranking_buttons.ChooseTrend: Deed(Right.READ_RANKINGS, ranking.choose_trend, open_in_group=True),
    ranking_buttons.DrawTrend: Deed(Right.READ_RANKINGS, ranking.draw_trend),
    ranking_buttons.OpenReasons: Deed(Right.READ_RANKINGS, ranking.open_reasons, open_in_group=True),
    ranking_buttons.OpenTable: Deed(Right.READ_RANKINGS, ranking.open_table, open_in_group=True),
    ranking_buttons.ConfirmSent: Deed(Right.ANNOUNCE, parcels.confirm_sent),
    ranking_buttons.SendAgain: Deed(Right.ANNOUNCE, parcels.send_again),
    # Objections of units, and the office's answers.
    objection_buttons.RaiseObjection: Deed(Right.OBJECT, objecting.open_privately, open_in_group=True),
    objection_buttons.ChooseItems: Deed(Right.OBJECT, objecting.choose_items),
    objection_buttons.WriteObjection: Deed(Right.OBJECT, objecting.write),
    objection_buttons.ListOwnObjections: Deed(Right.OBJECT, objecting.list_own),
    objection_buttons.ShowOwnObjection: Deed(Right.OBJECT, objecting.show_own),
    objection_buttons.ListObjections: Deed(Right.CORRECT, objection_desk.list_waiting),
    objection_buttons.ShowObjection: Deed(Right.CORRECT, objection_desk.show),
    objection_buttons.FetchObjectionFiles: Deed(Right.CORRECT, objection_desk.fetch_files),
    objection_buttons.AskReject: Deed(Right.CORRECT, objection_desk.ask_reject),
    objection_buttons.AskUphold: Deed(Right.CORRECT, objection_desk.ask_uphold),
    objection_buttons.AskCorrection: Deed(Right.CORRECT, correcting.ask),
    objection_buttons.ShowCorrections: Deed(Right.CORRECT, correcting.show_waiting),
    objection_buttons.PublishCorrections: Deed(Right.CORRECT, correcting.publish),
    # The gate, and what units explain.
    finals_buttons.LetThrough: Deed(Right.ANNOUNCE, gate.let_through),
    finals_buttons.KeepWaiting: Deed(Right.ANNOUNCE, gate.keep_waiting),
    finals_buttons.ExtendHeld: Deed(Right.MANAGE_ROUNDS, gate.extend),
    finals_buttons.ShowHeld: Deed(Right.ANNOUNCE, gate.show_held),
    finals_buttons.Explain: Deed(Right.EXPLAIN, explanations.ask),
    finals_buttons.ListExplanations: Deed(Right.CORRECT, explanations.list_all),
    finals_buttons.ShowExplanation: Deed(Right.CORRECT, explanations.show),
    finals_buttons.FetchExplanationFiles: Deed(Right.CORRECT, explanations.fetch_files),
    # Workbooks that people send; each kind takes its own right besides.
    upload_buttons.ShowUpload: Deed(Right.OWE, uploads.show_upload),
    upload_buttons.ApplyUpload: Deed(Right.OWE, uploads.apply_upload),
    upload_buttons.DropUpload: Deed(Right.OWE, uploads.drop_upload),
    upload_buttons.MarkedCopy: Deed(Right.MANAGE_PEOPLE, rosters.marked_copy),
    # People and units.
    people_buttons.ShowPeople: Deed(Right.MANAGE_PEOPLE, people.show_people),
    people_buttons.ShowPerson: Deed(Right.MANAGE_PEOPLE, people.show_person),
    people_buttons.AskEndPerson: Deed(Right.MANAGE_PEOPLE, people.ask_end_person),
    people_buttons.EndPerson: Deed(Right.MANAGE_PEOPLE, people.end_person),
    people_buttons.ChooseReceiver: Deed(Right.MANAGE_PEOPLE, people.choose_receiver),
    people_buttons.HandOver: Deed(Right.MANAGE_PEOPLE, people.hand_over),
    people_buttons.ShowUnits: Deed(Right.MANAGE_PEOPLE, people.show_units),
    people_buttons.ShowUnit: Deed(Right.MANAGE_PEOPLE, people.show_unit),
    people_buttons.PrintRoster: Deed(Right.MANAGE_PEOPLE, rosters.print_roster),
    # Rounds.
    round_buttons.ShowRounds: Deed(Right.MANAGE_ROUNDS, rounds.show_rounds),
    round_buttons.ShowRound: Deed(Right.MANAGE_ROUNDS, rounds.show_round),
    round_buttons.AskClosing: Deed(Right.MANAGE_ROUNDS, rounds.ask_closing),
    round_buttons.SetClosing: Deed(Right.MANAGE_ROUNDS, rounds.set_closing),
    round_buttons.AskCloseEarly: Deed(Right.MANAGE_ROUNDS, rounds.ask_close_early),
    round_buttons.CloseEarly: Deed(Right.MANAGE_ROUNDS, rounds.close_early),
    round_buttons.ShowFocus: Deed(Right.MANAGE_ROUNDS, rounds.show_focus),
    round_buttons.FocusOn: Deed(Right.MANAGE_ROUNDS, rounds.focus_on),
    round_buttons.FocusOff: Deed(Right.MANAGE_ROUNDS, rounds.focus_off),
    round_buttons.SupplySheets: Deed(Right.MANAGE_ROUNDS, rounds.supply_sheets),
    round_buttons.ChooseNewRound: Deed(Right.MANAGE_ROUNDS, rounds.choose_new_round),
    round_buttons.AskOpenRound: Deed(Right.MANAGE_ROUNDS, rounds.ask_open_round),
    round_buttons.OpenRound: Deed(Right.MANAGE_ROUNDS, rounds.open_round),
    # The days of the year.
    days_buttons.ShowHolidays: Deed(Right.KEEP_CALENDAR, days.show_holidays),
    days_buttons.ListHolidays: Deed(Right.KEEP_CALENDAR, days.list_holidays),
    days_buttons.AskNotice: Deed(Right.KEEP_CALENDAR, days.ask_notice),
    days_buttons.ShowNotice: Deed(Right.KEEP_CALENDAR, days.show_notice),
    days_buttons.EnterNotice: Deed(Right.KEEP_CALENDAR, days.enter_notice),
    # The clock's plan.
    schedule_buttons.ShowSchedule: Deed(Right.MANAGE_SCHEDULE, schedule.show_schedule),
    schedule_buttons.ShowFiring: Deed(Right.MANAGE_SCHEDULE, schedule.show_firing),
    schedule_buttons.AskSkipFiring: Deed(Right.MANAGE_SCHEDULE, schedule.ask_skip),
    schedule_buttons.AskMoveFiring: Deed(Right.MANAGE_SCHEDULE, schedule.ask_move),
    schedule_buttons.AskFireNow: Deed(Right.MANAGE_SCHEDULE, schedule.ask_fire),
    schedule_buttons.RestoreFiring: Deed(Right.MANAGE_SCHEDULE, schedule.restore),
    schedule_buttons.ListFired: Deed(Right.MANAGE_SCHEDULE, schedule.list_fired),
    schedule_buttons.PrintCalendar: Deed(Right.MANAGE_SCHEDULE, schedule.print_calendar),
    # Progress.
    progress_buttons.ShowProgress: Deed(Right.FOLLOW_PROGRESS, progress.show_progress),
    progress_buttons.Nudge: Deed(Right.FOLLOW_PROGRESS, progress.nudge),
    progress_buttons.PrintProgress: Deed(Right.FOLLOW_PROGRESS, progress.print_progress),
    return_buttons.ShowSubmitted: Deed(Right.FOLLOW_PROGRESS, returning.show_submitted),
    return_buttons.AskReturn: Deed(Right.FOLLOW_PROGRESS, returning.ask_return),
    return_buttons.ShowEvidence: Deed(Right.FOLLOW_PROGRESS, returning.show_evidence),
    # What units file, and the office's ledger.
    duty_buttons.FileReport: Deed(Right.FILE_REPORTS, filing.file_report),
    duty_buttons.FileBriefing: Deed(Right.FILE, filing.file_briefing),
    duty_buttons.FileWorkday: Deed(Right.FILE, filing.file_workday),
    duty_buttons.ShowFiling: Deed(Right.KEEP_LEDGER, ledger.show_filing),
    duty_buttons.FetchFiles: Deed(Right.KEEP_LEDGER, ledger.fetch_files),
    duty_buttons.AcceptBriefing: Deed(Right.KEEP_LEDGER, ledger.accept),
    duty_buttons.AskDecision: Deed(Right.KEEP_LEDGER, ledger.ask_decision),
    duty_buttons.ListPending: Deed(Right.KEEP_LEDGER, ledger.list_pending),
    duty_buttons.ShowBoard: Deed(Right.KEEP_LEDGER, ledger.show_board),
    duty_buttons.ShowUnitMonth: Deed(Right.KEEP_LEDGER, ledger.show_unit_month),
    duty_buttons.AskExcuse: Deed(Right.KEEP_LEDGER, ledger.ask_excuse),
    # Files of rankings, rounds and the ledger.
    export_buttons.ListExports: Deed(Right.EXPORT, exports.list_exports),
    export_buttons.PrintRanking: Deed(Right.EXPORT, exports.print_ranking),
    export_buttons.PrintRound: Deed(Right.EXPORT, exports.print_round),
    export_buttons.PrintLedger: Deed(Right.EXPORT, exports.print_ledger),
    # Why a unit stands where it stands.
    why_buttons.ShowWhy: Deed(Right.READ_REASONS, why.show_why),
    why_buttons.ExplainRow: Deed(Right.READ_REASONS, why.explain_row),
    why_buttons.ShowLossEvidence: Deed(Right.READ_REASONS, why.show_evidence),
    why_buttons.ListWhy: Deed(Right.READ_REASONS, why.list_units),
    why_buttons.ListWhyOf: Deed(Right.READ_REASONS, why.list_units_of),
    # What stands behind a ranking, and what it would be otherwise.
    suppose_buttons.ShowRaters: Deed(Right.TEST_RANKINGS, supposing.show_raters),
    suppose_buttons.Suppose: Deed(Right.TEST_RANKINGS, supposing.suppose),
    suppose_buttons.ChooseRater: Deed(Right.TEST_RANKINGS, supposing.choose_rater),
    # Invitation links.
    invitation_buttons.ShowInvitations: Deed(Right.MANAGE_PEOPLE, invitations.overview_of_links),
    invitation_buttons.ListInvitees: Deed(Right.MANAGE_PEOPLE, invitations.list_invitees),
    invitation_buttons.ShowInvitee: Deed(Right.MANAGE_PEOPLE, invitations.show_invitee),
    invitation_buttons.Invite: Deed(Right.MANAGE_PEOPLE, invitations.invite),
    invitation_buttons.InviteAll: Deed(Right.MANAGE_PEOPLE, invitations.invite_all),
    invitation_buttons.RevokeInvitation: Deed(Right.MANAGE_PEOPLE, invitations.revoke),
    invitation_buttons.AskRevokeAll: Deed(Right.MANAGE_PEOPLE, invitations.ask_revoke_all),
    invitation_buttons.RevokeAll: Deed(Right.MANAGE_PEOPLE, invitations.revoke_all),
    invitation_buttons.PrintCards: Deed(Right.MANAGE_PEOPLE, invitations.print_cards),
}
