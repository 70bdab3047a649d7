"""python-telegram-bot itself, with its default request, against the practice Telegram."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    ReplyParameters,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TimedOut,
)

from bot.sandbox.faults import Fault, FaultKind

from .practice import GROUP, LI, Practice, png


@pytest.fixture
async def bot(practice: Practice) -> AsyncIterator[Bot]:
    """The bot of this world."""
    base = practice.base
    async with Bot(practice.world.account.token, f"{base}/bot", f"{base}/file/bot") as bot:
        yield bot


async def test_texts_and_keyboards(practice: Practice, bot: Bot) -> None:
    assert (bot.username, bot.first_name) == ("hongqi_bot", "红旗")
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("4.5", callback_data="m:4.5")]])
    sent = await bot.send_message(LI, "<b>第10条</b>", parse_mode="HTML", reply_markup=markup)
    assert (sent.text, sent.text_html, sent.date) == ("第10条", "<b>第10条</b>", datetime(2013, 6, 25, 1, tzinfo=UTC))
    assert sent.reply_markup == markup
    reply = await bot.send_message(LI, "好", reply_parameters=ReplyParameters(sent.message_id))
    assert reply.reply_to_message is not None
    assert reply.reply_to_message.message_id == sent.message_id
    edited = await bot.edit_message_text("第11条", LI, sent.message_id, reply_markup=markup)
    assert not isinstance(edited, bool)
    assert edited.text == "第11条"
    bare = await bot.edit_message_reply_markup(LI, sent.message_id)
    assert not isinstance(bare, bool)
    assert bare.reply_markup is None
    assert await bot.send_chat_action(LI, "typing")
    assert await bot.delete_message(LI, reply.message_id)
    assert [message.text for message in practice.world.messages(LI, after=1)] == ["第11条"]
    assert all(entry.ignored == () for entry in practice.world.ledger.entries()), "it sends nothing we do not know"


async def test_files(practice: Practice, bot: Bot) -> None:
    photo = await bot.send_photo(LI, png(), caption="流动红旗")
    assert (photo.caption, photo.photo[-1].width) == ("流动红旗", 4)
    again = await bot.send_photo(LI, photo.photo[-1].file_id)
    assert again.photo[-1].file_unique_id == photo.photo[-1].file_unique_id
    document = await bot.send_document(LI, b"%PDF", filename="通报.pdf")
    assert document.document is not None
    assert document.document.file_name == "通报.pdf"
    album = await bot.send_media_group(
        LI, [InputMediaPhoto(png(), caption="一"), InputMediaPhoto(photo.photo[-1].file_id)]
    )
    assert [one.caption for one in album] == ["一", None]
    assert len({one.media_group_id for one in album}) == 1
    place = await bot.send_location(LI, 27.87, 113.17)
    assert place.location is not None
    recaptioned = await bot.edit_message_caption(LI, photo.message_id, caption="更正")
    assert not isinstance(recaptioned, bool)
    assert recaptioned.caption == "更正"
    replaced = await bot.edit_message_media(InputMediaDocument(b"new", filename="a.txt"), LI, photo.message_id)
    assert not isinstance(replaced, bool)
    assert replaced.document is not None
    fetched = await (await bot.get_file(document.document.file_id)).download_as_bytearray()
    assert bytes(fetched) == b"%PDF"
    assert all(entry.ignored == () for entry in practice.world.ledger.entries())


async def test_updates_and_answers(practice: Practice, bot: Bot) -> None:
    practice.world.people.say(LI, "/score 4")
    sent = await bot.send_message(
        LI, "好", reply_markup=InlineKeyboardMarkup.from_button(InlineKeyboardButton("一", callback_data="a"))
    )
    tapped = practice.world.people.tap(LI, sent.message_id, "一")
    practice.world.people.block(LI)
    said, tap, blocked = await bot.get_updates(
        allowed_updates=["message", "callback_query", "my_chat_member"], timeout=1
    )
    assert said.effective_user is not None
    assert (said.effective_user.id, said.effective_user.language_code) == (LI, "zh-hans")
    assert tap.callback_query is not None
    assert (tap.callback_query.data, tap.callback_query.id) == ("a", tapped)
    assert blocked.my_chat_member is not None
    assert await tap.callback_query.get_bot().answer_callback_query(tapped, "已保存")
    assert await bot.get_updates(offset=blocked.update_id + 1) == ()


async def test_chats_and_profile(practice: Practice, bot: Bot) -> None:
    chat = await bot.get_chat(GROUP)
    assert (chat.type, chat.title) == ("group", "荷塘区通报群")
    assert (await bot.get_chat_member(GROUP, LI)).status == "creator"
    assert [one.user.id for one in await bot.get_chat_administrators(GROUP)] == [LI]
    commands = [BotCommand("todo", "待办")]
    assert await bot.set_my_commands(commands, BotCommandScopeAllPrivateChats())
    assert await bot.get_my_commands(BotCommandScopeAllPrivateChats()) == tuple(commands)
    assert await bot.delete_my_commands(BotCommandScopeAllPrivateChats())
    assert await bot.set_my_description("考核")
    assert await bot.set_my_short_description("考核")
    assert await bot.set_chat_menu_button()
    assert await bot.delete_webhook()
    assert (await bot.get_webhook_info()).url == ""
    assert await bot.leave_chat(GROUP)
    told = practice.world.profile.told
    assert (told.descriptions, told.short_descriptions) == ({"": "考核"}, {"": "考核"})
    assert all(entry.ignored == () for entry in practice.world.ledger.entries())


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("429", RetryAfter),
        ("500", NetworkError),
        ("502_html", NetworkError),
        ("404_html", InvalidToken),
        ("401", InvalidToken),
        ("409", Conflict),
        ("reset", NetworkError),
        ("drop_response_after_apply", NetworkError),
    ],
)
async def test_faults_become_the_errors_of_the_table(
    practice: Practice, bot: Bot, kind: FaultKind, expected: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # else RetryAfter warns of a coming change, and warnings are errors
    practice.world.faults.add(Fault(kind, method="sendMessage"))
    with pytest.raises(expected) as error:
        await bot.send_message(LI, "好")
    assert type(error.value) is expected
    applied = [message.text for message in practice.world.messages(LI, after=1)]
    assert applied == (["好"] if kind == "drop_response_after_apply" else [])


async def test_slow_answers_time_out(practice: Practice, bot: Bot) -> None:
    practice.world.faults.add(Fault("delay", method="sendMessage", amount=300))
    with pytest.raises(TimedOut):
        await bot.send_message(LI, "好", read_timeout=0.05)


async def test_refusals_become_the_errors_of_the_table(practice: Practice, bot: Bot) -> None:
    with pytest.raises(BadRequest, match="Message text is empty"):
        await bot.send_message(LI, "")
    new = practice.world.groups.upgrade(GROUP, LI)
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(GROUP, "好")
    assert moved.value.new_chat_id == new.id
    practice.world.people.block(LI)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(LI, "好")
