"""The width and height of a picture, read from its first bytes. PNG and JPEG: what phones send as a photo."""

import struct

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
JPEG_SIGNATURE = b"\xff\xd8"
JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""The JPEG markers that carry a frame's size."""


def picture_size(content: bytes) -> tuple[int, int] | None:
    """Width and height in pixels, or None when these bytes are no PNG or JPEG."""
    if content.startswith(PNG_SIGNATURE) and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    if content.startswith(JPEG_SIGNATURE):
        return _jpeg_size(content)
    return None


def scaled(width: int, height: int, longest: int) -> tuple[int, int]:
    """The size of the same picture with no side above `longest`."""
    if max(width, height) <= longest:
        return width, height
    return max(1, width * longest // max(width, height)), max(1, height * longest // max(width, height))


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    position = 2
    while position + 9 <= len(content) and content[position] == 0xFF:
        marker, length = content[position + 1], int.from_bytes(content[position + 2 : position + 4], "big")
        if marker in JPEG_FRAMES:
            height, width = struct.unpack(">HH", content[position + 5 : position + 9])
            return width, height
        position += 2 + length
    return None
