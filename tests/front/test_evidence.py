"""佐证: pictures, albums, files and places find their item and are kept."""

from __future__ import annotations

from hashlib import sha256

from kit import Stage
from kit.district import hands_out
from kit.people import sheet_of
from kit.pictures import picture

ZHOU, LUO, PENG = 880002, 880003, 880004
CHANGES = (
    hands_out("明照乡", LUO),
    hands_out("金山街道", LUO),
    hands_out("仙庾镇", LUO),
    hands_out("明照乡", PENG),
)
KEPT = "SELECT item, kind, state, sha256 FROM evidence WHERE sheet_id = ? ORDER BY item, id"


async def test_an_album_goes_to_the_item_of_its_caption_and_is_counted_in_one_reply(stage: Stage) -> None:
    luo = stage.person("罗晓梅")
    sheet = sheet_of(await luo.opens_sheet("明照乡", item=15))
    await luo.sends_album(10, "7", caption_on=3)
    await luo.sees("第7条：已收到10张")
    counting = [message for message in await luo.hears() if "已收到" in message.text]
    assert len(counting) == 1
    digests = [sha256(picture(number)).hexdigest() for number in range(1, 11)]
    await stage.clock.passes(1)
    await stage.rows.become([(7, "photo", "stored", digest) for digest in digests], KEPT, sheet)
    for number, digest in enumerate(digests, start=1):
        assert (stage.evidence / digest[:2] / digest).read_bytes() == picture(number)


async def test_a_picture_goes_to_the_item_on_screen_and_its_count_is_shown(stage: Stage) -> None:
    luo = stage.person("罗晓梅")
    screen = await luo.opens_sheet("金山街道", item=9)
    await luo.sends_photo(content=picture(40))
    await luo.sees("第9条：已收到1张")
    await luo.sees("第9条 · 满分6分", "📷 1")
    await luo.sends_photo("18 4.5 无新办法", content=picture(41))
    await luo.sees("第18条：已收到1张")
    await luo.sees("金山街道：已保存1条（第18条）")
    sheet = sheet_of(screen)
    assert stage.rows.mark(sheet, 18) == 450
    stored = [(item, "photo", "stored", sha256(picture(width)).hexdigest()) for item, width in ((9, 40), (18, 41))]
    await stage.clock.passes(1)
    await stage.rows.become(stored, KEPT, sheet)


async def test_a_file_and_a_place_are_kept_too(stage: Stage) -> None:
    luo = stage.person("罗晓梅")
    sheet = sheet_of(await luo.opens_sheet("仙庾镇", item=12))
    await luo.sends_file(b"minutes of a meeting", "会议记录.txt")
    await luo.sees("第12条：已收到1件")
    await luo.sends_location(27.8431, 113.1502)
    await luo.sees("第12条：已收到2件")
    digest = sha256(b"minutes of a meeting").hexdigest()
    await stage.clock.passes(1)
    await stage.rows.become([(12, "file", "stored", digest), (12, "location", "stored", None)], KEPT, sheet)
    place = stage.rows.all("SELECT latitude, longitude FROM evidence WHERE sheet_id = ? AND kind = 'location'", sheet)
    assert place == [("27.8431", "113.1502")]


async def test_a_file_of_25_mb_is_refused_in_the_language_of_who_sent_it(stage: Stage) -> None:
    peng = stage.person("彭志强")
    sheet = sheet_of(await peng.opens_sheet("明照乡", item=2))
    large = bytes(25 * 1024 * 1024)
    await peng.sends_file(large, "录像.mp4")
    await peng.sees("文件“录像.mp4”有25 MB，最多20 MB，未收下。请压缩或分成几份后重发。")
    await peng.says("/language")
    await peng.sees("请选择语言")
    await peng.taps("English")
    await peng.sees("Please choose")
    await peng.sends_file(large, "video.mp4")
    await peng.sees("The file “video.mp4” has 25 MB; at most 20 MB can be taken")
    assert stage.rows.all(KEPT, sheet) == []


async def test_a_picture_without_an_item_is_not_taken_silently(stage: Stage) -> None:
    liu = stage.person("刘芳")
    await liu.sends_photo()
    await liu.sees("没有您可以评分的评分表，未收下。请发 /todo")
    await liu.sends_photo("2013年6月26日的照片")
    await liu.sees("没有您可以评分的评分表，未收下")
    zhou = stage.person("周建国")
    await zhou.sends_photo("第99条")
    await zhou.sees("没有第99条，条目从1到23。请改正条目号后重发。")
    assert stage.rows.one("SELECT count(*) FROM evidence WHERE person_id NOT IN (2, 3, 4)") == 0
