"""The practice Telegram, driven over real HTTP."""
