"""Jinja2 templates of the page, with autoescape: the only way text of people or the bot becomes HTML here."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(template: str, **values: Any) -> Markup:
    """The template of this name (without .html) filled in. A missing value is an error, not an empty place."""
    html = _environment().get_template(f"{template}.html").render(**values)
    return Markup(html)  # noqa: S704 -- made by a template with autoescape
