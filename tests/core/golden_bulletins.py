"""What the golden year posts to the group and asks of the office, and when: worked out by hand from the calendar."""

from __future__ import annotations

BULLETINS = """
# What is posted to the group, when (2013 and January 2014), in which version. 公示: open to objections; 定稿: final;
# 更正: says what changed. Nothing is 补发: the bot was there all year, and what waited was due when it came.
02-01 09:00  2013-01  乡镇  1  定稿
03-01 09:00  2013-02  乡镇  1  定稿
04-01 09:00  2013-03  乡镇  1  定稿
# Three working days after Monday 1 April: 2, 3, and 7 (a Sunday that is worked for 清明).
04-01 09:00  2013-Q1  乡镇  1  公示
04-01 09:00  2013-Q1  部门  1  公示
04-08 07:30  2013-Q1  乡镇  1  定稿
04-08 07:30  2013-Q1  部门  1  定稿
05-01 09:00  2013-04  乡镇  1  定稿
06-01 09:00  2013-05  乡镇  1  定稿
07-01 09:00  2013-06  乡镇  1  定稿
# 2, 3, 4 July. The departments are held: one has too few sheets; the office lets them through an hour later.
07-01 09:00  2013-Q2  乡镇  1  公示
07-01 10:00  2013-Q2  部门  1  公示
07-05 07:30  2013-Q2  乡镇  1  定稿
07-05 07:30  2013-Q2  部门  1  定稿
# The half-year was due on 1 July at ten and waits for the finals; it is final at once. The departments' is held again.
07-05 07:30  2013-H1  乡镇  1  定稿
07-05 09:00  2013-H1  部门  1  定稿
08-01 09:00  2013-07  乡镇  1  定稿
09-01 09:00  2013-08  乡镇  1  定稿
10-01 09:00  2013-09  乡镇  1  定稿
# 8, 9, 10 October, after the National Day.
10-01 09:00  2013-Q3  乡镇  1  公示
10-01 09:00  2013-Q3  部门  1  公示
10-09 10:00  2013-Q3  乡镇  2  公示 更正
10-11 07:30  2013-Q3  乡镇  2  定稿 更正
10-11 07:30  2013-Q3  部门  1  定稿
11-01 09:00  2013-10  乡镇  1  定稿
11-05 10:00  2013-Q3  乡镇  3  定稿 更正
12-01 09:00  2013-11  乡镇  1  定稿
01-01 09:00  2013-12  乡镇  1  定稿
# 2, 3, 6 January. The townships are held: 仙庾镇 was not assessed.
01-01 09:00  2013-Q4  部门  1  公示
01-01 10:00  2013-Q4  乡镇  1  公示
01-07 07:30  2013-Q4  乡镇  1  定稿
01-07 07:30  2013-Q4  部门  1  定稿
# 17, 20, 21 January. Both are held: 仙庾镇 and 质监分局 have three quarters of four.
01-16 10:00  2013  乡镇  1  公示
01-16 10:00  2013  部门  1  公示
01-22 07:30  2013  乡镇  1  定稿
01-22 07:30  2013  部门  1  定稿
"""

HELD = """
# What the office was asked at the gate: 期 · 对象 · units without a result, with fewer quarters than others, or with
# too few sheets (how many).
2013-Q2  部门  质监分局/2
2013-H1  部门  质监分局
2013-Q4  乡镇  仙庾镇
2013     乡镇  仙庾镇
2013     部门  质监分局
"""
