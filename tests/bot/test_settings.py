"""A wrong setting is one line that names it; a right one is read from the environment and `.env`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot import settings
from bot.settings import Settings, SettingWrong, child_environment, read_settings

ROOT = Path(__file__).parents[2]

WRONG = [
    ("HONGQI_ADMIN_IDS", "880001,abc", "ids"),
    ("HONGQI_ADMIN_IDS", "-5", "ids"),
    ("HONGQI_ADMIN_IDS", "８８", "ids"),
    ("HONGQI_TIMEZONE", "Asia/Zhuzhou", "timezone"),
    ("HONGQI_DATABASE_URL", "mysql://hongqi", "database"),
    ("HONGQI_DATABASE_URL", "data/hongqi.db", "database"),
    ("HONGQI_TELEGRAM_BASE_URL", "api.telegram.org/bot", "base_url"),
    ("HONGQI_TELEGRAM_BASE_URL", "https://api.telegram.org", "base_url"),
    ("HONGQI_TELEGRAM_BASE_FILE_URL", "ftp://api.telegram.org/file/bot", "base_url"),
    ("HONGQI_PROXY", "socks5://127.0.0.1:1080", "proxy"),
    ("HONGQI_LANGUAGE", "fr", "choice"),
    ("HONGQI_LOG_FORMAT", "xml", "choice"),
]


@pytest.fixture(autouse=True)
def nothing_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment without settings, and a folder without `.env`."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(("name", "value", "problem"), WRONG)
def test_a_wrong_value_is_named_with_what_is_wrong(
    name: str, value: str, problem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingWrong) as caught:
        read_settings()
    assert (caught.value.name, caught.value.problem, caught.value.value) == (name, problem, value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HONGQI_ADMIN_IDS", "880001,abc"),
        ("HONGQI_TIMEZONE", "Asia/Zhuzhou"),
        ("HONGQI_DATABASE_URL", "mysql://hongqi"),
        ("HONGQI_TELEGRAM_BASE_URL", "https://api.telegram.org"),
        ("HONGQI_PROXY", "socks5://127.0.0.1:1080"),
        ("HONGQI_LOG_FORMAT", "xml"),
    ],
)
def test_the_command_says_it_in_one_line_and_ends(name: str, value: str, tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "bot", "run"],
        cwd=tmp_path,
        env=child_environment({name: value, "PYTHONPATH": str(ROOT)}),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert (ended.returncode, ended.stdout) == (1, "")
    (line,) = ended.stderr.splitlines()
    assert line.startswith(f"{name}={value}：")


def test_a_value_of_another_kind_is_named_too(monkeypatch: pytest.MonkeyPatch) -> None:
    # No environment variable can be of a wrong kind today; a setting added tomorrow may.
    monkeypatch.setattr(settings, "Settings", lambda: Settings.model_validate({"hongqi_data_dir": 5}))
    with pytest.raises(SettingWrong) as caught:
        read_settings()
    assert (caught.value.name, caught.value.problem) == ("HONGQI_DATA_DIR", "value")


def test_what_is_not_set_has_the_values_of_the_example() -> None:
    named = dict(
        line.split("=", 1)
        for line in (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    )
    found = read_settings()
    assert set(named) == {name.upper() for name in Settings.model_fields}
    shown = found.model_dump(mode="json") | {"hongqi_admin_ids": "", "telegram_bot_token": ""}
    assert named == {name.upper(): value for name, value in shown.items()}
    assert found.zone.key == "Asia/Shanghai"


def test_the_environment_comes_before_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(
        "TELEGRAM_BOT_TOKEN=1:a\nHONGQI_ADMIN_IDS= 880001, 880002 ,\nHONGQI_LANGUAGE=en\nSOMETHING=else\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("HONGQI_LANGUAGE", "zh")
    found = read_settings()
    assert found.telegram_bot_token.get_secret_value() == "1:a"
    assert found.hongqi_admin_ids == (880001, 880002)
    assert found.hongqi_language == "zh"
    assert "1:a" not in repr(found)


def test_a_child_gets_our_environment_without_our_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "1:a")
    monkeypatch.setenv("HONGQI_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("LANG_OF_THE_TESTS", "zh")
    child = child_environment({"HONGQI_PROXY": ""})
    assert child["HONGQI_PROXY"] == ""
    assert child["LANG_OF_THE_TESTS"] == "zh"
    assert "TELEGRAM_BOT_TOKEN" not in child
