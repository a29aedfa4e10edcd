"""`conflictmap watch`: tells a program or a mailbox of the events of a view that are new since the last run."""

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from dashboard.commands.common import say, warn, warn_all
from dashboard.commands.export import query_of
from dashboard.texts import APP_NAME, ATTRIBUTION, REPORTS_NOT_FACTS, count_words
from geodata.settings import settings

if TYPE_CHECKING:
    from geodata.sharing.messages import About
    from geodata.sharing.watching import Channel
    from geodata.store import Store
    from geodata.view import View

_EPILOG = """\b
Run it as often as you want to hear, for example from cron:
  0 * * * *  conflictmap watch "region=IQ-KI&type=assault" --webhook https://example.org/hook
Try it first, which sends nothing and remembers nothing:
  conflictmap watch "region=IQ-KI" --mail you@example.org --from-start --dry-run
\b
The first run only notes what is there. Each event is then told once; when the program is killed between
sending a message and noting it, that message comes again with the same key (webhook-id, Message-ID).
Ends with 0 when all was told or nothing is new, 1 when a message was not taken (it is kept), 2 when the
view could not be applied.
Settings: CONFLICTMAP_WEBHOOK_SECRET signs, CONFLICTMAP_WEBHOOK_HOSTS allows hosts of your own network,
CONFLICTMAP_SMTP_URL and CONFLICTMAP_MAIL_FROM send mail.
"""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("watch", epilog=_EPILOG)(watch)


def watch(
    *,
    view: Annotated[
        str, typer.Argument(metavar="VIEW", help="The dashboard's address with its filters, or the part after “?”.")
    ],
    webhook: Annotated[str, typer.Option(help="Address that gets each message as JSON by POST.")] = "",
    mail: Annotated[str, typer.Option(help="Mail address that gets each message.")] = "",
    from_start: Annotated[
        bool, typer.Option("--from-start", help="Let the first run tell of the events that are there already.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print what would be sent; send nothing and remember nothing.")
    ] = False,
    state: Annotated[
        Path | None, typer.Option(help="File that remembers what was told; one for each view and receiver by default.")
    ] = None,
) -> None:
    """Tell a program or a mailbox of the new events of a view, once each."""
    from dashboard import resources  # noqa: PLC0415 - the store takes a second to import
    from geodata.sharing.outbox import Outbox  # noqa: PLC0415
    from geodata.sharing.watching import watch as tell  # noqa: PLC0415
    from geodata.view_url import Known, decode_view, encode_view  # noqa: PLC0415

    if bool(webhook) == bool(mail):
        msg = "Say who is told: either --webhook or --mail."
        raise typer.BadParameter(msg)
    # Anybody may be followed of whom nothing has been heard yet.
    wanted, problems = decode_view(query_of(view), Known(actors=lambda _: True, regions=resources.has_region))
    if problems:
        warn_all(problem.message for problem in problems)
        warn("Nothing was told, because the view could not be applied as it stands.")
        raise typer.Exit(2)
    wanted = wanted.filters
    channel = _channel(webhook, mail)
    if not dry_run:
        channel.check()
    with resources.open_shared() as store:
        about = _about(store, wanted, view)
        # The receiver stands in the file only as a hash: a webhook's address often is its password.
        receiver = hashlib.sha256(f"{webhook or mail}".encode()).hexdigest()[:16]
        subject = f"{encode_view(wanted)} {receiver}"
        name = hashlib.sha256(subject.encode()).hexdigest()[:20]
        path = state or settings().data_dir / "watches" / f"{name}.sqlite"
        if dry_run:
            _print(store, wanted, path, subject, about, from_start=from_start)
            return
        with Outbox(path, subject=subject) as outbox:
            told = tell(
                store, wanted, outbox, channel, about,
                safety=resources.safety().key, from_start=from_start, name_of=resources.region_name,
            )  # fmt: skip
    if told.first:
        say(
            f"{count_words(told.known, 'event')} of this view are known now. The next run tells of what is new by then."
        )
    elif told.messages:
        say(f"Told of {count_words(told.events, 'new event')} in {count_words(told.messages, 'message')}.")
    else:
        say("Nothing is new.")


def _channel(webhook: str, mail: str) -> "Channel":
    from geodata.sharing.mail import Mail  # noqa: PLC0415
    from geodata.sharing.webhook import Webhook  # noqa: PLC0415

    own = settings()
    if webhook:
        return Webhook(url=webhook, secret=own.webhook_secret, hosts=own.webhook_hosts)
    return Mail(to=mail, sender=own.mail_from, server=own.smtp_url)


def _about(store: "Store", view: "View", given: str) -> "About":
    from dashboard import resources  # noqa: PLC0415
    from dashboard.summary import title_of  # noqa: PLC0415
    from geodata.sharing.messages import About  # noqa: PLC0415
    from geodata.view_url import encode_view  # noqa: PLC0415

    parts = urlsplit(given.strip()) if given.strip().startswith(("http://", "https://")) else None
    base = settings().public_url
    if parts is not None and not base:
        base = f"{parts.scheme}://{parts.netloc}{parts.path.rpartition('/')[0]}"
    return About(
        title=title_of(view, resources.region_name),
        query=encode_view(view),
        base=base,
        left_out=store.stated,
        notes=(REPORTS_NOT_FACTS, f"{APP_NAME}. {ATTRIBUTION}."),
    )


def _print(store: "Store", view: "View", path: Path, subject: str, about: "About", *, from_start: bool) -> None:
    """Print what would be told."""
    from dashboard import resources  # noqa: PLC0415
    from geodata.sharing.outbox import Outbox  # noqa: PLC0415
    from geodata.sharing.watching import messages  # noqa: PLC0415
    from geodata.store.recent import ids  # noqa: PLC0415

    waiting: list[str] = []
    if path.is_file():
        with Outbox(path, subject=subject) as outbox:
            new = outbox.unknown(ids(store, view)) if outbox.is_begun or from_start else []
            waiting = [message.text for message in outbox.waiting()]
    else:
        new = [one for piece in ids(store, view) for one in piece] if from_start else []
    texts = waiting + [message.text for message, _ in messages(store, new, about, name_of=resources.region_name)]
    for text in texts:
        for line in text.splitlines():
            say(line) if line.strip() else typer.echo()
        typer.echo()
    warn(f"{count_words(len(texts), 'message')} would be sent. Nothing was sent, and nothing is remembered.")
