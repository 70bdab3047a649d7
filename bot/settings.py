"""The settings: environment and `.env`, read once, frozen. The only reader of the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from core.store.engine import is_supported


class SettingWrong(Exception):
    """A setting has a value that cannot be used; `problem` is a phrase key below `settings`."""

    def __init__(self, name: str, problem: str, value: str) -> None:
        super().__init__(f"{name}: {problem}: {value}")
        self.name = name
        self.problem = problem
        self.value = value


class Settings(BaseSettings):
    """Every setting of `.env.example`."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True)

    telegram_bot_token: SecretStr = SecretStr("")
    hongqi_database_url: str = "sqlite:///data/hongqi.db"
    hongqi_data_dir: Path = Path("data")
    hongqi_admin_ids: Annotated[tuple[int, ...], NoDecode] = ()
    hongqi_timezone: str = "Asia/Shanghai"
    hongqi_language: Literal["zh", "en"] = "zh"
    hongqi_telegram_base_url: str = "https://api.telegram.org/bot"
    hongqi_telegram_base_file_url: str = "https://api.telegram.org/file/bot"
    hongqi_proxy: str = ""
    hongqi_log_format: Literal["text", "json"] = Field(default="text")

    @field_validator("hongqi_admin_ids", mode="before")
    @classmethod
    def _split_ids(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        parts = [part.strip() for part in value.split(",") if part.strip()]
        if not all(part.isascii() and part.isdigit() for part in parts):
            raise ValueError("ids")
        return tuple(map(int, parts))

    @field_validator("hongqi_timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError("timezone")
        return value

    @field_validator("hongqi_database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        if not is_supported(value):
            raise ValueError("database")
        return value

    @field_validator("hongqi_telegram_base_url", "hongqi_telegram_base_file_url")
    @classmethod
    def _bot_url(cls, value: str) -> str:
        if not value.startswith(("http://", "https://")) or not value.endswith("/bot"):
            raise ValueError("base_url")
        return value

    @field_validator("hongqi_proxy")
    @classmethod
    def _http_proxy(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("proxy")
        return value

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of the district's calendar."""
        return ZoneInfo(self.hongqi_timezone)


def read_settings() -> Settings:
    """The settings of this process. Raises SettingWrong for the first value that cannot be used."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]).upper()
        reason = first.get("ctx", {}).get("error")
        problem = str(reason) if reason else ("choice" if first["type"] == "literal_error" else "value")
        raise SettingWrong(name, problem, str(first["input"])) from None


def child_environment(settings: Mapping[str, str]) -> dict[str, str]:
    """The environment for a bot that this process starts: this one's, with these settings in place of its own."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("HONGQI_", "TELEGRAM_"))}  # noqa: TID251  # this is the one reader
    return inherited | dict(settings)
