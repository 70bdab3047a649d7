"""A text that somebody sends as a file: .txt or .docx, as plain lines.

Answers for limits on size and on what a file unfolds to. Never trusts what a file says about itself, its name
included: what it is, its first bytes say.
"""

from __future__ import annotations

import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import fromstring

from core.errors import NoticeFileRefused

LARGEST = 2 * 1024 * 1024
"""Of a file, in bytes."""
LONGEST = 20_000
"""Of its text, in characters."""

_UNPACKED, _ENTRIES = 8 * 1024 * 1024, 500
_ZIP = b"PK\x03\x04"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_UNWRITTEN = {"Cc", "Cn", "Co"}
_BREAKS = {f"{_WORD}br", f"{_WORD}cr"}


def read_text(path: Path) -> str:
    """The text of a file. Raises NoticeFileRefused."""
    if path.stat().st_size > LARGEST:
        raise NoticeFileRefused("too_big")
    content = path.read_bytes()
    text = _document(path) if content.startswith(_ZIP) else _plain(content)
    if len(text) > LONGEST:
        raise NoticeFileRefused("too_big")
    return text


def _plain(content: bytes) -> str:
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        # Pictures and old documents may pass for GB 18030, but no text holds what they are full of.
        if all(letter.isspace() or unicodedata.category(letter) not in _UNWRITTEN for letter in text):
            return text
    raise NoticeFileRefused("other_kind")


def _document(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            if len(archive.infolist()) > _ENTRIES:
                raise NoticeFileRefused("too_big")
            with archive.open("word/document.xml") as part:
                body = part.read(_UNPACKED + 1)
        if len(body) > _UNPACKED:
            raise NoticeFileRefused("too_big")
        return "\n".join(_paragraphs(fromstring(body, forbid_dtd=True)))
    except KeyError as error:
        # Packed, but no document.
        raise NoticeFileRefused("other_kind") from error
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, ParseError) as error:
        # Damaged, locked, or made to swell: all the same to whoever sent it.
        raise NoticeFileRefused("damaged") from error


def _paragraphs(document: Element) -> Iterator[str]:
    for paragraph in document.iter(f"{_WORD}p"):
        yield "".join(_words(paragraph))


def _words(paragraph: Element) -> Iterator[str]:
    for part in paragraph.iter():
        if part.tag == f"{_WORD}t":
            yield part.text or ""
        elif part.tag in _BREAKS:
            yield "\n"
