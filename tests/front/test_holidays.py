"""The days of the year on the phone: what is known and from where; the notice by paste, by file, past a kill."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from kit import PersonHandle, Stage

from bot.buttons import pack
from bot.buttons.days import AskNotice, EnterNotice, ListHolidays, ShowHolidays, ShowNotice
from bot.sandbox.values import Message

NOTICE = """国务院办公厅关于{year}年部分节假日安排的通知
一、元旦：1月1日至3日放假，共3天。
二、春节：2月5日至11日放假调休，共7天。1月31日、2月14日上班。
三、清明节：4月3日至5日放假，共3天。
四、劳动节：5月1日至5日放假调休，共5天。5月8日上班。
五、端午节：6月9日放假1天，不调休。
六、中秋节：9月15日放假1天，不调休。
七、国庆节：10月1日至7日放假调休，共7天。9月26日、10月9日上班。"""
"""Made up; each story enters a year of its own."""
KEPT = "SELECT count(*) FROM calendar_day WHERE strftime('%Y', day) = ?"


def document(text: str) -> bytes:
    """The text as a .docx."""
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    lines = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.split("\n"))
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{word}"><w:body>{lines}</w:body></w:document>')
    return content.getvalue()


async def looks(admin: PersonHandle, year: int) -> Message:
    """Open a year."""
    await admin.says("/language")
    await admin.sees("请选择语言")
    await admin.forges(pack(ShowHolidays(year)))
    return await admin.sees(f"节假日 · {year or 2013}年")


async def is_asked(admin: PersonHandle, year: int) -> Message:
    """Ask to enter a year's notice."""
    await looks(admin, year)
    await admin.taps("录入通知")
    return await admin.sees(f"录入{year}年的节假日安排")


async def test_what_is_known_of_a_year_and_from_where(stage: Stage) -> None:
    tang = stage.person("唐文静")
    await tang.says("/schedule")
    await tang.sees("今后30天")
    await tang.taps("节假日")
    now = await tang.sees("节假日 · 2013年")
    assert "依据：程序自带" in now.text
    # The weekend before the Dragon Boat Festival of 2013 was worked.
    assert "6月8日–6月9日 上班" in now.text
    assert "6月10日–6月12日 放假" in now.text
    await tang.taps("2014年")
    await tang.sees("节假日 · 2014年")
    mid_autumn = await looks(tang, 2026)
    assert "9月25日–9月27日 放假" in mid_autumn.text
    await tang.taps("2027年")
    unknown = await tang.sees("节假日 · 2027年", "不明")
    assert "月" not in unknown.text.partition("日期不变")[2]


async def test_a_notice_is_pasted_previewed_and_entered_once(stage: Stage) -> None:
    tang = stage.person("唐文静")
    acts = "SELECT count(*) FROM audit WHERE act = 'enter_holidays'"
    before = stage.rows.one(acts)
    asked = await is_asked(tang, 2028)
    await tang.says(NOTICE.format(year=2028).replace("共7天", "共8天"), reply_to=asked)
    wrong = await tang.sees("通知没有录入，有2处需要核对")
    assert "日期和写的天数对不上" in wrong.text
    assert "二、春节" in wrong.text
    await tang.says(NOTICE.format(year=2028), reply_to=asked)
    preview = await tang.sees("2028年节假日通知", "尚未录入", "2028年原来不明，录入后全年可知")
    assert "2月5日–2月11日 放假（原：不明）" in preview.text
    assert stage.rows.one(KEPT, "2028") == 0
    answer = await tang.taps("确认录入")
    assert answer.text == "已录入2028年节假日安排"
    await tang.sees("节假日 · 2028年", "依据：区社管办录入的通知", "10月9日 上班（录入）")
    assert stage.rows.one(KEPT, "2028") == 32
    assert "没有变化" in (await tang.taps("确认录入", on=preview)).text
    assert stage.rows.one(acts) == before + 1


@pytest.mark.parametrize(
    ("year", "name", "content"),
    [
        (2029, "通知.docx", document(NOTICE.format(year=2029))),
        (2030, "通知.txt", NOTICE.format(year=2030).encode("gb18030")),
    ],
    ids=["docx", "txt"],
)
async def test_a_notice_is_uploaded(stage: Stage, year: int, name: str, content: bytes) -> None:
    tang = stage.person("唐文静")
    await is_asked(tang, year)
    await tang.sends_file(content, name)
    await tang.sees(f"已收到“{name}”，正在读取")
    await tang.sees(f"{year}年节假日通知", "尚未录入")
    await tang.taps("确认录入")
    await tang.sees(f"节假日 · {year}年", "依据：区社管办录入的通知")
    assert stage.rows.one(KEPT, str(year)) == 32


async def test_a_notice_is_read_although_the_bot_was_killed(stage: Stage) -> None:
    tang = stage.person("唐文静")
    await is_asked(tang, 2031)
    await tang.sends_file(NOTICE.format(year=2031).encode(), "通知.txt")
    await tang.sees("正在读取")
    await stage.bot.kill()
    await stage.bot.start()
    await tang.sees("2031年节假日通知", "尚未录入")
    newest = stage.rows.one("SELECT max(id) FROM upload")
    assert stage.rows.one("SELECT state FROM upload WHERE id = ?", newest) == "applied"
    assert stage.rows.one("SELECT count(*) FROM outbox WHERE dedup_key LIKE ?", f"upload:{newest}:%") == 1


async def test_what_is_no_notice_is_refused_with_what_to_do(stage: Stage) -> None:
    tang = stage.person("唐文静")
    asked = await is_asked(tang, 2032)
    await tang.sends_photo()
    await tang.sees("只能读 .txt 和 .docx 文件")
    await tang.sends_file(b"%PDF-1.7", "通知.pdf")
    await tang.sees("只能读 .txt 和 .docx 文件")
    await tang.sends_file(b"PK\x03\x04 and no more", "通知.docx")
    await tang.sees("文件已损坏")
    await tang.sends_file("2032年另行通知".encode(), "通知.txt")
    await tang.sees("没有找到放假或上班的日期")
    # A workbook that replies to nothing is a workbook, whatever question waits.
    await tang.sends_file(b"PK\x03\x04 and no more", "名册.xlsx")
    await tang.sees("不是能读的 .xlsx 文件")
    await tang.says("/cancel")
    await tang.sees("已取消")
    assert asked.id
    assert stage.rows.one(KEPT, "2032") == 0


async def test_an_old_preview_enters_nothing(stage: Stage) -> None:
    tang = stage.person("唐文静")
    asked = await is_asked(tang, 2033)
    await tang.says(NOTICE.format(year=2033), reply_to=asked)
    old = await tang.sees("2033年节假日通知")
    await tang.says(NOTICE.format(year=2033).replace("5月8日", "5月9日"), reply_to=asked)
    await tang.sees("2033年节假日通知", "5月9日")
    assert "这一份没有录入" in (await tang.taps("确认录入", on=old)).text
    await tang.taps("◀ 不录入")
    await tang.sees("节假日 · 2033年", "不明")


async def test_numbers_that_no_button_of_ours_carries(stage: Stage) -> None:
    tang = stage.person("唐文静")
    await looks(tang, 2199)
    for button in (ShowHolidays(1999), ShowHolidays(2**40), ListHolidays(2**40, 0), AskNotice(7)):
        assert "看不懂" in (await tang.forges(pack(button))).text
    for forged in (ShowNotice(2**40, 0), EnterNotice(2**40, 0)):
        assert "没有可以录入的通知" in (await tang.forges(pack(forged))).text
    await tang.forges(pack(ListHolidays(2013, 9)))
    await tang.sees("节假日 · 2013年")
