"""The file store: evidence on disk, named by its SHA-256, so that the same file is kept once."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path


class FileStore:
    """A folder of files. What `put` gave back is on the disk and survives a power loss."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, content: bytes) -> str:
        """Keep these bytes; gives their SHA-256 in hex."""
        digest = sha256(content).hexdigest()
        path = self.path(digest)
        if path.exists():
            return digest
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(".part")
        with partial.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
        _sync_folder(path.parent)
        return digest

    def path(self, digest: str) -> Path:
        """Where the file of this hash lies."""
        return self._root / digest[:2] / digest


def _sync_folder(folder: Path) -> None:
    # The rename itself must reach the disk too.
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
