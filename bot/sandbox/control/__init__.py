"""The control API under `/sandbox/`: everything a person, a test or a script can do to the world, as JSON.

What the world refuses with `ValueError` is a 400 with `{"error": …}`. Waits take `timeout` in real seconds and end at
shutdown. The reference is the docstrings of the functions here and of the parts they call.
"""

from bot.sandbox.control import clock, faults, groups, persons, reading

routers = (persons.router, groups.router, reading.router, clock.router, faults.router)
"""All routers, without the prefix."""
