"""`conflictmap snapshot`: a view as one zip with map, pictures, data and hash, as the dashboard makes it."""

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from dashboard.commands.common import output, say, warn, warn_all
from dashboard.commands.export import query_of
from dashboard.texts import count_words

_EPILOG = """\b
Examples:
  conflictmap snapshot --view "from=2017-10-01&to=2017-10-31&region=IQ-KI" --title "Kirkuk" -o kirkuk.zip
  conflictmap verify kirkuk.zip
"""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("snapshot", epilog=_EPILOG)(snapshot)


def snapshot(
    *,
    title: Annotated[str, typer.Option("--title", "-t", help="What stands above the map.")],
    out: Annotated[Path, typer.Option("--output", "-o", help="The zip to write; “-” is standard output.")],
    view: Annotated[str, typer.Option(help="The dashboard's address with its filters, or the part after “?”.")] = "",
    note: Annotated[str, typer.Option(help="What a reader should know.")] = "",
    most: Annotated[
        int, typer.Option(min=1, help="Events in the data files; of a larger view the newest ones.")
    ] = 200_000,
) -> None:
    """Freeze a view into a zip: map, pictures, data files and their hash."""
    from dashboard import resources  # noqa: PLC0415 - the store takes a second to import
    from dashboard.snapshots import folder, making  # noqa: PLC0415
    from dashboard.snapshots.archive import write_zip  # noqa: PLC0415
    from dashboard.snapshots.record import NAME  # noqa: PLC0415
    from geodata.settings import settings  # noqa: PLC0415
    from geodata.view_url import decode_view, encode_view  # noqa: PLC0415

    if said := making.too_long(title, note):
        warn(said)
        raise typer.Exit(2)
    wanted, problems = decode_view(query_of(view), resources.known())
    if problems:
        # With a filter left out the snapshot would show more than was asked for.
        warn_all(problem.message for problem in problems)
        warn("Nothing was written, because the view could not be applied as it stands.")
        raise typer.Exit(2)
    address = view.strip() if view.strip().startswith(("http://", "https://")) else ""
    if settings().public_url:
        address = f"{settings().public_url}/?{encode_view(wanted)}"
    order = making.Order(view=wanted, title=title, note=note, permalink=address, most=most)
    with tempfile.TemporaryDirectory(prefix="conflictmap-") as name:
        made = Path(name)
        record = making.make(order, lambda name: (made / name).open("x+b"), snapshot_id=folder.new_id())
        with output(out) as file:
            write_zip(file, [*record.files, NAME], lambda name: (made / name).open("rb"))
    for limit in record.limits:
        warn(limit)
    told = warn if str(out) == "-" else say
    told(f"{count_words(record.events, 'event')} frozen. SHA-256 of events.geojson: {record.sha256}")
