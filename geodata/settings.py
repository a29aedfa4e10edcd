"""Where things lie and what is switched on: environment variables, read once."""

from __future__ import annotations

import logging
import os
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from platformdirs import user_data_dir

_log = logging.getLogger("conflictmap")
_ORIGIN = re.compile(r"https?://(?:\*\.)?[A-Za-z0-9.-]{1,253}(?::\d{1,5})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Settings of one installation; each field is the variable CONFLICTMAP_<FIELD>.

    Parameters
    ----------
    data_dir
        Folder for everything that is made: gazetteer, store, cache. In a checkout `var/` beside the code,
        else the user's data folder.
    store
        Folder of the store.
    database
        Address of a PostgreSQL database to keep the store in instead, "postgresql://user:password@host/database"
        (docs/how-it-works.md); empty for the folder.
    gazetteer
        The gazetteer's SQLite file.
    model
        Name or path of a spaCy pipeline; empty takes the best one installed.
    geocoder
        "gazetteer" (offline), or a geopy service: "nominatim", "photon", "pelias".
    geocoder_domain, geocoder_user_agent
        Host of that service and how we introduce ourselves to it.
    fetch_allowed
        Whether articles may be fetched from addresses that a user enters.
    actors
        YAML file with actors of one's own (docs/actors.md); None for none.
    public_url
        Where this installation is reached from outside ("https://maps.example.org/conflict"); empty takes the
        address of each request.
    embed_hosts
        Origins ("https://news.example.org") whose pages may show a snapshot in a frame; none by default.
        What is no origin is left out, and the log says so.
    tiles, tiles_attribution, tiles_max_zoom
        Online map tiles to choose beside the built-in map: "osm", or a template (docs/maps.md); empty for none.
    satellite, satellite_attribution, satellite_max_zoom
        The same for pictures from above, with a key of one's own in the address.
    share_precision, share_delay_hours, share_persons, share_quotes
        What may be shared, as written; `geodata.sharing.safety` reads them, and refuses what it cannot read.
    webhook_secret, webhook_hosts
        Signs the messages of `conflictmap watch --webhook`; hosts inside this network ("hooks.internal:8080")
        that they may go to all the same, besides public ones.
    smtp_url, mail_from
        Where `conflictmap watch --mail` hands its mail in ("smtp://user:password@mail.example.org:587", "smtps://...")
        and from which address.
    """

    data_dir: Path
    store: Path
    gazetteer: Path
    model: str = ""
    geocoder: str = "gazetteer"
    geocoder_domain: str = ""
    geocoder_user_agent: str = "conflictmap"
    fetch_allowed: bool = True
    actors: Path | None = None
    public_url: str = ""
    embed_hosts: tuple[str, ...] = ()
    tiles: str = ""
    tiles_attribution: str = ""
    tiles_max_zoom: str = ""
    satellite: str = ""
    satellite_attribution: str = ""
    satellite_max_zoom: str = ""
    share_precision: str = ""
    share_delay_hours: str = ""
    share_persons: str = ""
    share_quotes: str = ""
    webhook_secret: str = field(default="", repr=False)
    webhook_hosts: tuple[str, ...] = ()
    smtp_url: str = field(default="", repr=False)
    mail_from: str = ""
    database: str = field(default="", repr=False)

    @property
    def location(self) -> Path | str:
        """Where the store is: the address of a database, or a folder."""
        return self.database or self.store


def _home() -> Path:
    """Return where data lies by default: in a checkout beside the code, as `make run` puts it, else the user's folder."""
    root = Path(__file__).resolve().parents[1]
    return root / "var" if (root / "Makefile").is_file() else Path(user_data_dir("conflictmap"))


def settings_from(env: dict[str, str]) -> Settings:
    """Read settings from a mapping of environment variables."""

    def value(name: str, default: str = "") -> str:
        return env.get(f"CONFLICTMAP_{name}", "").strip() or default

    data_dir = Path(value("DATA_DIR", str(_home()))).expanduser().absolute()
    return Settings(
        data_dir=data_dir,
        store=Path(value("STORE", str(data_dir / "store"))).expanduser().absolute(),
        gazetteer=Path(value("GAZETTEER", str(data_dir / "gazetteer.sqlite"))).expanduser().absolute(),
        model=value("MODEL"),
        geocoder=value("GEOCODER", "gazetteer").lower(),
        geocoder_domain=value("GEOCODER_DOMAIN"),
        geocoder_user_agent=value("GEOCODER_USER_AGENT", "conflictmap"),
        fetch_allowed=value("FETCH_ALLOWED", "yes").lower() not in {"no", "0", "false", "off"},
        actors=Path(value("ACTORS")).expanduser().absolute() if value("ACTORS") else None,
        public_url=value("PUBLIC_URL").rstrip("/"),
        embed_hosts=_origins(value("EMBED_HOSTS")),
        tiles=value("TILES"),
        tiles_attribution=value("TILES_ATTRIBUTION"),
        tiles_max_zoom=value("TILES_MAX_ZOOM"),
        satellite=value("SATELLITE"),
        satellite_attribution=value("SATELLITE_ATTRIBUTION"),
        satellite_max_zoom=value("SATELLITE_MAX_ZOOM"),
        share_precision=value("SHARE_PRECISION").lower(),
        share_delay_hours=value("SHARE_DELAY_HOURS"),
        share_persons=value("SHARE_PERSONS").lower(),
        share_quotes=value("SHARE_QUOTES").lower(),
        webhook_secret=value("WEBHOOK_SECRET"),
        webhook_hosts=tuple(value("WEBHOOK_HOSTS").replace(",", " ").lower().split()),
        smtp_url=value("SMTP_URL"),
        mail_from=value("MAIL_FROM"),
        database=value("DATABASE"),
    )


def _origins(text: str) -> tuple[str, ...]:
    """Return the origins in a list that spaces or commas separate; they end up in a header, so nothing else passes."""
    found = []
    for one in text.replace(",", " ").split():
        if _ORIGIN.fullmatch(one.rstrip("/")):
            found.append(one.rstrip("/"))
        else:
            _log.warning("CONFLICTMAP_EMBED_HOSTS: “%s” is no origin like https://news.example.org: left out.", one)
    return tuple(found)


@cache
def settings() -> Settings:
    """Return the settings of this process."""
    return settings_from(dict(os.environ))
