"""Small real pictures, no two alike, so that no two pieces of evidence are mistaken for one."""

from __future__ import annotations

import struct
import zlib


def picture(number: int) -> bytes:
    """A one-coloured PNG, `number` pixels wide."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", number, 2, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\x00" + b"\x7f" * number) * 2)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
