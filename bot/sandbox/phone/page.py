"""The page at `/`: joins NiceGUI, the routes and a tab for every browser that comes.

NiceGUI keeps one application per process, so one process serves one phone page. Language and theme are remembered by
the browser (cookies); the chosen chat and person stand in the address, so every tab has its own and a reload keeps it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from fastapi import FastAPI, Request
from nicegui import Client, background_tasks, ui

from bot.sandbox.phone.deeds import Deeds
from bot.sandbox.phone.routes import STATIC, add_routes, font_faces
from bot.sandbox.phone.tab import Tab
from bot.sandbox.phone.words import Language, Words, language_of
from bot.sandbox.world import World

VIEWPORT = "width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content"
THEMES = ("light", "dark")
SHANGHAI = ZoneInfo("Asia/Shanghai")


def add_phone_page(app: FastAPI, world: World, *, font_files: Mapping[int, Path], zone: tzinfo = SHANGHAI) -> None:
    """Serve the phone page of this world at `/` of the app, after the app's other routes have been added.

    `font_files` maps CSS weights (400, 700) to font files with the Chinese glyphs; `zone` is where the people live.
    """
    add_routes(app, world, font_files)
    faces = font_faces(font_files)

    @ui.page("/", response_timeout=10)
    def phone(request: Request, client: Client, chat: int = 0, person: int = 0) -> None:
        words = Words(language_of(request.cookies.get("hongqi_language")))
        ui.page_title(words("title"))
        ui.add_head_html(_head(words, request.cookies.get("hongqi_theme", ""), faces))
        tab = Tab(world, client, words, zone)
        Deeds(tab).subscribe()
        if chat:
            tab.open(chat, person)
        following = background_tasks.create(tab.follow(), name=f"follow the world in tab {client.id}")
        client.on_delete(lambda: following.cancel())

    ui.run_with(
        app,
        title="红旗",
        viewport=VIEWPORT,
        favicon=STATIC / "flag.svg",
        dark=None,
        tailwind=False,
        show_welcome_message=False,
    )


def _head(words: Words, theme: str, faces: str) -> str:
    language: Language = words.language
    root = {"lang": "zh-CN" if language == "zh" else "en"}
    chosen = f"document.documentElement.dataset.theme = {json.dumps(theme)};" if theme in THEMES else ""
    lost = json.dumps(words("disconnected"), ensure_ascii=False)
    return f"""
<script>Object.assign(document.documentElement, {json.dumps(root)}); {chosen}</script>
<style>{faces} #popup::before {{ content: {lost}; }}</style>
<link rel="stylesheet" href="/phone/static/phone.css">
<script type="module" src="/phone/static/phone.js"></script>
"""
