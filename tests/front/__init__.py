"""Front-door tests: the bot as its own process, over real HTTP, against the practice Telegram."""
