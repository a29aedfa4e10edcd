"""The command `conflictmap`.

Errors are one sentence on standard error; CONFLICTMAP_DEBUG=1 shows where they come from.
"""

# No `from __future__ import annotations` in this module and the commands': Typer reads annotations when it runs.
import os
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from dashboard.commands import copy_store, doctor, export, gazetteer, ingest, read, serve, snapshot, verify, watch
from dashboard.commands.common import log_path, logged, warn
from geodata import __version__
from geodata.errors import ConflictmapError


class Commands(TyperGroup):
    """The group of all commands: turns what goes wrong into a sentence and an exit code."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was asked for."""
        with logged():
            try:
                return super().invoke(ctx)
            except ConflictmapError as error:
                _fail(str(error), error)
            except BrokenPipeError:
                raise  # whoever read our output has seen enough
            except OSError as error:
                name = f"{error.filename}: " if error.filename else ""
                _fail(f"{name}{error.strerror or error}.", error)
            except Exception as error:
                # Typer's own errors carry the code they end with, and are shown by it.
                if isinstance(error, typer.Abort) or hasattr(error, "exit_code"):
                    raise
                _log(error)
                _fail(f"Something unexpected went wrong ({type(error).__name__}); {log_path()} says more.", error)


def _fail(message: str, error: Exception) -> None:
    if os.environ.get("CONFLICTMAP_DEBUG", "").strip() not in {"", "0"}:
        raise error
    warn(message)
    raise typer.Exit(1) from error


def _log(error: Exception) -> None:
    import logging  # noqa: PLC0415

    logging.getLogger("dashboard.cli").error("A command failed.", exc_info=error)


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="News articles go in, a map of reported conflict events comes out.",
    epilog="Example: conflictmap ingest --samples && conflictmap serve",
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:  # noqa: FBT001 - Typer calls it with the option's value
    if wanted:
        typer.echo(f"conflictmap {__version__}")
        raise typer.Exit


@app.callback()
def main(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """News articles go in, a map of reported conflict events comes out."""


for _module in (read, ingest, serve, export, snapshot, verify, watch, copy_store, doctor):
    _module.register(app)
app.add_typer(gazetteer.app, name="gazetteer")

if __name__ == "__main__":
    app()
