"""Reply markups as Telegram accepts them: inline keyboards, reply keyboards, force-replies.

It answers for refusing what Telegram refuses, in its words, and for returning the markup as it will be shown.
"""

from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.values import ChatType, JsonObject

DATA_LIMIT = 64
"""Bytes of callback data."""
MOST_BUTTONS = 100
ACTIONS = (
    "callback_data",
    "url",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "copy_text",
    "pay",
)
BUTTON = "can't parse inline keyboard button: "


def reply_markup(given: Any, chat_type: ChatType) -> JsonObject | None:
    """The markup to keep with a message; None when there is nothing to show. Raises a 400 `ApiError`."""
    if given is None:
        return None
    if not isinstance(given, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in given:
        return inline_keyboard(given)
    if "keyboard" in given:
        return _reply_keyboard(given, chat_type)
    return dict(given) if given.get("force_reply") or given.get("remove_keyboard") else None


def inline_keyboard(given: Any) -> JsonObject | None:
    """The inline keyboard to keep; None when it has no buttons. Raises a 400 `ApiError`."""
    if given is None:
        return None
    if not isinstance(given, dict):
        raise bad_request("object expected as reply markup")
    rows = given.get("inline_keyboard", [])
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    kept = [[_button(button) for button in row] for row in rows if row]
    if sum(map(len, kept)) > MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": kept} if kept else None


def _button(button: Any) -> JsonObject:
    if not isinstance(button, dict):
        raise bad_request(f"{BUTTON}InlineKeyboardButton must be an Object")
    text = button.get("text")
    if not isinstance(text, str):
        raise bad_request(f'{BUTTON}Can\'t find field "text"')
    if not text.strip():
        raise bad_request("inline keyboard button text must be non-empty")
    data, url = button.get("callback_data"), button.get("url")
    if data is not None and not isinstance(data, str):
        raise bad_request(f'{BUTTON}Field "callback_data" must be of type String')
    if data and len(data.encode()) > DATA_LIMIT:
        raise bad_request("BUTTON_DATA_INVALID")
    if url is not None and not str(url).startswith(("http://", "https://", "tg://")):
        raise bad_request("BUTTON_URL_INVALID")
    if not data and not any(button.get(action) is not None for action in ACTIONS[1:]):
        raise bad_request(f"{BUTTON}Text buttons are unallowed in the inline keyboard")
    return {name: value for name, value in button.items() if value is not None and value != ""} | {"text": text.strip()}


def _reply_keyboard(given: JsonObject, chat_type: ChatType) -> JsonObject:
    rows = given["keyboard"]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "keyboard" of the ReplyKeyboardMarkup must be an Array of Arrays')
    kept = [[{"text": button} if isinstance(button, str) else button for button in row] for row in rows if row]
    for button in (button for row in kept for button in row):
        if not isinstance(button, dict) or not isinstance(button.get("text"), str):
            raise bad_request("can't parse keyboard button: KeyboardButton must be an Object")
        if button.get("request_location") and chat_type != "private":
            raise bad_request("location can be requested in private chats only")
    return {**given, "keyboard": kept}
