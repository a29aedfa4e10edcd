"""`conflictmap serve`: the dashboard."""

import os
import re
import socket
import sys
from pathlib import Path
from typing import Annotated

import typer

from dashboard.commands.common import say, warn
from geodata.settings import settings

_TRIES = 100  # ports, from the wanted one on
_LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})
_ANYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104 - a person asked for it
_LAST_PORT = 65_535
# Each of its dozens of threads would keep a heap of its own, and with it a third more memory (glibc alone reads this).
# Arrow's own pool gives nothing back to the system; from the C library's, what is free can be given back.
MEMORY = {"MALLOC_ARENA_MAX": "2", "ARROW_DEFAULT_MEMORY_POOL": "system"}
_PATH = re.compile(r"[A-Za-z0-9_~-][A-Za-z0-9._~-]*(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("serve", epilog="Example: conflictmap serve --port 8600 --no-browser")(serve)


def serve(
    *,
    port: Annotated[int, typer.Option(min=1, max=_LAST_PORT, help="The next free one is taken.")] = 8501,
    address: Annotated[str, typer.Option(help="Where it listens; 0.0.0.0 is the whole network.")] = "127.0.0.1",
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Open no browser.")] = False,
    base_path: Annotated[
        str, typer.Option(help="Where it lies on its host when not at the top, behind a proxy: a/map.")
    ] = "",
) -> None:
    """Start the dashboard and say its address."""
    below = path_of(base_path)
    chosen = free_port(address, port)
    if chosen != port:
        warn(f"Port {port} is taken: {chosen} is used.")
    if address not in _LOCAL:
        warn("Everybody who reaches this address can read and add articles: there is no login.")
    if not settings().gazetteer.is_file():
        warn("There is no gazetteer yet, so articles cannot be read: run “conflictmap gazetteer build”.")
    say(f"Conflict map: {url(address, chosen)}{below} (stop with Ctrl+C)")
    sys.stdout.flush()
    sys.stderr.flush()
    command = argv(address, chosen, browser=not no_browser, base_path=below)
    env = MEMORY | dict(os.environ)
    os.execve(command[0], command, env)  # noqa: S606 - our own interpreter, without a shell


def path_of(text: str) -> str:
    """Return a base path with a slash before and none behind it; nothing for none.

    Raises
    ------
    typer.BadParameter
        If it is no path.
    """
    inner = text.strip().strip("/")
    if inner and not _PATH.fullmatch(inner):
        msg = f"“{text}” is no path: write it like a/map, in letters, digits, “-”, “_”, “.” and “~”."
        raise typer.BadParameter(msg)
    return f"/{inner}" if inner else ""


def argv(address: str, port: int, *, browser: bool, base_path: str = "") -> list[str]:
    """Return the command line that runs the server."""
    server = Path(__file__).resolve().parent.parent / "server.py"
    command = [sys.executable, "-m", "streamlit", "run", str(server)]
    command += ["--server.port", str(port), "--server.address", address, "--browser.gatherUsageStats", "false"]
    if base_path:
        command += ["--server.baseUrlPath", base_path.strip("/")]
    # Left alone, Streamlit opens a browser where there is a screen.
    return command if browser else [*command, "--server.headless", "true"]


def url(address: str, port: int) -> str:
    """Return what to type into a browser on this machine."""
    host = "127.0.0.1" if address in _ANYWHERE else address
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def free_port(address: str, port: int) -> int:
    """Return the first free port from `port` on.

    Raises
    ------
    typer.BadParameter
        If the address is none of this machine.
    typer.Exit
        If all of the next hundred ports are taken.
    """
    for candidate in range(port, min(port + _TRIES, _LAST_PORT + 1)):
        try:
            family, kind, protocol, _, place = socket.getaddrinfo(address, candidate, type=socket.SOCK_STREAM)[0]
        except (OSError, UnicodeError) as error:
            raise _no_address(address) from error
        with socket.socket(family, kind, protocol) as tried:
            if os.name == "posix":  # a server that has just ended leaves its port free for us
                tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                tried.bind(place)
            except PermissionError:
                continue
            except OSError as error:
                if _is_taken(error):
                    continue
                raise _no_address(address) from error
            return candidate
    warn(f"No port from {port} to {port + _TRIES - 1} can be used: give another one with --port.")
    raise typer.Exit(1)


def _is_taken(error: OSError) -> bool:
    import errno  # noqa: PLC0415

    return error.errno == errno.EADDRINUSE


def _no_address(address: str) -> typer.BadParameter:
    return typer.BadParameter(f"“{address}” is no address of this machine: try 127.0.0.1.")
