"""What a bot is told of what is said around it: everything in private, what is meant for it in groups.

Pure: the chat, the message and the message it replies to decide.
"""

import re

from bot.sandbox.values import BotAccount, Chat, Message

COMMAND = re.compile(r"/\w{1,64}(?:@(\w+))?(?!\S)")
INSIDE = frozenset({"administrator", "creator", "member"})


def hears(account: BotAccount, chat: Chat, message: Message, replied: Message | None) -> bool:
    """Whether an update about this message is made. Bots are never told of their own messages."""
    if message.sender_id == account.id or chat.bot_status not in INSIDE:
        return False
    if chat.type == "private" or not account.privacy or chat.bot_status == "administrator":
        return True
    if message.service is not None or (replied is not None and replied.sender_id == account.id):
        return True
    command = COMMAND.match(message.text)
    return command is not None and (command.group(1) or account.username).lower() == account.username.lower()
