"""Texts that come as files: .txt in the usual encodings, .docx within limits, and what is neither."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from core.errors import NoticeFileRefused
from core.text_files import LARGEST, LONGEST, read_text

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TEXT = "一、元旦：1月1日至3日放假。\n二、春节"


def document(body: str, *, head: str = "", part: str = "word/document.xml", others: int = 0) -> bytes:
    """A .docx with this between the tags of its body."""
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        archive.writestr(part, f'{head}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>')
        for number in range(others):
            archive.writestr(f"word/{number}.xml", "")
    return content.getvalue()


def paragraphs(*texts: str) -> str:
    """Paragraphs, each broken into runs as word processors do."""
    return "".join(f"<w:p><w:r><w:t>{text[:3]}</w:t></w:r><w:r><w:t>{text[3:]}</w:t></w:r></w:p>" for text in texts)


def read(folder: Path, content: bytes) -> str:
    """The text of a file with this content."""
    path = folder / "sent"
    path.write_bytes(content)
    return read_text(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_plain_text_in_every_usual_encoding(tmp_path: Path, encoding: str) -> None:
    assert read(tmp_path, f"\u200b{TEXT}".encode(encoding)).endswith(TEXT)


def test_the_paragraphs_of_a_document_are_lines(tmp_path: Path) -> None:
    assert read(tmp_path, document(paragraphs(*TEXT.split("\n")))) == TEXT
    broken = "<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:t/></w:r></w:p>"
    assert read(tmp_path, document(broken)) == "甲\n乙"


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (b"a" * (LARGEST + 1), "too_big"),
        (b"a" * (LONGEST + 1), "too_big"),
        (document(paragraphs("长" * (LONGEST + 1))), "too_big"),
        (document(" " * (9 * 1024 * 1024)), "too_big"),
        (document("", others=500), "too_big"),
        (b"%PDF-1.7 \x00\x01\x02", "other_kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "other_kind"),
        (b"\xff\xfe\x00", "other_kind"),
        (document("", part="xl/workbook.xml"), "other_kind"),
        (b"PK\x03\x04 and no more", "damaged"),
        (document("<w:p>"), "damaged"),
        (document("&a;", head='<!DOCTYPE x [<!ENTITY a "boom">]>'), "damaged"),
    ],
    ids=lambda each: each if isinstance(each, str) else len(each),
)
def test_what_cannot_be_read_says_why(tmp_path: Path, content: bytes, cause: str) -> None:
    with pytest.raises(NoticeFileRefused) as refused:
        read(tmp_path, content)
    assert refused.value.cause == cause
