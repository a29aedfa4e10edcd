"""Whether a snapshot is what it was: hashes computed anew, and what differs in words."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dashboard.snapshots.containers import opened
from dashboard.snapshots.explaining import explain
from dashboard.snapshots.record import EVENTS_FILE, NAME, from_json, is_as_written
from geodata.errors import SnapshotError

if TYPE_CHECKING:
    from pathlib import Path

    from dashboard.snapshots.containers import Container
    from dashboard.snapshots.record import FileInfo, Record

_MOST_RECORD = 5_000_000  # bytes
_CHUNK = 1 << 20
_README = "README.txt"
_RECORD_CHANGED = (
    f"{NAME} was changed: what it says of the snapshot (title, period, counts, sources …) is not what was written."
)


@dataclass(slots=True)
class Report:
    """What was found: `differs` in sentences, empty when all is as it was; `checked` counts files."""

    record: Record | None = None
    sha256: str = ""
    checked: int = 0
    differs: list[str] = field(default_factory=list)


def check(path: Path, *, expected: str = "") -> Report:
    """Check a whole snapshot.

    Parameters
    ----------
    path
        A zip or a folder.
    expected
        The SHA-256 of the canonical GeoJSON as it stands elsewhere (on a picture, on the page).

    Raises
    ------
    SnapshotError
        If it is no snapshot, or one that must not be read.
    """
    with opened(path) as container:
        names = container.names()
        if NAME not in names:
            msg = f"{path.name} holds no {NAME}, so there is nothing to compare with."
            raise SnapshotError(msg)
        with container.open(NAME) as file:
            content = file.read(_MOST_RECORD + 1)
        record = from_json(content)
        report = Report(record=record)
        for name in sorted(set(names) - set(record.files) - {NAME}):
            report.differs.append(f"{_plain(name)} is no part of the snapshot: it was added.")
        for name in sorted(set(record.files) - set(names)):
            report.differs.append(f"{_plain(name)} is missing.")
        bad = {
            name for name in record.files if name in names and not _is_same(container, name, record.files[name], report)
        }
        if is_as_written(content) is False:
            facts = _README in record.files and _README in names and _README not in bad
            report.differs.append(_RECORD_CHANGED + (f" {_README} still says it as it was." if facts else ""))
        _compare_hashes(record, report, expected)
        for name in sorted(bad):
            report.differs.append(f"{name} was changed: its SHA-256 is not the one that {NAME} names.")
        if EVENTS_FILE in bad:
            intact = set(record.files) & set(names) - bad
            report.differs += explain(container, intact)
    return report


def check_file(path: Path, *, expected: str = "") -> Report:
    """Check one file: against the `snapshot.json` beside it, and against a hash from elsewhere.

    Raises
    ------
    SnapshotError
        If there is nothing to compare it with.
    """
    if path.name == NAME and not expected:
        return _check_record(path)
    beside = path.with_name(NAME)
    record = from_json(beside.read_bytes()[: _MOST_RECORD + 1]) if path.name != NAME and beside.is_file() else None
    info = record.files.get(path.name) if record else None
    if info is None and not expected:
        msg = (
            f"There is nothing to compare {_plain(path.name)} with: keep it beside its {NAME}, check the whole zip, "
            f"or give the hash with --sha256. Its own SHA-256 is {_digest(path)}."
        )
        raise SnapshotError(msg)
    report = Report(record=record, sha256=_digest(path), checked=1)
    if info is not None and report.sha256 != info.sha256:
        report.differs.append(f"{_plain(path.name)} was changed: its SHA-256 is not the one that {NAME} names.")
        if path.name == EVENTS_FILE:
            with opened(path.parent) as container:
                report.differs += explain(container, set(container.names()) - {EVENTS_FILE})
    if expected and report.sha256 != expected:
        report.differs.append(f"The SHA-256 is {report.sha256}, not the expected {expected}.")
    return report


def _check_record(path: Path) -> Report:
    with path.open("rb") as file:
        content = file.read(_MOST_RECORD + 1)
    report = Report(record=from_json(content), sha256=_digest(path), checked=1)
    same = is_as_written(content)
    if same is None:
        msg = f"This {NAME} is of an older version, which can be checked only with its files: check the whole zip."
        raise SnapshotError(msg)
    if not same:
        report.differs.append(_RECORD_CHANGED)
    return report


def _is_same(container: Container, name: str, info: FileInfo, report: Report) -> bool:
    """Tell whether a file is the one that was recorded; never reads more of it than that one had."""
    digest = hashlib.sha256()
    left = info.size + 1
    with container.open(name) as file:
        while left > 0 and (piece := file.read(min(_CHUNK, left))):
            digest.update(piece)
            left -= len(piece)
    report.checked += 1
    if name == EVENTS_FILE:
        report.sha256 = digest.hexdigest()
    return digest.hexdigest() == info.sha256


def _compare_hashes(record: Record, report: Report, expected: str) -> None:
    events = record.files.get(EVENTS_FILE)
    if events is None or events.sha256 != record.sha256:
        report.differs.append(f"{NAME} was changed: the hash that it states is not that of its {EVENTS_FILE}.")
    if expected and expected != record.sha256:
        report.differs.append(f"{NAME} states the hash {record.sha256}, not the expected {expected}.")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _plain(name: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in name)[:100]
