"""`conflictmap verify`: whether a snapshot is what it was."""

import re
from pathlib import Path
from typing import Annotated

import typer

from dashboard.commands.common import say, warn
from dashboard.texts import count_words
from geodata.errors import SnapshotError

_EPILOG = """\b
Ends with 0 when nothing differs, 1 when something does, 2 when it cannot be checked.
Examples:
  conflictmap verify kirkuk.zip
  conflictmap verify events.geojson --sha256 2db9efb1…
"""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("verify", epilog=_EPILOG)(verify)


def verify(
    *,
    path: Annotated[
        Path, typer.Argument(metavar="FILE", help="A snapshot's zip, its folder, or one of its files.", exists=True)
    ],
    sha256: Annotated[str, typer.Option(help="The hash as it stands on a picture or a page of the snapshot.")] = "",
) -> None:
    """Compute the hashes of a snapshot anew, and say what differs."""
    from dashboard.snapshots import checking  # noqa: PLC0415 - not needed for --help
    from dashboard.snapshots.containers import is_snapshot  # noqa: PLC0415

    expected = sha256.strip().lower()
    if expected and not re.fullmatch(r"[0-9a-f]{64}", expected):
        msg = "A SHA-256 has 64 digits from 0 to 9 and a to f."
        raise typer.BadParameter(msg)
    whole = is_snapshot(path) or path.is_dir() or path.suffix == ".zip"
    try:
        report = (checking.check if whole else checking.check_file)(path, expected=expected)
    except SnapshotError as error:
        warn(str(error))
        raise typer.Exit(2) from error
    if report.record:
        say(f"{report.record.title or report.record.sentence}, made {report.record.created}.")
    if report.differs:
        for sentence in report.differs:
            say(sentence)
        say("This is not what was frozen.")
        raise typer.Exit(1)
    say(f"Nothing was changed: {count_words(report.checked, 'file')} checked. SHA-256: {report.sha256}")
    if whole and not expected:
        say("Compare this hash with the one on the snapshot's page or picture, or give that one with --sha256.")
