"""The files of the practice Telegram: kept in a folder, or in memory when there is none.

It answers for ids, paths and bytes. The limits of the Bot API (20 MiB to fetch, photo dimensions) are judged where
the Bot API speaks; people may send files of any size.
"""

import hashlib
import re
from base64 import urlsafe_b64encode
from pathlib import Path, PurePosixPath

from pydantic import TypeAdapter

from bot.sandbox.pictures import picture_size, scaled
from bot.sandbox.records import Records
from bot.sandbox.store import Store
from bot.sandbox.values import FileKind, StoredFile

FILE = TypeAdapter(StoredFile)
THUMBNAIL = 320
"""The longest side of a photo's small version, in pixels."""


class Files:
    """Every file that people or the bot have sent."""

    def __init__(self, store: Store, records: Records, directory: Path | None, seed: str) -> None:
        """Read back what the store holds; contents lie in `files/` of the directory."""
        self._store = store
        self._records = records
        self._folder = directory and directory / "files"
        self._seed = seed
        self._contents: dict[str, bytes] = {}
        self._files = {file.id: file for file in map(FILE.validate_json, store.all("file"))}

    def add(self, kind: FileKind, content: bytes, name: str = "", mime_type: str = "") -> StoredFile:
        """Keep a new file. Raises `ValueError` when a photo is no PNG or JPEG."""
        number = self._records.next_number("files")
        if kind == "document":
            path = f"documents/file_{number}{_safe_suffix(name)}"
            return self._keep(StoredFile(*self._ids(number), kind, path, len(content), name, mime_type), content)
        size = picture_size(content)
        if size is None:
            raise ValueError("A photo must be a PNG or JPEG picture.")
        path = f"photos/file_{number}.jpg"
        small = StoredFile(*self._ids(number, "small"), kind, path, len(content), "", "", *scaled(*size, THUMBNAIL))
        photo = StoredFile(*self._ids(number), kind, path, len(content), "", "", *size, thumbnail=small)
        self._keep(small, content)
        return self._keep(photo, content)

    def by_id(self, file_id: str) -> StoredFile | None:
        """The file with this id, if any."""
        return self._files.get(file_id)

    def content(self, path: str) -> bytes | None:
        """The bytes at a file path, if there are any."""
        if self._folder is None:
            return self._contents.get(path)
        known = any(file.path == path for file in self._files.values())
        return (self._folder / path).read_bytes() if known else None

    def _keep(self, file: StoredFile, content: bytes) -> StoredFile:
        if self._folder is None:
            self._contents[file.path] = content
        else:
            target = self._folder / file.path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        self._files[file.id] = file
        self._store.put("file", file.id, lambda: FILE.dump_json(file))
        return file

    def _ids(self, number: int, version: str = "") -> tuple[str, str]:
        digest = hashlib.sha256(f"{self._seed} file {number} {version}".encode()).digest()
        return f"AgAC{urlsafe_b64encode(digest[:24]).decode()}", f"AQAD{urlsafe_b64encode(digest[24:]).decode()[:10]}"


def _safe_suffix(name: str) -> str:
    suffix = PurePosixPath(name).suffix.lower()
    return suffix if re.fullmatch(r"\.[a-z0-9]{1,8}", suffix) else ""
