"""The receipt (回执): a submitted sheet as a PDF, the rater's own copy of what was handed in.

Answers for how it looks. Never computes: totals, names and times arrive as they are to be read.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

from core.export.typesetting import Language, compile_pdf


@dataclass(frozen=True, slots=True)
class ReceiptLabels:
    """The fixed words of the form, in the reader's language.

    continued follows a category's name on the next page (续); pages is a pattern with {page} and
    {pages}: 第 {page} 页 / 共 {pages} 页.
    """

    category: str
    item: str
    max_points: str
    mark: str
    reason: str
    subtotal: str
    total: str
    continued: str
    pages: str


@dataclass(frozen=True, slots=True)
class ReceiptItem:
    """One row. number and text as in the rubric; points as they are read (4.5, 不适用); notes in order.

    lost: whether points were lost, so that the eye finds these rows.
    """

    number: str
    text: str
    max_points: str
    mark: str
    notes: tuple[str, ...]
    lost: bool


@dataclass(frozen=True, slots=True)
class ReceiptCategory:
    """考核项目 with its items and what they come to."""

    name: str
    max_points: str
    points: str
    items: tuple[ReceiptItem, ...]


@dataclass(frozen=True, slots=True)
class Receipt:
    """A whole sheet. Raises ValueError for a category without items.

    facts: (label, value) above the table: unit, round, rater, time of submission (local);
    origin: lines below the table that say which rubric (id, version, hash) and which audit head.
    """

    language: Language
    title: str
    facts: tuple[tuple[str, str], ...]
    labels: ReceiptLabels
    categories: tuple[ReceiptCategory, ...]
    max_points: str
    points: str
    origin: tuple[str, ...]

    def __post_init__(self) -> None:
        for category in self.categories:
            if not category.items:
                raise ValueError(f"category {category.name!r} has no items")


def set_receipt(receipt: Receipt) -> bytes:
    """An A4 PDF of as many pages as the words need. Raises TypesettingFailed."""
    return compile_pdf("receipt", asdict(receipt))
