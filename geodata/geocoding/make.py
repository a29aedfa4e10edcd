"""The geocoder that the settings ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geopy.exc import ConfigurationError

from geodata.geocoding.cache import AnswerCache
from geodata.geocoding.gazetteer import GazetteerGeocoder
from geodata.geocoding.service import SERVICES, TIMEOUT_S, ServiceGeocoder

if TYPE_CHECKING:
    from collections.abc import Callable

    from geopy.adapters import BaseSyncAdapter

    from geodata.settings import Settings

CACHE_FILE = "geocoder_cache.sqlite"


def make_geocoder(
    settings: Settings, *, adapter_factory: Callable[..., BaseSyncAdapter] | None = None
) -> GazetteerGeocoder | ServiceGeocoder:
    """Make the geocoder of the settings: the offline gazetteer unless a service is named.

    Parameters
    ----------
    settings
        `geocoder`, `geocoder_domain`, `geocoder_user_agent`, and `data_dir` for the cache.
    adapter_factory
        How geopy reaches the network; its own default when None.

    Raises
    ------
    geopy.exc.ConfigurationError
        When the service is unknown, or is Pelias without a domain.
    GazetteerError
        When the gazetteer is asked for and is missing or damaged.
    """
    if settings.geocoder == "gazetteer":
        return GazetteerGeocoder(settings.gazetteer)
    service = SERVICES.get(settings.geocoder)
    if service is None:
        message = f"There is no geocoder {settings.geocoder!r}: choose gazetteer, {', '.join(SERVICES)}."
        raise ConfigurationError(message)
    domain = settings.geocoder_domain or service.domain
    if not domain:
        message = f"The geocoder {service.name} needs a server: set CONFLICTMAP_GEOCODER_DOMAIN."
        raise ConfigurationError(message)
    geocoder = service.geocoder(
        domain=domain, user_agent=settings.geocoder_user_agent, timeout=TIMEOUT_S, adapter_factory=adapter_factory
    )
    return ServiceGeocoder(service, geocoder, AnswerCache(settings.data_dir / CACHE_FILE))
