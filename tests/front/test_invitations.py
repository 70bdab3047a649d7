"""Inviting somebody from the phone, and coming in by the link: the whole way, refused, killed, and out of time."""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

from kit import PersonHandle, Stage
from kit.district import DISTRICT, Change, appoints
from kit.stage import set_stage
from pypdf import PdfReader

from bot.buttons import Button, pack
from bot.buttons.invitations import InviteAll, ListInvitees, PrintCards, ShowInvitations
from bot.sandbox.values import Answer
from core.people import Role
from core.store import people
from core.store.engine import Db
from core.store.units import unit_names

KILLABLE = ("-m", "tests.faults.killable_bot")
IN_OFFICE = date(2013, 1, 1)
LINK = re.compile(r"https://t\.me/\S+\?start=i-[\w-]{22}")


def comes(name: str, role: Role, township: str | None = None) -> Change:
    """Somebody new on the roster, without an account."""

    def act(db: Db) -> None:
        named = {known: unit for unit, known in unit_names(db, DISTRICT, "township", IN_OFFICE).items()}
        person = people.add_person(db, DISTRICT, name, None, "zh")
        people.appoint(db, person, role, None if township is None else named[township], IN_OFFICE)

    return act


NEWCOMERS = (comes("王小明", Role.OFFICER, "仙庾镇"), comes("马晓燕", Role.ASSESSOR))


@contextlib.asynccontextmanager
async def office(folder: Path, district: Path, *changes: Change, start: bool = True) -> AsyncIterator[Stage]:
    """A bot of one's own, with two people on the roster who have no account."""
    async with set_stage(folder, district, *NEWCOMERS, *changes) as stage:
        if start:
            await stage.bot.start()
        yield stage


async def does(admin: PersonHandle, button: Button) -> Answer:
    """Tap a button of this room, on whatever screen there is."""
    await admin.says("/language")
    await admin.sees("请选择语言")
    return await admin.forges(pack(button))


async def links(admin: PersonHandle) -> dict[str, str]:
    """Issue what is missing, and read the links off the list, by name."""
    await does(admin, InviteAll())
    await admin.sees("有效链接 2")
    await admin.taps("列表")
    shown = await admin.sees("未绑定人员", "王小明", "马晓燕")
    return dict(zip(("王小明", "马晓燕"), LINK.findall(shown.text), strict=True))


async def joins(stage: Stage, telegram_id: int, name: str) -> PersonHandle:
    """Somebody with a phone who has not found the bot yet."""
    await stage.sandbox.do(lambda world: world.people.join(name, person_id=telegram_id))
    return PersonHandle(stage.sandbox, telegram_id, name)


async def test_an_office_invites_and_people_come_in(tmp_path: Path, district: Path) -> None:
    async with office(tmp_path, district) as stage:
        tang = stage.person("唐文静")
        await tang.says("/todo")
        await tang.taps("邀请链接")
        await tang.sees("未绑定 2 · 有效链接 0")
        link = await links(tang)
        wang = await joins(stage, 889901, "Wang")
        await wang.opens_link(link["王小明"])
        await wang.sees("王小明，您好。您已登记为：乡镇社管办工作人员（仙庾镇）。")
        await wang.sees("待办", "仙庾镇 · 2013年6月月报表 · 2013年6月26日 24:00截止")
        await wang.says("/score")
        await wang.sees("目前没有您可以评分的评分表")
        await wang.opens_link(link["王小明"])
        await wang.sees("此前已经绑定")

        ma = await joins(stage, 889902, "Ma")
        await ma.opens_link("https://t.me/hongqi_bot")
        await ma.sees("本机器人只供考核工作使用")
        await ma.says(f"/start {link['马晓燕'].rpartition('i-')[2]}")
        await ma.sees("您已登记为：考核组成员。")
        await does(tang, ShowInvitations())
        await tang.sees("所有在用人员都已绑定")


async def test_a_person_of_another_account_is_refused_and_the_office_hears_of_it(
    tmp_path: Path, district: Path
) -> None:
    async with office(tmp_path, district) as stage:
        tang = stage.person("唐文静")
        link = await links(tang)
        zhou = stage.person("周建国")
        await zhou.opens_link(link["王小明"])
        await zhou.sees("您的Telegram帐号已登记为另一个人")
        letter = await tang.sees("打开邀请链接未成功", "880002", "链接原发给：王小明")
        assert "此帐号已登记为另一个人" in letter.text
        wang = await joins(stage, 889901, "Wang")
        await wang.opens_link(link["王小明"])
        await wang.sees("您已登记为")
        await stage.stranger.opens_link(link["王小明"])
        await stage.stranger.sees("此邀请链接已用过")
        await tang.sees("链接已用过")


async def test_one_person_is_invited_anew_and_all_links_are_revoked(tmp_path: Path, district: Path) -> None:
    async with office(tmp_path, district) as stage:
        tang = stage.person("唐文静")
        old = (await links(tang))["王小明"]
        await tang.taps("王小明")
        await tang.sees("乡镇社管办工作人员", old)
        await tang.taps("重新生成")
        (new,) = LINK.findall((await tang.sees("王小明", "t.me")).text)
        assert new != old
        await tang.taps("作废")
        await tang.sees("还没有链接")
        await tang.taps("生成链接")
        await tang.sees("t.me")
        await tang.taps("◀ 列表")
        await tang.sees("未绑定人员")
        await tang.taps("◀ 邀请链接")
        await tang.sees("有效链接 2")
        await tang.taps("全部作废")
        await tang.sees("现有2个有效链接")
        assert (await tang.taps("确认，全部作废")).text == "已作废2个链接"
        await tang.sees("有效链接 0")
        await stage.stranger.opens_link(old)
        await stage.stranger.sees("此邀请链接已作废")


async def test_cards_to_print_carry_the_links(tmp_path: Path, district: Path) -> None:
    async with office(tmp_path, district) as stage:
        tang = stage.person("唐文静")
        assert (await does(tang, PrintCards())).text == "目前没有有效的邀请链接。"
        link = await links(tang)
        await tang.taps("◀ 邀请链接")
        await tang.taps("二维码")
        paper = await tang.sees_file("邀请二维码.pdf")
        assert paper.file is not None
        content = stage.sandbox.world.file_content(paper.file)
        (page,) = PdfReader(io.BytesIO(content)).pages
        words = page.extract_text()
        for each in (*link, *link.values(), "乡镇社管办工作人员", "仙庾镇"):
            assert each in words.replace("\n", ""), words


async def test_a_link_runs_out_with_the_clock(tmp_path: Path, district: Path) -> None:
    async with office(tmp_path, district) as stage:
        tang = stage.person("唐文静")
        link = await links(tang)
        await stage.clock.moves_to("2013-07-08 10:01")
        await stage.stranger.opens_link(link["王小明"])
        await stage.stranger.sees("2013年7月8日 10:00过期")
        await does(tang, ShowInvitations())
        await tang.sees("有效链接 0 · 已过期 2")
        await tang.taps("全部生成")
        await tang.sees("有效链接 2 · 已过期 0")


async def test_a_guesser_is_slowed_down_and_strangers_get_their_line(tmp_path: Path, district: Path) -> None:
    async with office(tmp_path, district) as stage:
        tang, stranger = stage.person("唐文静"), stage.stranger
        link = await links(tang)
        await stranger.says("/start")
        await stranger.sees("本机器人只供考核工作使用")
        await stranger.says("/start rubbish")
        await stranger.sees("本机器人只供考核工作使用")
        for number in range(5):
            await stranger.says(f"/start i-{number:022}")
            await stranger.sees("没有这个邀请链接")
        await stranger.opens_link(link["王小明"])
        await stranger.sees("已试错5次")
        assert sum("打开邀请链接未成功" in each.text for each in await tang.hears()) == 1
        await stage.clock.passes(3600)
        await stranger.opens_link(link["王小明"])
        await stranger.sees("您已登记为")


async def test_who_was_let_in_is_greeted_after_a_kill(tmp_path: Path, district: Path) -> None:
    async with office(tmp_path, district) as stage:
        link = await links(stage.person("唐文静"))
        wang = await joins(stage, 889901, "Wang")
        await stage.bot.stop()
        await stage.bot.start(*KILLABLE, "after commit", "dies", "1")
        await wang.opens_link(link["王小明"])
        await stage.bot.is_killed()
        assert stage.rows.one("SELECT telegram_id FROM person WHERE name = '王小明'") == 889901
        await stage.bot.start()
        await wang.sees("王小明，您好。您已登记为")
        await wang.sees("待办", "仙庾镇 · 2013年6月月报表 · 2013年6月26日 24:00截止")
        assert stage.rows.one("SELECT count(*) FROM audit WHERE act = 'accept_invitation'") == 1


async def test_a_list_of_links_that_a_kill_held_back_is_not_kept_in_the_rows(tmp_path: Path, district: Path) -> None:
    async with office(tmp_path, district) as stage:
        tang = stage.person("唐文静")
        await links(tang)
        screen = await tang.newest_screen()
        await stage.bot.stop()
        await stage.bot.start(*KILLABLE, "after commit", "dies", "1")
        await stage.sandbox.do(lambda world: world.people.forge_tap(tang.id, screen.id, pack(ListInvitees(0))))
        await stage.bot.is_killed()
        (owed,) = stage.rows.column("SELECT owed FROM processed_update WHERE owed IS NOT NULL")
        assert "start=i-" not in owed
        await stage.bot.start()
        await tang.sees("邀请链接不在记录中保留")
        await tang.taps("王小明")
        await tang.sees("t.me")


async def test_nobody_but_admins_gets_at_the_links(tmp_path: Path, district: Path) -> None:
    async with office(tmp_path, district, appoints("李巡视", 889910, Role.VIEWER)) as stage:
        for who in (await stage.joins(889910, "李巡视"), stage.person("刘芳")):
            await who.says("/language")
            for button in (ShowInvitations(), ListInvitees(0), InviteAll(), PrintCards()):
                assert "不能办理" in (await who.forges(pack(button))).text
        assert stage.rows.one("SELECT count(*) FROM invitation") == 0
