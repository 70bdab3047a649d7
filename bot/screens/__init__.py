"""Snapshots in, screens out: pure functions that lay out what `bot.phrases` says. Nothing here awaits or stores."""
