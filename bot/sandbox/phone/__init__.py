"""The phone page of the sandbox: play anybody of the practice Telegram in a browser, and move the clock.

    page.py       add_phone_page: the page at `/`
    tab.py        one browser tab, following the world        deeds.py    what its person does → the world
    bubbles.py    messages → rows of HTML, pure               panels.py   list, head, clock, composer, pure
    entities.py   text with entities → safe HTML, pure        jumps.py    where the clock's buttons lead, pure
    routes.py     font, files, attachments over HTTP          words.py    the page's own words, zh and en
    templates/    Jinja2 with autoescape                      static/     stylesheet, scripts, drawings

It works in-process on `World` and imports nothing else of `bot` or `core`.
"""
