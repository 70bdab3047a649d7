"""The bot killed at named points and at any moment, its database refusing, its Telegram misbehaving."""
