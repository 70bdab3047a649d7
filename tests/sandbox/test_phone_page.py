"""The phone page in Chromium: what a person does there reaches the world, and what the bot does reaches the page.

NiceGUI keeps one application per process, so all tests share one served world and each brings its own people.
"""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from functools import partial

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import FilePayload, expect
from pylopdf_fonts_zh_cn import sans_path

from bot.sandbox.phone.page import SHANGHAI
from bot.sandbox.values import Person

from .browser import NARROW_PHONE, PHONE, Browsing, needs_chromium
from .phone import JUMPS, at, cut_labels, in_list, key, phone_served, shows_item, sideways, small_targets
from .practice import Practice, keyboard, png
from .scripted_bot import PROMPT, running

pytestmark = [needs_chromium, pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def practice() -> AsyncIterator[Practice]:
    """A world with the phone page, being served."""
    async with phone_served() as practice:
        yield practice


@pytest.fixture
def li(practice: Practice) -> Person:
    """An assessor who has started the bot."""
    person = practice.world.people.join("李<b>&明", note="考核组成员 · 仙庾镇")
    practice.world.people.start(person.id)
    return person


@pytest.mark.usefixtures("bot")
async def test_a_tap_is_answered_by_a_toast_and_the_screen_changes_in_place(
    practice: Practice, browsing: Browsing, li: Person
) -> None:
    await shows_item(practice, li)
    page = await browsing.open()
    await in_list(page, li).click()
    await expect(page.locator(".with")).to_contain_text("您是 李<b>&明")
    await key(page, "4.5").click()
    await expect(page.get_by_role("status").filter(has_text="第10条 4.5分 已保存")).to_be_visible()
    await expect(key(page, "✓4.5")).to_be_visible()
    await expect(page.locator(".key.pending")).to_have_count(0)
    await expect(page.locator(".gauge")).to_have_count(1)
    await browsing.picture(page, "item-light")
    await key(page, "目录").click()
    await expect(page.get_by_role("alertdialog")).to_contain_text("目录稍后显示")
    await page.get_by_role("button", name="好", exact=True).click()
    await expect(page.get_by_role("alertdialog")).to_be_hidden()


async def test_a_tapped_button_waits_visibly_until_the_bot_answers(
    practice: Practice, browsing: Browsing, li: Person
) -> None:
    await shows_item(practice, li)
    page = await browsing.open(at(li))
    await key(page, "2.5").click()
    await expect(key(page, "2.5").and_(page.locator(".pending"))).to_be_visible()
    async with running(practice):
        await expect(key(page, "✓2.5")).to_be_visible()
    await expect(page.locator(".key.pending")).to_have_count(0)


@pytest.mark.usefixtures("bot")
async def test_a_prompt_is_answered_as_a_reply_to_it(practice: Practice, browsing: Browsing, li: Person) -> None:
    await shows_item(practice, li)
    page = await browsing.open(at(li), PHONE)
    await key(page, "理由").tap()
    await expect(page.locator("[data-replying]")).to_contain_text(PROMPT)
    write = page.get_by_role("textbox", name="写一条消息")
    await expect(write).to_be_focused()
    await expect(write).to_have_attribute("placeholder", "例如：台账缺两个月")
    await write.press_sequentially("台账缺")
    await write.press("Shift+Enter")
    await write.press_sequentially("<b>两个月")
    await write.press("Enter")
    await expect(page.locator(".mine").last).to_contain_text("<b>两个月")
    await expect(page.locator("[data-replying]")).to_be_hidden()
    said = practice.world.messages(li.id)[-1]
    prompt = next(message for message in practice.world.messages(li.id) if message.text == PROMPT)
    assert (said.text, said.reply_to) == ("台账缺\n<b>两个月", prompt.id)


async def test_pictures_go_as_one_album_and_a_place_as_a_location(
    practice: Practice, browsing: Browsing, li: Person
) -> None:
    page = await browsing.open(at(li), PHONE)
    pictures = [FilePayload(name=f"{n}.png", mimeType="image/png", buffer=png(40, 30)) for n in range(3)]
    await page.get_by_role("button", name="附件").tap()
    async with page.expect_file_chooser() as chooser:
        await page.get_by_role("menuitem", name="图片").tap()
    await (await chooser.value).set_files(pictures)
    await page.get_by_role("textbox", name="说明").fill("10 现场")
    await page.get_by_role("button", name="发送 附件").tap()
    await expect(page.locator(".photos img")).to_have_count(3)
    sent = practice.world.messages(li.id)[-3:]
    assert [(message.kind, message.text) for message in sent] == [("photo", "10 现场"), ("photo", ""), ("photo", "")]
    assert len({message.album for message in sent}) == 1
    await page.get_by_role("button", name="放大图片").first.tap()
    await expect(page.get_by_role("dialog")).to_be_visible()
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="附件").tap()
    await page.get_by_role("menuitem", name="位置").tap()
    await page.get_by_role("button", name="发送位置").tap()
    await expect(page.get_by_role("img", name="位置 27.98330, 113.23160")).to_be_visible()


async def test_a_file_comes_back_as_it_was_sent(browsing: Browsing, li: Person) -> None:
    page = await browsing.open(at(li))
    content = "台账\n".encode()
    file = FilePayload(name="台账 <1>.csv", mimeType="text/csv", buffer=content)
    await page.locator("[data-document-input]").set_input_files([file])
    await page.get_by_role("button", name="发送 附件").click()
    async with page.expect_download() as download:
        await page.get_by_role("link", name="下载 台账 <1>.csv").click()
    assert (await (await download.value).path()).read_bytes() == content


async def test_the_clock_jumps_forward_and_says_why_it_will_not_go_back(
    practice: Practice, browsing: Browsing, li: Person
) -> None:
    clock = practice.world.clock
    clock.jump(max(clock.now(), datetime(2013, 12, 20, tzinfo=UTC)))
    page = await browsing.open(at(li))
    for name, reached in JUMPS:
        before, jumped = clock.now(), partial(lambda seen: clock.revision > seen, clock.revision)
        await page.get_by_role("button", name=name, exact=True).click()
        assert await practice.world.feed.until(jumped, within=10)
        assert clock.now() > before
        assert f"{clock.now().astimezone(SHANGHAI):%m-%d}" == reached
    await expect(page.locator(".date")).to_have_text("2014年1月31日 周五")
    await page.get_by_label("跳到").fill("2014-02-08T08:30")
    await page.get_by_role("button", name="跳转").click()
    await expect(page.get_by_role("timer")).to_contain_text("08:30")
    await page.locator("[data-jump-form]").evaluate("form => form.noValidate = true")
    await page.get_by_label("跳到").fill("2014-02-01T08:30")
    await page.get_by_role("button", name="跳转").click()
    await expect(page.get_by_role("status").filter(has_text="未能完成")).to_be_visible()


@pytest.mark.parametrize(("size", "language", "dark"), [(NARROW_PHONE, "zh", True), (PHONE, "en", False)])
async def test_a_phone_holds_everything_in_reach_of_a_thumb(
    practice: Practice, browsing: Browsing, li: Person, size: tuple[int, int], language: str, dark: bool
) -> None:
    await shows_item(practice, li)
    page = await browsing.open("/", size, dark=dark, language=language)
    assert await small_targets(page) == []
    await browsing.picture(page, f"list-{size[0]}-{language}")
    await in_list(page, li).tap()
    await expect(key(page, "4.5")).to_be_visible()
    assert await sideways(page) == 0
    assert await cut_labels(page) == []
    assert await small_targets(page) == []
    await browsing.picture(page, f"item-{size[0]}-{language}")
    await page.locator(".bar [data-clock-open]").tap()
    await expect(page.locator("[data-jump=first]")).to_be_in_viewport(ratio=1)
    await browsing.picture(page, f"clock-{size[0]}-{language}")
    await page.locator("[data-clock-close]").first.tap()
    await page.locator("[data-back]").tap()
    await expect(in_list(page, li)).to_be_visible()


async def test_language_and_theme_are_kept_by_the_browser(browsing: Browsing, li: Person) -> None:
    page = await browsing.open(at(li))
    ground = "getComputedStyle(document.body).backgroundColor"
    light = await page.evaluate(ground)
    await page.get_by_role("button", name="切换深浅色").click()
    dark = await page.evaluate(ground)
    assert dark != light
    await page.get_by_role("button", name="Switch to English").click()
    await expect(page.get_by_role("textbox", name="Write a message")).to_be_visible()
    await expect(page.locator("html")).to_have_attribute("lang", "en")
    assert await page.evaluate(ground) == dark
    await browsing.picture(page, "chat-dark-en")


@pytest.mark.usefixtures("bot")
async def test_two_tabs_play_two_people_of_a_group(practice: Practice, browsing: Browsing) -> None:
    world = practice.world
    li, wang = world.people.join("李明"), world.people.join("王建国")
    world.people.start(wang.id)
    group = world.groups.create("考核群", [li.id, wang.id])
    world.groups.add_bot(group.id, li.id)
    link = {"text": "为什么", "url": f"https://t.me/{world.account.username}?start=why-5"}
    await practice.call("sendMessage", chat_id=group.id, text="🚩 流动红旗：仙庾镇", reply_markup=keyboard([link]))
    first = await browsing.open(f"/?chat={group.id}&person={li.id}")
    second = await browsing.open(f"/?chat={group.id}&person={li.id}", PHONE)
    await second.get_by_role("combobox", name="身份").select_option("王建国")
    await expect(second.get_by_role("combobox", name="身份")).to_have_value(str(wang.id))
    await first.get_by_role("textbox", name="写一条消息").fill("收到")
    await first.get_by_role("textbox", name="写一条消息").press("Enter")
    await expect(second.locator(".theirs").last).to_contain_text("李明")
    await expect(second.locator(".theirs").last).to_contain_text("收到")
    await expect(first.locator(".mine").last).to_contain_text("收到")
    await browsing.picture(first, "group-light")
    await key(second, "为什么").tap()
    await expect(second.locator(".theirs").last).to_contain_text("您好，why-5")
    await expect(second.locator(".with")).to_contain_text("您是 王建国")


async def test_a_tab_follows_its_group_when_that_becomes_a_supergroup(
    practice: Practice, browsing: Browsing, li: Person
) -> None:
    world = practice.world
    group = world.groups.create("将升级的群", [li.id])
    page = await browsing.open(f"/?chat={group.id}&person={li.id}")
    await expect(page.locator(".service").last).to_contain_text("群组已创建")
    supergroup = world.groups.upgrade(group.id, li.id)
    await expect(page.locator(".service").last).to_contain_text("群组已升级为超级群组")
    await page.get_by_role("textbox", name="写一条消息").fill("还在")
    await page.get_by_role("button", name="发送", exact=True).click()
    await expect(page.locator(".mine").last).to_contain_text("还在")
    assert world.messages(supergroup.id)[-1].text == "还在"


@pytest.mark.usefixtures("bot")
async def test_one_who_has_not_started_the_bot_is_offered_the_start(practice: Practice, browsing: Browsing) -> None:
    newcomer = practice.world.people.join("新来的")
    page = await browsing.open(at(newcomer), PHONE)
    await page.get_by_role("button", name="开始", exact=True).tap()
    await expect(page.locator(".theirs").last).to_contain_text("您好，请选择")
    await practice.call("setMyCommands", commands=[{"command": "score", "description": "打分"}])
    await page.reload()
    await page.get_by_role("button", name="命令").tap()
    await page.get_by_role("menuitem", name="/score").tap()
    await expect(page.locator(".mine").last).to_contain_text("/score")


async def test_a_bot_that_does_not_run_is_named(practice: Practice, browsing: Browsing, li: Person) -> None:
    practice.world.state.updates.clear()
    practice.world.people.say(li.id, "/score")
    page = await browsing.open(at(li), PHONE)
    line = page.get_by_role("status").filter(has_text="机器人未在运行，有 1 条待收")
    await expect(line).to_be_hidden()
    await expect(line).to_be_visible(timeout=10_000)
    practice.world.people.say(li.id, "/todo")
    await expect(page.get_by_text("有 2 条待收")).to_be_visible(timeout=2_000)
    await practice.acknowledge()
    await expect(page.get_by_text("条待收")).to_have_count(0)


async def test_reading_above_is_not_disturbed_by_what_comes_below(
    practice: Practice, browsing: Browsing, li: Person
) -> None:
    for number in range(100):
        practice.world.people.say(li.id, f"第{number}条消息")
    page = await browsing.open(at(li), PHONE)
    talk = page.locator(".talk")
    await expect(talk.get_by_text("第99条消息")).to_be_in_viewport()
    await expect(talk.get_by_text("第5条消息", exact=True)).to_have_count(0)
    await talk.evaluate("box => box.scrollTop = 0")
    await page.get_by_role("button", name="更早的消息").tap()
    await expect(talk.get_by_text("第5条消息", exact=True)).to_have_count(1)
    await talk.get_by_text("第50条消息").scroll_into_view_if_needed()
    before = await talk.get_by_text("第50条消息").bounding_box()
    practice.world.people.say(li.id, "最新一条")
    await expect(page.get_by_role("button", name="到最新消息")).to_be_visible()
    assert await talk.get_by_text("第50条消息").bounding_box() == before
    await page.get_by_role("button", name="到最新消息").tap()
    await expect(talk.get_by_text("最新一条")).to_be_in_viewport()


async def test_the_chinese_font_is_ours_and_loaded_once(practice: Practice, browsing: Browsing, li: Person) -> None:
    page = await browsing.open(at(li))
    loaded = await page.evaluate("[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family)")
    assert any("Hongqi Sans" in family for family in loaded)
    async with practice.client.get(f"{practice.base}/phone/fonts/400") as reply:
        assert reply.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert len(await reply.read()) == sans_path().stat().st_size
    async with practice.client.get(f"{practice.base}/phone/fonts/900") as reply:
        assert reply.status == 404


async def test_what_is_not_there_is_not_served(practice: Practice, li: Person) -> None:
    text = practice.world.messages(li.id)[-1]
    for path in (f"files/{li.id}/{text.id}", f"files/{li.id}/999999", "static/none.css"):
        async with practice.client.get(f"{practice.base}/phone/{path}") as reply:
            assert reply.status == 404
    form = aiohttp.FormData({"chat": str(li.id), "person": str(li.id), "kind": "photo"})
    form.add_field("files", b"no picture", filename="<b>.png")
    async with practice.client.post(f"{practice.base}/phone/attachments", data=form) as reply:
        assert reply.status == 400
