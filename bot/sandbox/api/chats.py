"""What a bot may ask about itself, a chat and its members, and how it leaves."""

from bot.sandbox.api.call import Call
from bot.sandbox.api.targets import chat_of
from bot.sandbox.errors import bad_request
from bot.sandbox.render import bot_user
from bot.sandbox.values import JsonObject, Status
from bot.sandbox.world import World

GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
LEADERS: frozenset[Status] = frozenset({"creator", "administrator"})


def get_me(world: World, call: Call) -> JsonObject:  # noqa: ARG001 -- every method takes the call
    """getMe."""
    return bot_user(world.account) | {
        "can_join_groups": True,
        "can_read_all_group_messages": not world.account.privacy,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def get_chat(world: World, call: Call) -> JsonObject:
    """getChat."""
    chat = chat_of(world, call)
    taste = {"accent_color_id": abs(chat.id) % 7, "max_reaction_count": 11}
    return world.state.render.chat(chat) | taste | {"accepted_gift_types": dict.fromkeys(GIFTS, False)}


def get_chat_member(world: World, call: Call) -> JsonObject:
    """getChatMember; who was never there has left."""
    chat = chat_of(world, call)
    user_id = call.integer("user_id")
    if user_id is None:
        raise bad_request("invalid user_id specified")
    if user_id == world.account.id:
        return world.state.render.member(user_id, chat.bot_status)
    if user_id not in world.state.records.persons:
        raise bad_request("user not found")
    here: Status = "member" if chat.id == user_id else "left"
    return world.state.render.member(user_id, chat.members.get(user_id, here))


def get_chat_administrators(world: World, call: Call) -> list[JsonObject]:
    """getChatAdministrators, of groups; other bots than this one there are none."""
    chat = chat_of(world, call)
    if chat.type == "private":
        raise bad_request("there are no administrators in the private chat")
    members = {**chat.members, world.account.id: chat.bot_status}
    return [world.state.render.member(who, status) for who, status in members.items() if status in LEADERS]


def leave_chat(world: World, call: Call) -> bool:
    """leaveChat."""
    chat = chat_of(world, call)
    if chat.type == "private":
        raise bad_request("chat member status can't be changed in private chats")
    world.state.set_bot_status(chat, "left", world.account.id)
    return True
