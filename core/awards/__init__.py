"""What final rankings entitle townships to, or threaten them with (办法 六).

Answers for the travelling flag (流动红旗), the quarterly prizes (奖励), last places in a row with what follows from
them, and what a corrected final changes of all that. Everything is derived from the finals by pure folds, each time
anew, and never stored. Never decides an order: it reads the standings that `core.ranking` made. Departments have no
awards (办法 六-3). The folds `rewards` and `last_places` bear the names of their modules and are imported from there.
"""

from core.awards.finals import Final
from core.awards.flag import FlagMonth, holders, red_flag
from core.awards.last_places import LastPlace, LastQuarter, Step, Succession, last_place
from core.awards.rewards import Rewards, SharedPlace
from core.awards.year import (
    Difference,
    EligibilityChanged,
    FlagChanged,
    LastPlaceChanged,
    PrizeChanged,
    QuarterRewards,
    YearAwards,
    derive,
    differences,
)

__all__ = [
    "Difference",
    "EligibilityChanged",
    "Final",
    "FlagChanged",
    "FlagMonth",
    "LastPlace",
    "LastPlaceChanged",
    "LastQuarter",
    "PrizeChanged",
    "QuarterRewards",
    "Rewards",
    "SharedPlace",
    "Step",
    "Succession",
    "YearAwards",
    "derive",
    "differences",
    "holders",
    "last_place",
    "red_flag",
]
