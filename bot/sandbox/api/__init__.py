"""The Bot API's methods, by theme, each a function of the world and one call. `table.py` names them all."""
