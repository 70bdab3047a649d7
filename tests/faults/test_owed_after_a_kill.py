"""What a killed bot still owed comes after its next start: a receipt, a picture's bytes, a question, a second try."""

from __future__ import annotations

from hashlib import sha256

import pytest
from kit import PersonHandle, Stage
from kit.pictures import picture

from bot.buttons import pack
from bot.buttons.sheets import FillRest, SubmitSheet

KILLABLE = ("-m", "tests.faults.killable_bot")
POINTS = ["before commit", "after commit"]
STATE = "SELECT state, attempt FROM outbox WHERE dedup_key LIKE 'bulletin:%'"


async def dies_at(stage: Stage, point: str, passing: int = 1) -> None:
    """Another life of the bot begins, which is to end at this passing of the point."""
    await stage.bot.stop()
    await stage.bot.start(*KILLABLE, point, "dies", str(passing))


async def lives_again(stage: Stage) -> None:
    """The bot has died as it was to; the real one takes over, and what was not acknowledged is taken."""
    await stage.bot.is_killed()
    await stage.bot.start()
    await stage.sandbox.drained()


async def asked_about_the_bulletin(stage: Stage) -> PersonHandle:
    """The bot died just before it posted the month's bulletin, and asks an admin about it."""
    await stage.bot.start(*KILLABLE, "before sending to a group", "dies", "1")
    await stage.clock.is_moved_to("2013-07-01 09:00")
    await stage.bot.is_killed()
    await stage.bot.start()
    tang = stage.person("唐文静")
    await tang.sees("是否已发到群里，无法确认")
    return tang


@pytest.mark.parametrize("point", POINTS)
async def test_a_sheet_is_handed_in_once_and_its_receipt_arrives(stage: Stage, point: str) -> None:
    await stage.bot.start()
    zhou = stage.person("周建国")
    screen = await zhou.opens_sheet("明照乡")
    sheet = stage.rows.sheet("明照乡", "周建国")
    await zhou.forges(pack(FillRest(sheet)), on=screen)
    await zhou.sees("23/23")
    await dies_at(stage, point)
    await stage.sandbox.do(lambda world: world.people.forge_tap(zhou.id, screen.id, pack(SubmitSheet(sheet))))
    await lives_again(stage)
    await zhou.sees("评分表已提交", "明照乡")
    receipt = await zhou.sees_file("明照乡")
    assert receipt.file is not None
    assert receipt.file.name.endswith(".pdf")
    assert len(stage.rows.acts(sheet, "submit")) == 1


@pytest.mark.parametrize("point", POINTS)
async def test_a_picture_is_attached_once_and_kept(stage: Stage, point: str) -> None:
    await stage.bot.start()
    luo = stage.person("罗晓梅")
    await luo.opens_sheet("明照乡", item=9)
    sheet = stage.rows.sheet("明照乡", "罗晓梅")
    await dies_at(stage, point)
    await luo.sends_photo(content=picture(33))
    await lives_again(stage)
    await luo.sees("第9条：已收到1张")
    await stage.clock.passes(1)
    digest = sha256(picture(33)).hexdigest()
    kept = "SELECT item, state, sha256 FROM evidence WHERE sheet_id = ?"
    await stage.rows.become([(9, "stored", digest)], kept, sheet)
    assert (stage.evidence / digest[:2] / digest).read_bytes() == picture(33)


@pytest.mark.parametrize("point", POINTS)
async def test_a_question_is_asked_and_its_answer_finds_the_mark(stage: Stage, point: str) -> None:
    await stage.bot.start()
    peng = stage.person("彭志强")
    screen = await peng.opens_sheet("明照乡", item=7)
    sheet = stage.rows.sheet("明照乡", "彭志强")
    await dies_at(stage, point)
    await peng.taps_unanswered("1", on=screen)
    await lives_again(stage)
    question = await peng.sees("请回复本条消息", "第7条")
    await peng.says("走访台账不完整", reply_to=question)
    await peng.sees("第7条：理由已保存", "1/23")
    assert [(item, points, reason) for item, points, _, reason, *_ in stage.rows.marks(sheet)] == [
        (7, 100, "走访台账不完整")
    ]


async def test_a_kill_amid_the_second_try_is_asked_about_again(stage: Stage) -> None:
    tang = await asked_about_the_bulletin(stage)
    await dies_at(stage, "after sending to a group")
    await tang.taps_unanswered("未发出，重发")
    await lives_again(stage)
    await tang.sees("是否已发到群里，无法确认")
    await stage.group.has_exactly_one("2013年6月流动红旗")
    assert stage.rows.all(STATE) == [("unknown", 2)]


@pytest.mark.parametrize("point", POINTS)
async def test_a_decision_to_send_again_leads_to_one_post(stage: Stage, point: str) -> None:
    tang = await asked_about_the_bulletin(stage)
    await dies_at(stage, point)
    await tang.taps_unanswered("未发出，重发")
    await lives_again(stage)
    await tang.sees("已记录：将重发通报")
    await stage.clock.passes(60)
    await stage.group.has_exactly_one("2013年6月流动红旗")
    assert stage.rows.all(STATE) == [("sent", 2)]
