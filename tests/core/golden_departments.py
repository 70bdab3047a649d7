"""Thirty departments of the golden year, scored by five townships (附件2, 基层评部门), worked out by hand."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from golden_2013 import TOWNSHIPS
from golden_tables import lines, number, score

RATERS = TOWNSHIPS[:5]
"""联点: the townships that score every department."""

DEPARTMENTS = """
# 附件2 备注, 基层评部门. All points are lost on 第2条 (大走访工作, 15 points). k: what each of the five townships took
# off in the first, third and fourth quarter and in January. Q2: what they took off then; a dot is 不了解.
# Of five sheets the lowest and the highest are dropped; of three and four none; fewer than three: not ranked.
#   odd lines      0 k k k 15          mean k                        100 - k
#   even lines     k k+1 k+1 k k       without k and k+1: k + 1/3    100 - k - 1/3
# 上半年 = (Q1 + Q2) / 2; 全年 = ((Q1 + Q2 + Q3 + Q4) / 4 + January) / 2, where Q1 = Q3 = Q4 = January = 100 - k.
# A third less in one quarter of four is a twelfth less in their mean, and a 24th less in the year.
# 单位  k  Q1名次  Q2: five townships  Q2得分  Q2名次  上半年  全年  名次 of both
区民政局   0   1    0  0  0  0 15     100   1     100      100   1
区卫生局   0   1    0  1  1  0  0   299/3   2   599/6  2399/24   2
区计生局   1   3    0  1  1  1 15      99   3      99       99   3
区司法局   1   3    1  2  2  1  1   296/3   4   593/6  2375/24   4
区城管局   2   5    0  2  2  2 15      98   5      98       98   5
公安分局   2   5    2  3  3  2  2   293/3   6   587/6  2351/24   6
区教育局   3   7    0  3  3  3 15      97   7      97       97   7
区财政局   3   7    3  4  4  3  3   290/3   8   581/6  2327/24   8
区农业局   4   9    0  4  4  4 15      96   9      96       96   9
区水利局   4   9    4  5  5  4  4   287/3  10   575/6  2303/24  10
区林业局   5  11    0  5  5  5 15      95  11      95       95  11
区交通局   5  11    5  6  6  5  5   284/3  12   569/6  2279/24  12
区文化局   6  13    0  6  6  6 15      94  13      94       94  13
区审计局   6  13    6  7  7  6  6   281/3  14   563/6  2255/24  14
区统计局   7  15    0  7  7  7 15      93  15      93       93  15
区安监局   7  15    7  8  8  7  7   278/3  16   557/6  2231/24  16
区环保局   8  17    0  8  8  8 15      92  17      92       92  17
区人社局   8  17    8  9  9  8  8   275/3  18   551/6  2207/24  18
区住建局   9  19    0  9  9  9 15      91  19      91       91  19
区商务局   9  19    9 10 10  9  9   272/3  20   545/6  2183/24  20
区信访局  10  21    0 10 10 10 15      90  21      90       90  21
区发改局  10  21   10 11 11 10 10   269/3  22   539/6  2159/24  22
区科技局  11  23    0 11 11 11 15      89  23      89       89  23
区粮食局  11  23   11 12 12 11 11   266/3  24   533/6  2135/24  24
国土分局  12  25    0 12 12 12 15      88  25      88       88  25
工商分局  12  25    .  . 12 12 15      87  26   175/2    703/8  26  # three sheets: 39 / 3 = 13
规划分局  13  27    0 13 13 13 15      87  26      87       87  27
国税分局  13  27    . 13 13 14 14   173/2  28   347/4  1391/16  28  # four sheets: 54 / 4 = 13.5
地税分局  14  29    0 14 14 14 15      86  29      86       86  29
质监分局  14  29    .  .  . 14 14       -   -      86       86  29  # two sheets: not ranked; three quarters of 86
"""


@dataclass(frozen=True)
class Department:
    """A line of the departments; what five townships took off in the second quarter, None where they said 不了解."""

    unit: str
    lost: int
    second: tuple[int | None, ...]
    scores: dict[str, Fraction | None]
    ranks: dict[str, int | None]


def known_departments() -> list[Department]:
    """The lines of the departments."""
    found = []
    for unit, lost, first, *words in lines(DEPARTMENTS):
        sheets, (second, rank, half, year, later) = words[:5], words[5:]
        scores = {"2013-Q2": score(second), "2013-H1": score(half), "2013": score(year)}
        ranks = {"2013-Q2": number(rank), "2013-H1": number(later), "2013": number(later)}
        for alike in ("2013-Q1", "2013-Q3", "2013-Q4"):
            scores[alike], ranks[alike] = Fraction(100 - int(lost)) * 100, number(first)
        taken_off = tuple(None if each == "." else int(each) for each in sheets)
        found.append(Department(unit, int(lost), taken_off, scores, ranks))
    return found
