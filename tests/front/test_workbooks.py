"""Workbooks that are sent to the bot and that nobody asked for: refused in a clear line, or kept as evidence."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from kit import Stage
from openpyxl import Workbook


def workbook(kind: str | None = None) -> bytes:
    """A workbook, with the marker of a kind if one is named."""
    book = Workbook()
    if kind is not None:
        book.create_sheet("hongqi")["A1"] = kind
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def bomb() -> bytes:
    """A small file that unfolds to a large one."""
    content = BytesIO(workbook())
    with ZipFile(content, "a", ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet9.xml", bytes(60 * 1024 * 1024))
    return content.getvalue()


async def test_each_hostile_file_gets_its_clear_line(stage: Stage) -> None:
    tang = stage.person("唐文静")
    for name, content, words in (
        ("名册.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "旧格式（.xls）或加了密码"),
        ("名册.xlsx", bomb(), "文件的内容太多"),
        ("名册.xlsx", b"PK\x03\x04 and no more", "不是能读的 .xlsx 文件"),
        ("其他.xlsx", workbook("another program"), "不是本机器人发出的"),
    ):
        await tang.sends_file(content, name)
        await tang.sees(f"已收到“{name}”，正在读取")
        await tang.sees(words)


async def test_a_strangers_workbook_is_not_even_fetched(stage: Stage) -> None:
    await stage.stranger.sends_file(workbook("roster"), "名册.xlsx")
    await stage.stranger.sees("本机器人只供考核工作使用")
    assert stage.rows.one("SELECT count(*) FROM upload WHERE chat_id = ?", stage.stranger.id) == 0


async def test_a_workbook_sent_while_an_item_is_open_is_evidence(stage: Stage) -> None:
    zhou = stage.person("周建国")
    await zhou.opens_sheet("仙庾镇", item=4)
    await zhou.sends_file(workbook(), "台账.xlsx")
    await zhou.sees("第4条：已收到")
    await zhou.sends_file(workbook(), "台账2.xlsx", caption="5")
    await zhou.sees("第5条：已收到")
    # The caption says where it belongs: nobody needs to look into it.
    assert stage.rows.column("SELECT name FROM upload WHERE chat_id = ?", zhou.id) == ["台账.xlsx"]


async def test_a_workbook_is_read_although_the_bot_was_killed(stage: Stage) -> None:
    tang = stage.person("唐文静")
    await tang.sends_file(workbook(), "名册.xlsx")
    await tang.sees("正在读取")
    await stage.bot.kill()
    await stage.bot.start()
    await tang.sees("不是本机器人发出的")
    newest = stage.rows.one("SELECT max(id) FROM upload")
    assert stage.rows.one("SELECT state FROM upload WHERE id = ?", newest) == "refused"
    assert stage.rows.one("SELECT count(*) FROM outbox WHERE dedup_key LIKE ?", f"upload:{newest}:%") == 1
