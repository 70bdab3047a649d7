"""The demo in a new clone, as a stranger starts it: `make demo`, look at the page, Ctrl-C.

Needs git, make and a Python with venv; uses the standard library only. Fails when the page
does not come, when the demo does not end by itself with exit code 0 after SIGINT, and when
it leaves anything in the folder for temporary files.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from urllib.request import urlopen

CHECKOUT = Path(__file__).resolve().parent.parent
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
# Making the environment anew takes most of it.
SECONDS_TO_START = 420
SECONDS_TO_END = 30


def main() -> None:
    """Clone, play, look, end."""
    with tempfile.TemporaryDirectory(prefix="clean-clone-") as folder:
        clone, temporary = Path(folder, "hongqi"), Path(folder, "tmp")
        temporary.mkdir()
        subprocess.run(["git", "clone", "--quiet", str(CHECKOUT), str(clone)], check=True)  # noqa: S603, S607  # ours
        demo = _start(clone, temporary)
        try:
            _look_at(_address(demo))
            _interrupt(demo)
            code = demo.wait(SECONDS_TO_END)
        finally:
            _end(demo)
        left = sorted(path.name for path in temporary.iterdir())
        if code != 0:
            sys.exit(f"make demo ended with {code} after SIGINT")
        if left:
            sys.exit(f"make demo left {left} behind")
        _say("make demo ended cleanly and left nothing behind")


def _start(clone: Path, temporary: Path) -> subprocess.Popen[str]:
    # Nothing of this checkout's settings reaches the clone.
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("HONGQI_", "COVERAGE_"))}  # noqa: TID251  # CI's own
    # CI may have been started with SIGINT ignored, which children would inherit.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    return subprocess.Popen(
        ["make", "demo", "PORT=0"],  # noqa: S607  # the make of this machine, as a stranger would
        cwd=clone,
        env=environment | {"TMPDIR": str(temporary), "PYTHONUNBUFFERED": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def _address(demo: subprocess.Popen[str]) -> str:
    """What the demo printed. Its later lines are read too, so that it never waits for us."""
    found: list[str] = []
    spoken = threading.Event()

    def listen() -> None:
        for line in demo.stdout or ():
            _say(line.rstrip())
            address = ADDRESS.search(line)
            if address and not found:
                found.append(address.group())
                spoken.set()
        spoken.set()

    threading.Thread(target=listen, daemon=True).start()
    if not spoken.wait(SECONDS_TO_START) or not found:
        sys.exit("make demo printed no address")
    return found[0]


def _look_at(address: str) -> None:
    deadline = time.monotonic() + SECONDS_TO_END
    while True:
        try:
            with urlopen(address, timeout=5) as answer:  # noqa: S310  # matched as http above
                page = answer.read().decode()
                status = answer.status
            break
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
    if status != 200 or "phone.css" not in page:
        sys.exit(f"{address} answered {status}, and this is not the phone page: {page[:500]}")
    _say(f"{address} shows the phone page")


def _interrupt(demo: subprocess.Popen[str]) -> None:
    """Ctrl-C for the program that make runs. Make itself would die of the signal, whatever the program did."""
    children = Path(f"/proc/{demo.pid}/task/{demo.pid}/children").read_text(encoding="ascii").split()
    for child in children:
        os.kill(int(child), signal.SIGINT)


def _end(demo: subprocess.Popen[str]) -> None:
    """Whatever went wrong, nothing of the demo's session goes on."""
    if demo.poll() is None:
        os.killpg(demo.pid, signal.SIGTERM)
        demo.wait(SECONDS_TO_END)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
