"""Groups of the practice Telegram: who is in them, what the bot may do there, and how they become supergroups.

It answers for the membership updates and service messages. Refuses with `ValueError` what cannot be done.
"""

from collections.abc import Sequence

from bot.sandbox.values import Chat


class Groups:
    """Every change names the person `by` whom it is made; that person must be in the group."""

    def create(
        self, title: str, members: Sequence[int], *, supergroup: bool = False, topics: bool = False, group_id: int = 0
    ) -> Chat:
        """Create a group without the bot; the first member is its creator. Topics need a supergroup. Id 0 picks one."""
        raise NotImplementedError

    def add_bot(self, chat_id: int, by: int, *, administrator: bool = False) -> Chat:
        """Bring the bot in, or change its rank; it gets `my_chat_member` and, when new, a service message."""
        raise NotImplementedError

    def remove_bot(self, chat_id: int, by: int) -> Chat:
        """Throw the bot out (`kicked`); it gets `my_chat_member` and can no longer write there."""
        raise NotImplementedError

    def mute_bot(self, chat_id: int, muted: bool) -> Chat:
        """Take from the bot the right to write, or give it back."""
        raise NotImplementedError

    def add_member(self, chat_id: int, person_id: int, by: int) -> Chat:
        """Bring a person in, with the service message."""
        raise NotImplementedError

    def remove_member(self, chat_id: int, person_id: int, by: int) -> Chat:
        """Let a person go (`by` themselves: they left), with the service message."""
        raise NotImplementedError

    def promote(self, chat_id: int, person_id: int, *, administrator: bool = True) -> Chat:
        """Make a member an administrator, or an ordinary member again."""
        raise NotImplementedError

    def add_topic(self, chat_id: int, by: int, name: str) -> int:
        """Open a topic in a forum and return its thread id."""
        raise NotImplementedError

    def upgrade(self, chat_id: int, by: int) -> Chat:
        """Turn a group into a supergroup: service messages in both; the old id is dead. Returns the supergroup."""
        raise NotImplementedError
