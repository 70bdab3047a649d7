"""The clock's hand: when schedules fire, what is done then, and what the office sees and changes of it.

Schedules are data. Nothing is remembered in APScheduler: its triggers only tell the fire
times since the moment that was last read, so that a bot that was down catches up.
"""

from core.scheduler.due import carry_out_due
from core.scheduler.fire_times import closing_in, closing_of, fire_times, nudge_times
from core.scheduler.heartbeat import HEARTBEAT_SECONDS, start_heartbeat

__all__ = [
    "HEARTBEAT_SECONDS",
    "carry_out_due",
    "closing_in",
    "closing_of",
    "fire_times",
    "nudge_times",
    "start_heartbeat",
]
