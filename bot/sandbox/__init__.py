"""A practice Telegram: a Bot API server, the people who use it, and the clock they can move.

It answers for behaving towards a bot as Telegram does, with Telegram's own error texts. It stands alone:
nothing here imports the rest of `bot` or `core`, and nothing here ever reaches the real Telegram.
"""
