"""The benchmark: how fast a tap is stored, answered and shown, beside bare python-telegram-bot bots in one run.

`make bench` (`python -m tests.bench`) prints it. It is never a pass/fail timing: only a lost
or wrongly stored tap, or a bot that stops answering, ends it with an error. Reads Linux's
process accounts, so it runs on Linux only.

`server` is the Telegram, `load` the people, `plan` what they tap, `contenders` the bots,
`trial` one bot's run, `measures` the arithmetic, `report` the table.
"""
