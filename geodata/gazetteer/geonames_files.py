"""GeoNames' dump files, wherever they lie: text, zip, folder or address, read line by line.

Nothing is unpacked and nothing is held but the line being read, so that 13 million places take no more memory
than a dozen.
"""

from __future__ import annotations

import contextlib
import io
import zipfile
import zlib
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from geodata.errors import GazetteerError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

EVERYTHING = "allCountries"
LONGEST_LINE = 200_000  # bytes; GeoNames' own limit is 10,000 letters of alternate names
_SUFFIXES = (".zip", ".txt")
_NO_DATA = ("readme", "iso-languagecodes")  # that lie in the zips beside the data
_CODE_LENGTH = 2


def is_address(source: str) -> bool:
    """Whether a source is an address of the web, not a path."""
    return source.lower().startswith(("http://", "https://"))


def dump_files(source: Path, countries: Collection[str]) -> list[Path]:
    """Return the files to read: the one given, or those of a folder that hold the countries wanted.

    Parameters
    ----------
    source
        A file, or a folder with ``IQ.zip`` or ``IQ.txt`` and so on, or ``allCountries.zip``.
    countries
        ISO 3166-1 alpha-2 codes; empty for all.

    Raises
    ------
    GazetteerError
        When there is no such file.
    """
    if source.is_file():
        return [source]
    if not source.is_dir():
        message = f"There is no file or folder {source}: give a file of GeoNames, such as IQ.zip or allCountries.zip."
        raise GazetteerError(message)
    everything = _in_folder(source, EVERYTHING)
    single = {code: file for code in sorted(countries or _codes(source)) if (file := _in_folder(source, code))}
    missing = sorted(set(countries) - single.keys())
    if everything and (missing or not countries):
        return [everything]
    if missing or not single:
        wanted = ", ".join(f"{code}.zip" for code in missing) or f"{EVERYTHING}.zip"
        message = f"The folder {source} lacks {wanted}: put it there, or {EVERYTHING}.zip."
        raise GazetteerError(message)
    return list(single.values())


def _codes(folder: Path) -> set[str]:
    stems = {file.stem for file in folder.iterdir() if file.suffix.lower() in _SUFFIXES}
    return {stem for stem in stems if len(stem) == _CODE_LENGTH and stem.isascii() and stem.isupper()}


def _in_folder(folder: Path, stem: str) -> Path | None:
    return next((file for suffix in _SUFFIXES if (file := folder / f"{stem}{suffix}").is_file()), None)


def lines(path: Path, moved: Callable[[float], None]) -> Iterator[bytes | None]:
    """Yield the lines of a text file, or of the largest text in a zip, without their ends; None for one too long.

    Parameters
    ----------
    path
        The file.
    moved
        Called now and then with the share that is read, 0 to 1.

    Raises
    ------
    GazetteerError
        When the file cannot be read to its end.
    """
    try:
        with _opened(path) as (file, size):
            yield from _lines(file, size, moved)
    except (OSError, EOFError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError) as error:
        message = f"{path.name} cannot be read ({error or 'it ends too early'}): download it again."
        raise GazetteerError(message) from error


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[tuple[IO[bytes], int]]:
    with path.open("rb") as raw:
        is_zip = raw.read(4) == b"PK\x03\x04"
        raw.seek(0)
        if not is_zip:
            if path.suffix.lower() == ".zip":
                message = f"{path.name} is no zip file: download it again."
                raise GazetteerError(message)
            yield raw, path.stat().st_size
            return
        with zipfile.ZipFile(raw) as archive:
            texts = [
                info
                for info in archive.infolist()
                if info.filename.lower().endswith(".txt") and not Path(info.filename).name.lower().startswith(_NO_DATA)
            ]
            if not texts:
                message = f"{path.name} holds no text file: give a file of GeoNames, such as IQ.zip."
                raise GazetteerError(message)
            member = max(texts, key=lambda info: info.file_size)
            with archive.open(member) as inner:
                # ZipExtFile.readline is slow when it is given a limit
                yield io.BufferedReader(cast("io.RawIOBase", inner), 1 << 18), member.file_size


def _lines(file: IO[bytes], size: int, moved: Callable[[float], None]) -> Iterator[bytes | None]:
    done, last = 0, 0
    is_first = True
    while line := file.readline(LONGEST_LINE):
        done += len(line)
        if done - last > 1_000_000:  # noqa: PLR2004 - a megabyte: often enough to see it move
            last = done
            moved(min(1.0, done / size) if size else 1.0)
        if not line.endswith(b"\n") and len(line) == LONGEST_LINE:
            while (rest := file.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
                done += len(rest)
            done += len(rest)
            yield None
            continue
        if is_first:
            line, is_first = line.removeprefix(b"\xef\xbb\xbf"), False
        if line := line.rstrip(b"\r\n"):
            yield line
