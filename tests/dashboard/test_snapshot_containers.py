"""Zips that came from somewhere: hostile, damaged, not ours. And disks that are full."""

from __future__ import annotations

import errno
import io
import json
import os
import resource
import stat
import subprocess
import sys
import zipfile
from contextlib import contextmanager
from pathlib import Path

import pytest

from dashboard.snapshots import checking, containers, folder, making
from geodata.errors import SnapshotError
from geodata.view import View

OLD = Path(__file__).parent / "data" / "snapshot-v1.zip"


def info(name: str, *, mode: int = stat.S_IFREG | 0o644) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name)
    made.create_system, made.external_attr = 3, mode << 16
    return made


@pytest.mark.parametrize("name", [
    "../outside.txt", "/etc/passwd", "a/b.txt", "..\\outside.txt", "C:\\x.txt", "..", ".", "folder/", "x\x1b[2J.txt",
    "n" * 300, "",
])  # fmt: skip
def test_names_that_lead_elsewhere_are_refused(tmp_path, name):
    path = tmp_path / "bad.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr(info("snapshot.json"), "{}")
        made.writestr(info(name), "x")
    with pytest.raises(SnapshotError, match="refused") as caught:
        checking.check(path)
    assert "\x1b" not in str(caught.value)


def test_links_twins_crowds_and_locked_files_are_refused(tmp_path):
    path = tmp_path / "bad.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr(info("snapshot.json", mode=stat.S_IFLNK | 0o777), "/etc/passwd")
    with pytest.raises(SnapshotError, match="not a plain file"):
        checking.check(path)
    with zipfile.ZipFile(path, "w") as made:
        made.writestr(info("snapshot.json"), "{}")
        with pytest.warns(UserWarning, match="Duplicate"):
            made.writestr(info("snapshot.json"), "{}")
    with pytest.raises(SnapshotError, match="twice"):
        checking.check(path)
    with zipfile.ZipFile(path, "w") as made:
        for number in range(500):
            made.writestr(info(f"{number}.txt"), "x")
    with pytest.raises(SnapshotError, match="500 files"):
        checking.check(path)
    with zipfile.ZipFile(path, "w") as made:
        made.writestr(info("snapshot.json"), "{}")
    content = bytearray(path.read_bytes())
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 0x1  # "encrypted"
    path.write_bytes(content)
    with pytest.raises(SnapshotError, match="password"):
        checking.check(path)


def test_a_bomb_that_lies_about_its_size_is_not_unpacked(tmp_path):
    path = tmp_path / "bomb.zip"
    record = json.loads(zipfile.ZipFile(OLD).read("snapshot.json"))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(info("snapshot.json"), json.dumps(record))
        made.writestr(info("events.csv"), b"0" * 40_000_000, zipfile.ZIP_DEFLATED)
    content = path.read_bytes()
    small = (1000).to_bytes(4, "little")
    path.write_bytes(content.replace((40_000_000).to_bytes(4, "little"), small))
    try:
        report = checking.check(path)
    except SnapshotError:
        return
    assert report.differs


@pytest.mark.parametrize("cut", [0, 10, 1000, 400_000, -30])
def test_a_zip_that_is_not_whole_is_told(tmp_path, cut):
    path = tmp_path / "half.zip"
    path.write_bytes(OLD.read_bytes()[:cut])
    with pytest.raises(SnapshotError, match="damaged or not whole"):
        checking.check(path)


def test_a_changed_byte_anywhere_is_seen(tmp_path):
    path = tmp_path / "flipped.zip"
    content = bytearray(OLD.read_bytes())
    with zipfile.ZipFile(OLD) as archive:
        at = archive.getinfo("map.png").header_offset + 5000
    content[at] ^= 0xFF
    path.write_bytes(content)
    with pytest.raises(SnapshotError, match="damaged"):
        checking.check(path)


def test_a_folder_with_links_is_not_followed(tmp_path):
    with zipfile.ZipFile(OLD) as archive:
        archive.extractall(tmp_path)
    (tmp_path / "events.csv").unlink()
    (tmp_path / "events.csv").symlink_to("/etc/passwd")
    report = checking.check(tmp_path)
    assert report.differs == ["events.csv is missing."]
    with containers.opened(tmp_path) as found:
        assert "events.csv" not in found.names()


@pytest.mark.usefixtures("installation")
@pytest.mark.parametrize("room", [10, 3_000, 60_000, 400_000])
def test_a_disk_that_fills_up_leaves_nothing_behind(monkeypatch, room):
    """At any file: the data, a picture, the page."""
    left = room

    class Filling(io.FileIO):
        def write(self, content):
            nonlocal left
            left -= len(content)
            if left < 0:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return super().write(content)

    @contextmanager
    def created(path):
        with Filling(path, "x+") as file:
            yield file

    monkeypatch.setattr(folder, "_created", created)
    monkeypatch.setattr(making, "PICTURES", ("map.png",))
    with pytest.raises(SnapshotError, match=r"No space left on device.*Nothing of it was kept"):
        folder.freeze(making.Order(view=View(), title="Full"))
    assert not list(folder.home().iterdir())


def test_the_command_leaves_no_half_file_where_there_is_no_room(installation):
    target = installation.data_dir / "out"
    target.mkdir()
    before = target / "kept.zip"
    before.write_bytes(b"what was there")

    def no_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))

    code = "from dashboard.cli import app; app()"
    for command in (["snapshot", "--title", "x"], ["export", "--format", "html"]):
        result = subprocess.run(  # noqa: S603  our own command
            [sys.executable, "-c", code, *command, "-o", str(before)],
            capture_output=True, text=True, preexec_fn=no_room, check=False,
            env={**os.environ, "MPLCONFIGDIR": str(installation.data_dir)},
        )  # fmt: skip
        assert result.returncode != 0
        assert "Traceback" not in result.stderr
        assert "File too large" in result.stderr
    assert [path.name for path in target.iterdir()] == ["kept.zip"]
    assert before.read_bytes() == b"what was there"
