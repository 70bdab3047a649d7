"""Answering taps: once, and before the answering window has closed."""

from dataclasses import replace

from bot.sandbox.api.call import Call
from bot.sandbox.errors import bad_request
from bot.sandbox.values import Answer
from bot.sandbox.world import World

ANSWER_LIMIT = 200
"""Characters of a toast or alert."""
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def answer_callback_query(world: World, call: Call) -> bool:
    """answerCallbackQuery. Late, second and foreign answers are refused alike."""
    tap = world.state.records.taps.get(call.text("callback_query_id"))
    call.given("cache_time")
    answer = Answer(call.text("text"), call.flag("show_alert"), call.text("url"))
    if tap is None or tap.answer is not None or world.clock.age_now() - tap.made_at > world.answer_window:
        raise bad_request(TOO_OLD)
    if len(answer.text) > ANSWER_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    if answer.url and not answer.url.startswith(f"https://t.me/{world.account.username}?start="):
        raise bad_request("URL_INVALID")
    world.state.records.put_tap(replace(tap, answer=answer))
    world.feed.bump()
    return True
