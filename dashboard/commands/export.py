"""`conflictmap export`: exactly what a view lets pass, as a file."""

from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from dashboard.commands.common import output, warn, warn_all
from dashboard.formats import DRAWN, Format
from dashboard.texts import count_words

if TYPE_CHECKING:
    from geodata.store import Store
    from geodata.view import View

_EPILOG = """\b
Examples:
  conflictmap export --view "from=2017-10-01&to=2017-10-31&region=IQ-KI" --format csv -o kirkuk.csv
  conflictmap export --view "http://127.0.0.1:8501/?type=assault" --format html -o map.html
  conflictmap export --view "region=UA" --format kml -o ukraine.kml
  conflictmap export --view "region=UA" --format 2x.png -o ukraine.png
"""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("export", epilog=_EPILOG)(export)


def export(
    *,
    kind: Annotated[
        Format,
        typer.Option("--format", "-f", help="A table, places for other maps, a page that opens offline, or a picture."),
    ],
    out: Annotated[Path, typer.Option("--output", "-o", help="The file to write; “-” is standard output.")],
    view: Annotated[str, typer.Option(help="The dashboard's address with its filters, or the part after “?”.")] = "",
) -> None:
    """Write the events of a view to a file."""
    from dashboard import resources  # noqa: PLC0415 - the store takes a second to import
    from geodata.view import View  # noqa: PLC0415
    from geodata.view_url import Known, decode_view  # noqa: PLC0415

    with resources.open_shared() as store:
        actors = frozenset(str(name) for name, _ in store.facet(View(), "actor", limit=1_000_000))
        wanted, problems = decode_view(query_of(view), Known(actors=actors, regions=resources.has_region))
        if problems:
            # With a filter left out the file would hold more than was asked for.
            warn_all(problem.message for problem in problems)
            warn("Nothing was written, because the view could not be applied as it stands.")
            raise typer.Exit(2)
        with output(out) as file:
            written = _write(store, wanted, kind, file)
        told = count_words(written, "event")
        total = store.counts(wanted).events
        if store.stated:
            warn(store.stated)
        warn(f"{told} written." if written >= total else f"The newest {told} of {total:,} written.")


def query_of(view: str) -> str:
    """Return the query of an address, or the query itself."""
    view = view.strip()
    try:
        parts = urlsplit(view)
    except ValueError:
        return view
    return parts.query if parts.scheme in {"http", "https"} else view.partition("#")[0]


def _write(store: "Store", view: "View", kind: Format, file: IO[bytes]) -> int:
    from dashboard.exporting import about, write  # noqa: PLC0415

    if kind not in DRAWN:
        return write(kind, store, view.filters, file, about(view))
    from dashboard import resources  # noqa: PLC0415
    from dashboard.snapshots.making import MOST_EVENTS, live  # noqa: PLC0415
    from dashboard.summary import title_of  # noqa: PLC0415

    file.write(live(view, kind, title=title_of(view, resources.region_name)))
    return min(MOST_EVENTS, store.counts(view).events)
