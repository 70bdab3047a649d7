"""The pictures of the papers: the demo is played in a browser, and its screens are kept as docs/pictures/*.png.

__main__.py   `python -m tests.pictures`, which `make pictures` runs
story.py      what is played, and which moments are kept
stage.py      the demo as its own process, and the browser
phone.py      one tab: say, tap, wait for words, take the picture
"""
