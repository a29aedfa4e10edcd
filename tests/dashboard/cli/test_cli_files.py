"""Files that a command writes, and words that it prints."""

from __future__ import annotations

import pytest

from dashboard.commands.common import output, plain


def test_a_file_is_whole_or_as_it_was(tmp_path):
    path = tmp_path / "out"
    path.write_bytes(b"old")

    def half():
        with output(path) as file:
            file.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        half()
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_stays_a_link_and_a_device_a_device(tmp_path):
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_bytes(b"old")
    link.symlink_to(target)
    with output(link) as file:
        file.write(b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    null = tmp_path / "null"
    null.symlink_to("/dev/null")
    with output(null) as file:
        file.write(b"gone")
    assert null.is_symlink()


def test_plain_text_is_one_line_of_printable_characters():
    assert plain("a\x1b[31m\nb\u202e\ud800 c") == "a [31m b c"
    assert plain("كركوك Kirkuk") == "كركوك Kirkuk"
    assert plain("abcdef", 4) == "abc…"
