"""The roster as a workbook: a template is asked for, sent back, looked at, imported, and exported again."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from kit import Stage
from openpyxl import Workbook, load_workbook

Edit = Callable[[Workbook], None]


def edited(content: bytes, edit: Edit) -> bytes:
    """The workbook as somebody saved it after a change."""
    book = load_workbook(BytesIO(content))
    edit(book)
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def appended(table: str, *rows: tuple[str | None, ...]) -> Edit:
    """Rows added below a table."""

    def edit(book: Workbook) -> None:
        for row in rows:
            book[table].append(row)

    return edit


def grown(book: Workbook) -> None:
    """A new department, its liaison, a link, and one officer fewer."""
    book["单位"].append(("shuiwu", "区水务局", "部门", "水务局"))
    book["人员"].append(("马水清", "区水务局", "部门联络员"))
    book["联点"].append(("区水务局", "仙庾镇"))
    people = book["人员"]
    place = next(row[0].row for row in people.iter_rows(min_row=2) if row[0].value == "刘芳")
    people.delete_rows(place)


async def export_of(stage: Stage) -> bytes:
    """The roster as the office gets it."""
    tang = stage.person("唐文静")
    await tang.says("/people")
    await tang.sees("人员", "全部")
    await tang.taps("导出名册")
    return await tang.gets_file("名册.xlsx")


async def test_a_roster_is_exported_changed_and_imported(stage: Stage) -> None:
    tang = stage.person("唐文静")
    book = edited(await export_of(stage), grown)
    await tang.sends_file(book, "名册.xlsx")
    preview = await tang.sees("名册预览", "单位：新增1，修改0，终止0", "人员：新增1，修改0，终止1")
    await tang.taps("人员 2", on=preview)
    page = await tang.sees("＋ 马水清：区水务局 部门联络员", "－ 刘芳")
    await tang.taps("总览", on=page)
    preview = await tang.sees("名册预览")
    await tang.taps("全部导入", on=preview)
    await tang.sees("名册已导入：新增3，修改0，终止1", "其中新来人员1人")
    assert stage.rows.one("SELECT count(*) FROM unit WHERE code = 'shuiwu'") == 1
    # Rights end at once, and what is exported again imports as nothing.
    liu = stage.person("刘芳")
    await liu.says("/score")
    await liu.sees("本机器人只供考核工作使用")
    await tang.sends_file(await export_of(stage), "名册.xlsx")
    same = await tang.sees("表格与现有名册一致")
    assert [button["text"] for row in same.keyboard for button in row] == ["放弃"]
    # The old preview's key does nothing twice.
    assert "不必再点" in (await tang.taps("全部导入", on=preview)).text


async def test_every_wrong_cell_is_told_at_once_and_marked(stage: Stage) -> None:
    tang = stage.person("唐文静")
    wrong = appended("人员", ("邹小山", "区水文局", "村长"), ("", "仙庾镇", "乡镇工作人员"))
    await tang.sends_file(edited(await export_of(stage), wrong), "名册.xlsx")
    told = await tang.sees("名册没有导入", "没有单位“区水文局”", "看不懂“村长”", "这一格必须填写")
    await tang.taps("标出问题的表格", on=told)
    content = await tang.gets_file("名册（需修改）.xlsx")
    book = load_workbook(BytesIO(content))
    listed = [[cell.value for cell in row] for row in book["问题"].iter_rows(min_row=2)]
    assert len(listed) == 3
    place = f"{listed[0][2]}{listed[0][1]}"
    assert book["人员"][place].comment.text == listed[0][4]

    def mended(copy: Workbook) -> None:
        for _ in range(2):
            copy["人员"].delete_rows(copy["人员"].max_row)

    await tang.sends_file(edited(content, mended), "名册.xlsx")
    await tang.sees("表格与现有名册一致")


async def test_the_template_alone_is_no_roster_and_words_are_taken_as_words(stage: Stage) -> None:
    tang = stage.person("唐文静")
    await tang.says("/people")
    await tang.sees("人员", "全部")
    await tang.taps("模板")
    content = await tang.gets_file("名册模板.xlsx")
    await tang.sends_file(content, "名册模板.xlsx")
    await tang.sees("表里只有标题，没有内容")


async def test_links_stand_in_the_workbook_and_only_admins_get_any(stage: Stage) -> None:
    tang, zhou = stage.person("唐文静"), stage.person("周建国")
    newcomer = appended("人员", ("龙小云", "仙庾镇", "乡镇工作人员"))
    await tang.sends_file(edited(await export_of(stage), newcomer), "名册.xlsx")
    await tang.taps("全部导入", on=await tang.sees("名册预览"))
    await tang.taps("邀请链接", on=await tang.sees("名册已导入"))
    await tang.taps("全部生成", on=await tang.sees("邀请"))
    await tang.taps("名册（含链接）", on=await tang.sees("有效"))
    content = await tang.gets_file("名册（含邀请链接）.xlsx")
    links = {row[0].value: row[6].value for row in load_workbook(BytesIO(content))["人员"].iter_rows(min_row=2)}
    assert str(links["龙小云"]).startswith("https://t.me/")
    assert links["唐文静"] is None
    await zhou.sends_file(content, "名册.xlsx")
    await zhou.sees("您的身份不能办理这一事项")
