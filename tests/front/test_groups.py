"""Groups: bound by an admin, answered only when spoken to, followed when they become supergroups."""

from __future__ import annotations

from kit import Group, Stage

from bot.sandbox.world import World

TANG, ZHOU = 880001, 880002
CHANGES = (lambda db: db.exec_driver_sql("UPDATE district SET group_chat_id = NULL"),)


async def new_group(stage: Stage, number: int, *, topics: bool = False) -> Group:
    """A group of its own with the bot in it."""
    chat_id = (-1_000_000_990_000 if topics else -990_000) - number

    def act(world: World) -> None:
        world.groups.create(f"群{number}", [TANG, ZHOU], group_id=chat_id, supergroup=topics, topics=topics)
        world.groups.add_bot(chat_id, TANG)

    await stage.sandbox.do(act)
    return Group(stage.sandbox, chat_id)


async def test_the_bot_says_how_announcements_get_into_a_group(stage: Stage) -> None:
    group = await new_group(stage, 1)
    await group.has_exactly_one("请区社管办的管理员在这里发送 /bind")


async def test_only_an_admin_binds_a_group(stage: Stage) -> None:
    group = await new_group(stage, 2)
    await group.hears(stage.person("周建国"), "/bind@hongqi_bot")
    await group.sees("您的身份不能办理这一事项")
    await group.hears(stage.person("唐文静"), "/bind@hongqi_bot")
    await group.has_exactly_one("本群（或本话题）已设为荷塘区的通报群")
    assert stage.rows.one("SELECT group_chat_id FROM district") == group.id


async def test_a_group_is_answered_in_its_own_language_whoever_binds_it(stage: Stage) -> None:
    group, tang = await new_group(stage, 6), stage.person("唐文静")
    await tang.says("/language")
    await tang.sees("请选择语言")
    await tang.taps("English")
    await tang.sees("Please choose")
    await group.hears(tang, "/bind@hongqi_bot")
    await group.has_exactly_one("本群（或本话题）已设为荷塘区的通报群")
    await tang.says("/language")
    await tang.sees("Please choose")
    await tang.taps("中文")
    await tang.sees("请选择语言")


async def test_a_private_chat_cannot_be_bound(stage: Stage) -> None:
    tang = stage.person("唐文静")
    await tang.says("/bind")
    await tang.sees("请在要接收通报的群里发送 /bind")


async def test_in_a_group_only_commands_are_answered(stage: Stage) -> None:
    group = await new_group(stage, 3)
    await group.sees("/bind")
    zhou = stage.person("周建国")
    for text in ("大家好", "仙庾镇 15:4", "15 4", "/help@another_bot"):
        await group.hears(zhou, text)
    await group.hears(zhou, "/help@hongqi_bot")
    await group.sees("/rank ")
    assert len(await group.said()) == 2
    assert stage.rows.mark(stage.rows.sheet("仙庾镇", "周建国"), 15) is None


async def test_what_a_rater_owes_and_gave_is_not_shown_in_a_group(stage: Stage) -> None:
    group = await new_group(stage, 8)
    await group.sees("/bind")
    zhou = stage.person("周建国")
    for command in ("start", "todo", "score", "cancel", "language"):
        await group.hears(zhou, f"/{command}@hongqi_bot")
    await group.hears(zhou, "/help@hongqi_bot")
    await group.sees("/rank ")
    assert len(await group.said()) == 2


async def test_a_topic_is_bound_and_answered_within(stage: Stage) -> None:
    group = await new_group(stage, 4, topics=True)
    topic = await stage.sandbox.do(lambda world: world.groups.add_topic(group.id, TANG, "通报"))
    await group.hears(stage.person("唐文静"), "/bind@hongqi_bot", topic=topic)
    bound = await group.has_exactly_one("已设为荷塘区的通报群")
    assert bound.thread_id == topic
    assert stage.rows.all("SELECT group_chat_id, group_thread_id FROM district") == [(group.id, topic)]


async def test_a_group_that_becomes_a_supergroup_is_followed(stage: Stage) -> None:
    group = await new_group(stage, 5)
    await group.hears(stage.person("唐文静"), "/bind@hongqi_bot")
    await group.sees("已设为荷塘区的通报群")
    moved = await stage.sandbox.do(lambda world: world.groups.upgrade(group.id, TANG).id)
    await stage.sandbox.drained()
    assert stage.rows.one("SELECT group_chat_id FROM district") == moved
    larger = Group(stage.sandbox, moved)
    await larger.hears(stage.person("周建国"), "/rank@hongqi_bot")
    await larger.sees("还没有排名")
