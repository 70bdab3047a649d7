"""The golden year: 2013 of a district, its marks and everything that follows from them, worked out by hand.

Eight townships, thirty departments, twelve months, four quarters, the half-year and the year. Nothing here is computed
by the program: whoever has pencil, paper and 办法 can check every number. The departments stand in
`golden_departments`, the days on which all of it is posted in `golden_bulletins`; `golden_year` lives the year through,
and `test_golden_year` compares.

How to read the tables. 扣分: so many whole points were lost on 第10条 (七项重大任务, 6 points; full marks on all
others), `3@20`: on 第20条 (创新举措) instead; `-`: not assessed (未考核). 得分 is in points, an exact fraction where it
is none that ends: `6940/70`. Equals stand in the order of the roster, which is that of `TOWNSHIPS`. Names are those of
the period's last day: 明照乡 is 明照街道 from 1 July on, and 荷塘管委会 is no unit any more from 1 August on, when it
becomes a part of 金山街道 and its last places in a row go along.
"""

from __future__ import annotations

TOWNSHIPS = ("月塘街道", "茨菇塘街道", "宋家桥街道", "金山街道", "桂花街道", "仙庾镇", "明照乡", "荷塘管委会")
RENAMED = ("明照乡", "明照街道", "2013-07-01")
MERGED = ("荷塘管委会", "金山街道", "2013-08-01")

MONTHS = """
# 办法 六-1, policy: 督查 60 · 月报表 10 · 信息上报 20 · 群众工作日 10. Until the district files its first report in May
# nobody has a ledger: what nobody has is dropped, and 督查 weighs all. So 得分 = 100 - 扣分.
[2013-01] 荷塘管委会 was not assessed: the month is published all the same (incomplete: publish)
月塘街道    0  100  1
茨菇塘街道  1   99  2
宋家桥街道  2   98  3
金山街道    3   97  4
桂花街道    4   96  5
仙庾镇      5   95  6
明照乡      6   94  7
荷塘管委会  -    -  -
[2013-02] nobody was assessed: nobody is ranked, and the flag stays where it is
月塘街道    -    -  -
茨菇塘街道  -    -  -
宋家桥街道  -    -  -
金山街道    -    -  -
桂花街道    -    -  -
仙庾镇      -    -  -
明照乡      -    -  -
荷塘管委会  -    -  -
[2013-03] two are first and share the flag; two are fourth, and the next is sixth
月塘街道    0  100  1
宋家桥街道  0  100  1
金山街道    1   99  3
茨菇塘街道  2   98  4
桂花街道    2   98  4
仙庾镇      3   97  6
荷塘管委会  4   96  7
明照乡      5   95  8
[2013-04]
宋家桥街道  0  100  1
月塘街道    1   99  2
桂花街道    2   98  3
金山街道    3   97  4
茨菇塘街道  4   96  5
仙庾镇      5   95  6
明照乡      5   95  6
荷塘管委会  6   94  8
# From May on 月报表 counts: 督查 60 and 月报表 10 of 70. On time is 100, late 50, missing 0 (附件1 第4条).
# On time: 得分 = (60 × (100 - 扣分) + 10 × 100) / 70.
[2013-05] all on time
桂花街道    0  7000/70  1
茨菇塘街道  1  6940/70  2
月塘街道    2  6880/70  3
宋家桥街道  3  6820/70  4
金山街道    4  6760/70  5
仙庾镇      5  6700/70  6
明照乡      6  6640/70  7
荷塘管委会  6  6640/70  7
[2013-06] 金山街道 sent no report: 60 × 99 + 10 × 0 = 5940
仙庾镇      0  7000/70  1
月塘街道    1  6940/70  2
茨菇塘街道  2  6880/70  3
宋家桥街道  3  6820/70  4
桂花街道    4  6760/70  5
明照乡      5  6700/70  6
荷塘管委会  6  6640/70  7
金山街道    1  5940/70  8
[2013-07] 荷塘管委会 wins the flag in its last month; 明照乡 is 明照街道 by now
荷塘管委会  0  7000/70  1
月塘街道    1  6940/70  2
茨菇塘街道  1  6940/70  2
宋家桥街道  2  6880/70  4
金山街道    3  6820/70  5
桂花街道    4  6760/70  6
仙庾镇      5  6700/70  7
明照街道    6  6640/70  8
[2013-08] 茨菇塘街道 reported on the 27th, a day late: 60 × 100 + 10 × 50 = 6500. By 督查 alone it would be first
月塘街道    1  6940/70  1
宋家桥街道  2  6880/70  2
金山街道    3  6820/70  3
桂花街道    4  6760/70  4
仙庾镇      5  6700/70  5
明照街道    6  6640/70  6
茨菇塘街道  0  6500/70  7
[2013-09]
茨菇塘街道  0  7000/70  1
月塘街道    2  6880/70  2
宋家桥街道  3  6820/70  3
金山街道    3  6820/70  3
桂花街道    4  6760/70  5
明照街道    5  6700/70  6
仙庾镇      6  6640/70  7
# From October on 群众工作日 (8th and 9th) counts too: 60, 10 and 10 of 80. Both days logged:
# 得分 = (60 × (100 - 扣分) + 10 × 100 + 10 × 100) / 80.
[2013-10] 桂花街道 logged the 8th alone: 60 × 100 + 10 × 100 + 10 × 50 = 7500
金山街道    1  7940/80  1
月塘街道    2  7880/80  2
茨菇塘街道  3  7820/80  3
宋家桥街道  4  7760/80  4
仙庾镇      5  7700/80  5
明照街道    6  7640/80  6
桂花街道    0  7500/80  7
# From November on 信息上报 counts too, and nothing is dropped: 得分 = (60 × (100 - 扣分) + 40 × 100) / 100.
[2013-11] four Sundays, four weeks; 仙庾镇 has no briefing of week 46: 60 × 100 + 10 × 100 + 20 × 75 + 10 × 100 = 9500
桂花街道    1  9940/100  1
明照街道    2  9880/100  2
月塘街道    3  9820/100  3
茨菇塘街道  4  9760/100  4
宋家桥街道  5  9700/100  5
金山街道    6  9640/100  6
仙庾镇      0  9500/100  7
[2013-12] 桂花街道 keeps the flag and shares it with 明照街道
桂花街道    0   100      1
明照街道    0   100      1
月塘街道    1  9940/100  3
茨菇塘街道  2  9880/100  4
宋家桥街道  3  9820/100  5
金山街道    4  9760/100  6
仙庾镇      5  9700/100  7
"""

FLAGS = """
# 办法 六-1: the first of the month. 月 · given to · held until then · handed over by · handed over to
2013-01  月塘街道             -                    -                    月塘街道
2013-02  -                    月塘街道             -                    -
2013-03  月塘街道,宋家桥街道  月塘街道             -                    宋家桥街道
2013-04  宋家桥街道           月塘街道,宋家桥街道  月塘街道             -
2013-05  桂花街道             宋家桥街道           宋家桥街道           桂花街道
2013-06  仙庾镇               桂花街道             桂花街道             仙庾镇
2013-07  荷塘管委会           仙庾镇               仙庾镇               荷塘管委会
2013-08  月塘街道             荷塘管委会           荷塘管委会           月塘街道
2013-09  茨菇塘街道           月塘街道             月塘街道             茨菇塘街道
2013-10  金山街道             茨菇塘街道           茨菇塘街道           金山街道
2013-11  桂花街道             金山街道             金山街道             桂花街道
2013-12  桂花街道,明照街道    桂花街道             -                    明照街道
"""

QUARTERS = """
# 办法 六-2: 3000, 2000, 1000 yuan; the prizes of the places that equals take are pooled and split. 得分 = 100 - 扣分.
# 单位 · 扣分 · 得分 · 名次 · 奖金
[2013-Q1 v1] two firsts take the places 1 and 2: (3000 + 2000) / 2
# 仙庾镇 and 桂花街道 lost 3 points each, 桂花街道 on 七项重大任务 (37 to 40), which is asked first: it is behind.
月塘街道    0     100  1  2500
茨菇塘街道  0     100  1  2500
宋家桥街道  1      99  3  1000
金山街道    2      98  4     -
仙庾镇      3@20   97  5     -
桂花街道    3      97  6     -
荷塘管委会  4      96  7     -
明照乡      5      95  8     -
[2013-Q2 v1] two thirds take the places 3 and 4, which has no prize: 1000 / 2. Two are last
宋家桥街道  0     100  1  3000
月塘街道    1      99  2  2000
金山街道    2      98  3   500
桂花街道    2      98  3   500
茨菇塘街道  3      97  5     -
仙庾镇      4      96  6     -
明照乡      5      95  7     -
荷塘管委会  5      95  7     -
[2013-Q3 v1] as it was posted on 1 October
茨菇塘街道  0     100  1     -
月塘街道    1      99  2     -
宋家桥街道  2      98  3     -
桂花街道    3      97  4     -
仙庾镇      4      96  5     -
明照街道    5      95  6     -
金山街道    6      94  7     -
[2013-Q3 v2] 金山街道 objected in time and was right: it lost 5. Now two are last
茨菇塘街道  0     100  1  3000
月塘街道    1      99  2  2000
宋家桥街道  2      98  3  1000
桂花街道    3      97  4     -
仙庾镇      4      96  5     -
金山街道    5      95  6     -
明照街道    5      95  6     -
[2013-Q3 v3] corrected on 5 November: 金山街道 lost 4 and is not last; 宋家桥街道 lost 1 and is second, too
# Two seconds take the places 2 and 3: (2000 + 1000) / 2.
茨菇塘街道  0     100  1  3000
月塘街道    1      99  2  1500
宋家桥街道  1      99  2  1500
桂花街道    3      97  4     -
金山街道    4      96  5     -
仙庾镇      4      96  5     -
明照街道    5      95  7     -
[2013-Q4 v1] three thirds: 1000 / 3 is 333.33 and a fen that nobody gets. 仙庾镇 was not assessed
桂花街道    0     100  1  3000
明照街道    1      99  2  2000
月塘街道    2      98  3   333.33
茨菇塘街道  2      98  3   333.33
金山街道    2      98  3   333.33
宋家桥街道  5      95  6     -
仙庾镇      -       -  -     -
"""
REMAINDERS = {"2013-Q4 v1": 1}
"""Fen of a quarter that could not be split evenly; of all others none."""

LAST_PLACES = """
# 办法 六-2: once: told (warn); twice in a row: 说明情况 (explain) within five working days of the final; three times:
# 取消年度评优资格 (disqualify). 季度 · 单位 · how often · what follows · what once more would mean · due · the quarters
2013-Q1  明照乡      1  warn        explain     -           2013-Q1
# Final on Friday 5 July: 8, 9, 10, 11, 12.
2013-Q2  明照乡      2  explain     disqualify  2013-07-12  2013-Q1,2013-Q2
2013-Q2  荷塘管委会  1  warn        explain     -           2013-Q2
2013-Q3  明照街道    3  disqualify  disqualify  -           2013-Q1,2013-Q2,2013-Q3
2013-Q4  宋家桥街道  1  warn        explain     -           2013-Q4
"""
LIFTED = """
# Until it was corrected: last in the second quarter as 荷塘管委会, in the third itself. Final on Friday 11 October; the
# Saturday after the National Day is worked: 12, 14, 15, 16, 17.
2013-Q3  金山街道    2  explain     disqualify  2013-10-17  2013-Q2,2013-Q3
"""

CORRECTED = """
# What the 更正通报 of 5 November says besides ranks: the prizes in yuan, and the last place that is none any more.
月塘街道    2000  1500
宋家桥街道  1000  1500
"""

HALF_YEAR = """
# 办法 一-1: the mean of both quarters. 月塘街道 and 宋家桥街道 lost one point in all, both on 七项重大任务: equal.
# 单位 · first quarter · second · 得分 · 名次
月塘街道    100   99   199/2  1
宋家桥街道   99  100   199/2  1
茨菇塘街道  100   97   197/2  3
金山街道     98   98   98     4
桂花街道     97   98   195/2  5
仙庾镇       97   96   193/2  6
荷塘管委会   96   95   191/2  7
明照乡       95   95   95     8
"""

YEAR = """
# 办法 一-1, 三-2, policy: half the mean of the quarters, half January; the third quarter as it was corrected.
# 明照街道 is third and has no 评优资格: the third place among the eligible is 宋家桥街道's.
# 仙庾镇 has three quarters, (97 + 96 + 96) / 3: a missing one is no zero.
# 单位 · 元月扣分 · sum of the quarters · how many · 得分 · 名次 · among the eligible
月塘街道    2  396  4   197/2  1  1
金山街道    1  390  4   393/4  2  2
明照街道    0  384  4   98     3  -
宋家桥街道  3  393  4   781/8  4  3
茨菇塘街道  4  395  4   779/8  5  4
桂花街道    4  392  4   97     6  5
仙庾镇      3  289  3   580/6  7  6
"""
