"""An office that enters notices of holidays: one of a year that nobody knows, asked for, previewed and entered."""

from __future__ import annotations

from district import NOON, District

from core import audit
from core.actions import days
from core.holiday_entry import NoticePreview
from core.snapshots import Question
from core.store import audit_log

OF_2027 = """国务院办公厅关于2027年部分节假日安排的通知
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（农历除夕、周五）至11日（周四）放假调休，共7天。1月31日（周日）、2月14日（周日）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。5月8日（周六）上班。
五、端午节：6月9日（周三）放假1天，不调休。
六、中秋节：9月15日（周三）放假1天，不调休。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。
"""
"""Made up: the real one comes out in November 2026."""


def question(office: District, year: int = 2027) -> Question:
    """The office is asked for a notice."""
    asked = office.act(days.ask_notice, office.tang, year, NOON)
    return Question(asked.prompt_id, days.KIND, str(year))


def told(office: District, text: str, asked: Question | None = None) -> NoticePreview:
    """The preview of a notice."""
    taken = office.act(days.take_notice, office.tang, asked or question(office), text, NOON)
    assert isinstance(taken, NoticePreview), taken
    return taken


def enters(office: District, text: str) -> bool:
    """The office enters a notice; whether anything changed by it."""
    seen = told(office, text)
    return not office.act(days.enter, office.tang, seen.prompt_id, seen.digest[:10], NOON).again


def acts(office: District) -> list[dict[str, object]]:
    """What was entered, by the district's chain."""
    links = office.act(audit_log.links, f"roster:{office.id}")
    assert audit.verify(links) is None
    return [dict(link.entry) for link in links if dict(link.entry)["act"] == "enter_holidays"]
