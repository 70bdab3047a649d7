"""The shipped rubrics are the document's own annexes, to the character."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from core.rubric import Rubric
from core.rubric_files import SHIPPED, load_directory, load_rubric

BOOK = load_directory(SHIPPED)
TOWNSHIP = BOOK.rubrics["2013-township"]
DEPARTMENT = BOOK.rubrics["2013-department"]
MEASURES = Path(__file__).parents[2].parent / "shared" / "reference" / "assessment-measures-2013.txt"


def rows_of_annex(number: int) -> list[tuple[int, str, str, str]]:
    """Number, text, points and the run-together methods of every row, read from the document's plain text."""
    document = MEASURES.read_text(encoding="utf-8")
    annex = document.partition(f"附件{number}：\n")[2].partition("附件2：\n")[0]
    annex = annex.partition("\t备注\n\t对区直部门")[0]
    cells = re.compile(r"^\t(\d+)、(.*)\n\t(\d+)\n\t((?:[^\t\n]+\n|\n(?=[^\t\n]))+)", re.MULTILINE)
    return [(int(row[1]), row[2], row[3], re.sub(r"\s", "", row[4])) for row in cells.finditer(annex)]


def rows_of(rubric: Rubric) -> list[tuple[int, str, str, str]]:
    return [(item.number, item.text, str(item.max_points // 100), "".join(item.methods)) for item in rubric.items]


@pytest.mark.skipif(not MEASURES.exists(), reason="the source document is not beside the project here")
@pytest.mark.parametrize(("annex", "rubric"), [(1, TOWNSHIP), (2, DEPARTMENT)], ids=["annex 1", "annex 2"])
def test_every_row_is_the_documents_own(annex: int, rubric: Rubric) -> None:
    assert rows_of(rubric) == rows_of_annex(annex)


@pytest.mark.parametrize(
    ("rubric", "digest"),
    [
        (TOWNSHIP, "6d72e6e99e3fffcb43b99420341b5c682540d436b829e6f5ed87692dd31ee57e"),
        (DEPARTMENT, "08980960e38e16edb7bfad2021534637d7b64c64340c3ba8bd3d98adf983098a"),
    ],
    ids=["annex 1", "annex 2"],
)
def test_texts_are_pinned_where_the_document_is_absent(rubric: Rubric, digest: str) -> None:
    lines = (f"{number}、{text} {points} {methods}" for number, text, points, methods in rows_of(rubric))
    assert hashlib.sha256("\n".join(lines).encode()).hexdigest() == digest


def test_sums_are_the_documents() -> None:
    def sums(rubric: Rubric) -> list[tuple[str, int, int]]:
        return [(category.name, category.max_points, len(category.items)) for category in rubric.categories]

    assert sums(TOWNSHIP) == [
        ("组织管理", 1000, 5),
        ("七项重大任务", 4000, 7),
        ("结合工作", 2500, 5),
        ("创新举措", 1500, 3),
        ("宣传工作", 1000, 3),
    ]
    assert sums(DEPARTMENT) == [
        ("大走访工作", 3000, 3),
        ("解决民生问题", 2000, 4),
        ("群众工作日集中办公", 3000, 5),
        ("工作扶持", 2000, 3),
    ]
    assert (TOWNSHIP.max_points, DEPARTMENT.max_points) == (10_000, 10_000)
    assert (TOWNSHIP.step, DEPARTMENT.step) == (50, 50)
    assert (TOWNSHIP.unit_kind, DEPARTMENT.unit_kind) == ("township", "department")


def test_methods_are_several_only_where_the_document_means_several() -> None:
    several = {item.number: item.methods for item in TOWNSHIP.items if len(item.methods) > 1}
    assert several == {
        1: ("现场查看", "查资料台账"),
        2: ("查会议记录", "查管理资料"),
        3: ("查出勤记录", "查培训记录"),
        7: ("查走访资料", "查网络信息"),
        10: ("查工作台账", "现场查看"),
        11: ("查工作台账", "现场查看"),
        17: ("现场查看", "查工作台账"),
    }
    assert TOWNSHIP.item(8).methods == ("查志愿服务台账",)
    assert {item.number: item.methods for item in DEPARTMENT.items if len(item.methods) > 1} == {
        1: ("查走访资料", "走访抽查"),
        2: ("走访抽查", "电话回访"),
        9: ("查工作日志", "工作实践"),
    }


@pytest.mark.parametrize("rubric", [TOWNSHIP, DEPARTMENT], ids=["annex 1", "annex 2"])
def test_one_file_loads_as_in_its_directory(rubric: Rubric) -> None:
    assert load_rubric(SHIPPED / f"{rubric.id}.yaml") == rubric
