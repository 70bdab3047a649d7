"""A file that was made to be sent, and the papers of rankings, rounds and the ledger made into such files."""

from __future__ import annotations

from dataclasses import dataclass

from bot.desk import Desk
from bot.screens.export_papers import LedgerPaper, SheetsPaper
from bot.screens.ranking_papers import RankingPapers
from bot.screens.trend_papers import trend_chart, trend_file
from core.bulletin_views import BulletinView
from core.export.bulletin import ROWS_OF_A_PICTURE, draw_table, set_bulletin
from core.export.table_workbook import write_tables
from core.export.trend_chart import draw_trend
from core.export_views import LedgerTable, RoundSheets
from core.trends import Trend

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PNG = "image/png"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A file, ready to be sent."""

    name: str
    content: bytes
    media_type: str
    is_photo: bool = False


def ranking_workbook(desk: Desk, language: str, view: BulletinView) -> Drawn:
    """A ranking as a workbook."""
    papers = RankingPapers(desk.phrases, language, view)
    return Drawn(papers.file("xlsx"), write_tables(papers.workbook()), XLSX)


def ranking_bulletin(desk: Desk, language: str, view: BulletinView) -> Drawn:
    """A ranking as a 通报."""
    papers = RankingPapers(desk.phrases, language, view)
    return Drawn(papers.file("pdf"), set_bulletin(papers.bulletin()), PDF)


def ranking_picture(desk: Desk, language: str, view: BulletinView) -> Drawn:
    """A ranking as a picture; one that is too long for a picture as a 通报, which has every row."""
    if len(view.ranking.rows) > ROWS_OF_A_PICTURE:
        return ranking_bulletin(desk, language, view)
    papers = RankingPapers(desk.phrases, language, view)
    return Drawn(papers.file("png"), draw_table(papers.picture()), PNG, is_photo=True)


def trend_picture(desk: Desk, language: str, found: Trend) -> Drawn:
    """The ranks of a year as a picture."""
    name = trend_file(desk.phrases, language, found)
    return Drawn(name, draw_trend(trend_chart(desk.phrases, language, found)), PNG, is_photo=True)


def sheets_workbook(desk: Desk, language: str, found: RoundSheets) -> Drawn:
    """The sheets of a round as a workbook."""
    paper = SheetsPaper(desk.phrases, language, found)
    return Drawn(paper.file(), write_tables(paper.workbook()), XLSX)


def ledger_workbook(desk: Desk, language: str, found: LedgerTable) -> Drawn:
    """The ledger of a period as a workbook."""
    paper = LedgerPaper(desk.phrases, language, found)
    return Drawn(paper.file(), write_tables(paper.workbook()), XLSX)
