"""Every sentence people read, in each language, as templates in the files of `zh/` and `en/`, one per room.

Answers for finding a sentence by its key, filling it in and escaping what people wrote. Never
decides what is said. A template that lacks a value raises instead of printing a gap.
`say` gives Telegram HTML, `say_plain` the same as it is read: toasts, buttons and papers are
shown literally by whoever shows them. The words of `hongqi rubric` (`rules.*.yaml`) are not kept here.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator, Mapping
from importlib.resources import files

import yaml
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from bot.phrases.forms import Zone, forms_of

# Written in C where the library has it: ten times as fast.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

LANGUAGES = ("zh", "en")
"""The languages there are; the first is the default, and buttons name a language by its place."""


class Phrases:
    """All phrases of all languages. Times are printed in `zone`."""

    def __init__(self, texts: Mapping[str, Mapping[str, str]], zone: Zone) -> None:
        self.zone = zone
        self.languages = tuple(texts)
        self._phrases = {language: _Sayable(keyed, self._environment(language)) for language, keyed in texts.items()}

    def say(self, language: str, key: str, **values: object) -> str:
        """The phrase as Telegram HTML; values are escaped.

        Raises KeyError for an unknown language or key, and UndefinedError, or TypeError in a figure, without a value.
        """
        phrase = self._phrases[language][key]
        return phrase if isinstance(phrase, str) else phrase(**values).rstrip("\n")

    def say_plain(self, language: str, key: str, **values: object) -> str:
        """The phrase for places that know no markup. Raises as `say` does."""
        text = self.say(language, key, **values)
        # Exactly undoes the escaping: values were escaped once, and plain phrases hold no tags.
        return html.unescape(text) if "&" in text else text

    @staticmethod
    def markup(said: str) -> Markup:
        """Something `say` gave, to be filled into another phrase as it is."""
        # Escaped once already by the template it came from.
        return Markup(said)  # noqa: S704

    def _environment(self, language: str) -> Environment:
        environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
        environment.filters |= forms_of(lambda key, **values: self.say_plain(language, key, **values), self.zone)
        return environment


class _Sayable(dict[str, str | Callable[..., str]]):
    """The phrases of a language by their keys, each made ready when it is first said.

    Making all of them ready took a third of the start of the bot.
    """

    def __init__(self, texts: Mapping[str, str], environment: Environment) -> None:
        super().__init__()
        self._texts, self._environment = texts, environment

    def __missing__(self, key: str) -> str | Callable[..., str]:
        text = self._texts[key]
        # Fixed phrases need no template; that keeps the labels of buttons free of cost.
        is_template = "{{" in text or "{%" in text
        said = self._environment.from_string(text).render if is_template else text
        self[key] = said
        return said


def load_phrases(zone: Zone) -> Phrases:
    """The shipped phrases, for a district in this time zone."""
    return Phrases({language: read_texts(language) for language in LANGUAGES}, zone)


def read_texts(language: str) -> dict[str, str]:
    """The templates of one language by their dotted keys.

    Raises TypeError where one is not a text, ValueError where two files have one key.
    """
    texts: dict[str, str] = {}
    for room in sorted(files(__name__).joinpath(language).iterdir(), key=lambda each: each.name):
        keyed = dict(_flattened(yaml.load(room.read_text(encoding="utf-8"), Loader=_LOADER), ""))  # noqa: S506  # a SafeLoader
        if twice := texts.keys() & keyed.keys():
            raise ValueError(f"{room.name} says again what another file says: {sorted(twice)}")
        texts |= keyed
    return texts


def _flattened(tree: Mapping[str, object], prefix: str) -> Iterator[tuple[str, str]]:
    for name, entry in tree.items():
        if isinstance(entry, Mapping):
            yield from _flattened(entry, f"{prefix}{name}.")
        elif isinstance(entry, str):
            yield f"{prefix}{name}", entry
        else:
            raise TypeError(f"{prefix}{name} is not a text but {entry!r}")
