"""What a file is, by its content: people rename files, and pages lie about their type."""

from __future__ import annotations

import re

_ZIP = b"PK\x03\x04"
_HEAD = 4_096  # bytes that are looked at

# First bytes of what is no text, and what a person calls it.
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word, Excel or PowerPoint file"),
    (b"{\\rtf", "a rich-text file (RTF)"),
    (b"\x89PNG\r\n", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF87a", "a picture (GIF)"),
    (b"GIF89a", "a picture (GIF)"),
    (b"II*\x00", "a picture (TIFF)"),
    (b"MM\x00*", "a picture (TIFF)"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"BZh", "a compressed file (bzip2)"),
    (b"\xfd7zXZ\x00", "a compressed file (xz)"),
    (b"\x28\xb5\x2f\xfd", "a compressed file (zstd)"),
    (b"7z\xbc\xaf\x27\x1c", "an archive (7z)"),
    (b"Rar!\x1a\x07", "an archive (RAR)"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"SQLite format 3\x00", "a database (SQLite)"),
    (b"PAR1", "a table (Parquet)"),
    (b"OggS", "a recording (Ogg)"),
    (b"ID3", "a recording (MP3)"),
    (b"\x1aE\xdf\xa3", "a video"),
)
_IN_ZIP: tuple[tuple[bytes, str], ...] = (
    (b"word/", "a Word document"),
    (b"xl/", "an Excel workbook"),
    (b"ppt/", "a PowerPoint file"),
    (b"opendocument", "an OpenDocument file"),
    (b"epub", "an e-book (EPUB)"),
)
_MARKUP = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_ELEMENT = re.compile(
    r"</?(?:p|div|span|h[1-6]|a|article|section|table|ul|ol|li|script|style|br|meta|title)\b[^<>]*>", re.IGNORECASE
)
_ENOUGH_ELEMENTS = 4
_STRANGE = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f\ufffd]")
_SOME = 3
_MOST_CONTROLS = 0.02  # of the characters; a text has none, a damaged one a few


def what_it_is(data: bytes) -> str:
    """Name the kind of a file that is no text ("a PDF", "a picture (PNG)"), or return "".

    Decides by the first bytes. Bytes that are none of the known kinds are told by
    `looks_binary`, after decoding.
    """
    if b"%PDF-" in data[:1024]:
        return "a PDF"
    if data.startswith(_ZIP):
        head = data[:_HEAD] + data[-_HEAD:]
        return next((name for mark, name in _IN_ZIP if mark in head), "an archive (zip)")
    if data[:4] == b"RIFF":
        return "a picture (WebP)" if data[8:12] == b"WEBP" else "a recording"
    if data[4:8] == b"ftyp":
        return "a video or a picture of a phone"
    return next((name for mark, name in _SIGNATURES if data.startswith(mark)), "")


def looks_binary(text: str) -> bool:
    """Tell whether a decoded text is none: control characters and unreadable ones abound."""
    sample = text[:65_536]
    return len(_STRANGE.findall(sample)) > max(_SOME, _MOST_CONTROLS * len(sample))


def looks_like_html(text: str) -> bool:
    """Tell whether a text is a page: it opens like one, or is full of elements."""
    head = text[:20_000]
    return _MARKUP.match(head) is not None or len(_ELEMENT.findall(head)) >= _ENOUGH_ELEMENTS
