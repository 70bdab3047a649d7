"""All that the bot says unasked from 1 January 2013 to 16 January 2014, in the small district of the test kit.

Written by hand from the measures' rhythms and `rubrics/2013-policy.yaml`; nothing here asks the program. Each function
is a line or two of the year: on which days, at what time, with which words, to whom. A time at which nobody has
anything to hear stands here too, with nobody behind it: the clock is moved there, and the silence is seen.

What people did that year, and what it changes:

    2 January    周建国 scores both townships of the January round and hands in; 月塘街道 loses a point
    8 March      陈立新 logs the workday in time
    13 March     刘芳 sends a briefing; 唐文静 accepts it
    25 March     刘芳 files the report a day early
    20 April     唐文静 excuses 仙庾镇 from April's report
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

ADMIN, ASSESSOR, LIU, CHEN, LIAISON = "唐文静", "周建国", "刘芳", "陈立新", "邓丽华"
OFFICERS = (LIU, CHEN)
GROUP = "群"

FIRST, LAST = date(2013, 1, 1), date(2014, 1, 16)
MONTHS = [(2013, month) for month in range(1, 13)] + [(2014, 1)]


@dataclass(frozen=True)
class Said:
    """At this minute the bot says something with these words to each of these."""

    when: str
    words: str
    to: tuple[str, ...]


def the_year() -> list[Said]:
    """The table, by time."""
    lines = (
        *months_open(),
        *months_are_ranked(),
        *quarters_open_and_end(),
        *years_open(),
        *reports(),
        *workdays(),
        *briefings(),
        *mornings(),
        *holidays(),
        *what_deeds_led_to(),
    )
    return sorted(lines, key=lambda said: said.when)


def months_open() -> Iterator[Said]:
    """一月一调度: on the 1st at 08:00 the month's round opens; the assessor hears of it."""
    for year, month in MONTHS:
        yield Said(f"{year}-{month:02}-01 08:00", f"{year}年{month}月乡镇街道考评已开始", (ASSESSOR,))


def months_are_ranked() -> Iterator[Said]:
    """办法 六-1: on the 1st at 09:00 the month before is ranked; who gets the flag is asked for 经验介绍."""
    # Of December 2012 there was no round: the bot was not there yet.
    yield Said("2013-01-01 09:00", "2012年12月没有考评", (ADMIN,))
    # Scored, and 月塘街道 lost a point. Nobody had filed anything yet, so that the ledger says nothing.
    yield Said("2013-02-01 09:00", "2013年1月流动红旗：仙庾镇", (GROUP,))
    yield Said("2013-02-01 09:00", "仙庾镇获得2013年1月流动红旗", (LIU,))
    # From here on nobody is scored: whatever a unit filed, it is not ranked, and the flag stays where it is.
    for month in range(2, 13):
        first = "2014-01-01" if month == 12 else f"2013-{month + 1:02}-01"
        yield Said(f"{first} 09:00", "流动红旗仍留在仙庾镇", (GROUP,))


def quarters_open_and_end() -> Iterator[Said]:
    """一季一考评: opened on the 20th of the last month at 08:00; who has not finished hears it 3 days and 1 day before.

    Nobody finishes. The assessor scores the townships, the officers the department. So the ranking of the 1st at 09:00
    is held (`incomplete: hold`), and the office is asked, once for each kind of unit; it says nothing.
    """
    yield Said("2013-01-01 09:00", "2012年第四季度没有考评", (ADMIN,))
    for quarter, opens, three_days, one_day, ranked in (
        ("2013年第一季度", "2013-03-20", "2013-03-28", "2013-03-30", "2013-04-01"),
        ("2013年第二季度", "2013-06-20", "2013-06-27", "2013-06-29", "2013-07-01"),
        ("2013年第三季度", "2013-09-20", "2013-09-27", "2013-09-29", "2013-10-01"),
        ("2013年第四季度", "2013-12-20", "2013-12-28", "2013-12-30", "2014-01-01"),
    ):
        yield Said(f"{ranked} 09:00", f"{quarter}的乡镇（街道、管委会）排名没有公布", (ADMIN,))
        yield Said(f"{ranked} 09:00", f"{quarter}的部门排名没有公布", (ADMIN,))
        yield Said(f"{opens} 08:00", f"{quarter}乡镇街道考评已开始", (ASSESSOR,))
        yield Said(f"{opens} 08:00", f"{quarter}部门考评已开始", OFFICERS)
        for day in (three_days, one_day):
            yield Said(f"{day} 09:00", f"{quarter}考评还有您没有交的评分表", (ASSESSOR, *OFFICERS))
    # 半年一小结: it waits for its quarters to be final, and none ever is.
    yield Said("2013-07-01 10:00", "", ())


def years_open() -> Iterator[Said]:
    """全年总考核，次年元月: opened on 5 January at 08:00, ranked on the 16th at 09:00."""
    for year in (2012, 2013):
        yield Said(f"{year + 1}-01-05 08:00", f"{year}年乡镇街道考评已开始", (ASSESSOR,))
        yield Said(f"{year + 1}-01-05 08:00", f"{year}年部门考评已开始", OFFICERS)
    # Nobody scored: of 2012, which had no quarters, the office is asked; 2013 waits for its quarters to be final.
    yield Said("2013-01-16 09:00", "2012年的乡镇（街道、管委会）排名没有公布", (ADMIN,))
    yield Said("2013-01-16 09:00", "2012年的部门排名没有公布", (ADMIN,))
    yield Said("2014-01-16 09:00", "", ())


def reports() -> Iterator[Said]:
    """附件1 第4条: on the 26th every officer is reminded at 09:00, and at 16:00 who has not filed."""
    for month in range(1, 13):
        day, report = f"2013-{month:02}-26", f"2013年{month}月月报表"
        if month == 3:  # 刘芳 has filed: she hears that nothing is left to do, and is not chased
            yield Said(f"{day} 09:00", f"{report}已经报送", (LIU,))
            yield Said(f"{day} 09:00", f"报送{report}和工作总结的日子", (CHEN,))
            yield Said(f"{day} 16:00", f"还没有报{report}", (CHEN,))
        elif month == 4:  # 仙庾镇 is excused
            yield Said(f"{day} 09:00", f"报送{report}和工作总结的日子", (CHEN,))
            yield Said(f"{day} 16:00", f"还没有报{report}", (CHEN,))
        else:
            yield Said(f"{day} 09:00", f"报送{report}和工作总结的日子", OFFICERS)
            yield Said(f"{day} 16:00", f"还没有报{report}", OFFICERS)


def workdays() -> Iterator[Said]:
    """附件1 第15条、附件2 第8条: on the 8th and 9th at 08:00, also the department; at 17:00 who has not logged it."""
    for year, month in MONTHS:
        for day in (8, 9):
            date_, name = f"{year}-{month:02}-{day:02}", f"{year}年{month}月{day}日"
            logged = (CHEN,) if (month, day) == (3, 8) else ()
            yield Said(f"{date_} 08:00", f"{name}是群众工作日", (*OFFICERS, LIAISON))
            to = tuple(each for each in (*OFFICERS, LIAISON) if each not in logged)
            yield Said(f"{date_} 17:00", f"还没有登记{name}的群众工作日", to)


def briefings() -> Iterator[Said]:
    """附件1 第22条: Fridays at 15:00, who has no briefing in this week."""
    for friday in every_week(date(2013, 1, 4)):
        to = (CHEN,) if friday == date(2013, 3, 15) else OFFICERS
        yield Said(f"{friday} 15:00", "本周还没有采用或待审的信息", to)


def mornings() -> Iterator[Said]:
    """At 08:30 whoever has something that is due that day: in one digest, however much it is."""
    due: dict[date, set[str]] = {}
    for month in range(1, 13):  # the report
        done = {3: {LIU}, 4: {LIU}}.get(month, set())
        due.setdefault(date(2013, month, 26), set()).update(set(OFFICERS) - done)
    for year, month in MONTHS:  # the workdays
        for day in (8, 9):
            due.setdefault(date(year, month, day), set()).update((*OFFICERS, LIAISON))
    for sunday in every_week(date(2013, 1, 6)):  # the week's briefing
        done = {LIU} if sunday == date(2013, 3, 17) else set()
        due.setdefault(sunday, set()).update(set(OFFICERS) - done)
    for month in range(2, 13):  # the last day of the month's round; January's is handed in
        due.setdefault(last_day(2013, month), set()).add(ASSESSOR)
    for month in (3, 6, 9, 12):  # the last day of the quarter's rounds
        due.setdefault(last_day(2013, month), set()).update((ASSESSOR, *OFFICERS))
    for january in (date(2013, 1, 15), date(2014, 1, 15)):  # the last day of the annual round
        due.setdefault(january, set()).update((ASSESSOR, *OFFICERS))
    for morning, who in due.items():
        yield Said(f"{morning} 08:30", "待办", tuple(sorted(who)))


def holidays() -> Iterator[Said]:
    """From 1 November the office is asked for next year's holidays while they are unknown: those of 2014 are known."""
    for day in ("2013-11-01", "2013-11-15", "2013-12-01", "2013-12-15"):
        yield Said(f"{day} 09:00", "", ())


def what_deeds_led_to() -> Iterator[Said]:
    """What others hear of a deed; what it is answered with is not unasked."""
    yield Said("2013-03-13 10:00", "社区调解室启用", (ADMIN,))
    yield Said("2013-03-13 10:00", "区社管办采用了这条信息", (LIU,))
    yield Said("2013-04-20 10:00", "区社管办免除仙庾镇2013年4月的月报表", (LIU,))


def every_week(first: date) -> Iterator[date]:
    """The same day of every week, as long as the year lasts."""
    day = first
    while day <= LAST:
        yield day
        day += timedelta(days=7)


def last_day(year: int, month: int) -> date:
    """The last day of a month."""
    return (date(year, month, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
