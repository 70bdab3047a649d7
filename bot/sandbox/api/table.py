"""The one table of Bot API methods. Names are matched without regard to case, as Telegram does."""

from collections.abc import Callable
from typing import Any

from bot.sandbox.api import callbacks, chats, commands, editing, media, polling, sending
from bot.sandbox.api.call import Call
from bot.sandbox.world import World

Method = Callable[[World, Call], Any]
"""Returns the `result`, or an awaitable of it; raises `ApiError`."""

METHODS: dict[str, Method] = {
    "getMe": chats.get_me,
    "getUpdates": polling.get_updates,
    "setWebhook": polling.set_webhook,
    "deleteWebhook": polling.delete_webhook,
    "getWebhookInfo": polling.get_webhook_info,
    "sendMessage": sending.send_message,
    "sendPhoto": sending.send_photo,
    "sendDocument": sending.send_document,
    "sendMediaGroup": sending.send_media_group,
    "sendLocation": sending.send_location,
    "sendChatAction": sending.send_chat_action,
    "editMessageText": editing.edit_message_text,
    "editMessageCaption": editing.edit_message_caption,
    "editMessageMedia": editing.edit_message_media,
    "editMessageReplyMarkup": editing.edit_message_reply_markup,
    "deleteMessage": editing.delete_message,
    "answerCallbackQuery": callbacks.answer_callback_query,
    "getFile": media.get_file,
    "getChat": chats.get_chat,
    "getChatMember": chats.get_chat_member,
    "getChatAdministrators": chats.get_chat_administrators,
    "leaveChat": chats.leave_chat,
    "setMyCommands": commands.set_my_commands,
    "getMyCommands": commands.get_my_commands,
    "deleteMyCommands": commands.delete_my_commands,
    "setMyDescription": commands.set_my_description,
    "setMyShortDescription": commands.set_my_short_description,
    "setChatMenuButton": commands.set_chat_menu_button,
}

BY_LOWER_NAME = {name.lower(): (name, method) for name, method in METHODS.items()}
