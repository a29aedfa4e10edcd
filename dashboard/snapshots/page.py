"""The page at /s/<id>: a snapshot's frozen map and everything around it. Pure: texts in, markup out."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.feed import feed_link
from dashboard.snapshots.html import facts_html, source_items, title_html
from dashboard.snapshots.readme import ABOUT_FILES
from dashboard.snapshots.record import EVENTS_FILE, NAME
from dashboard.texts import APP_NAME, REPORTS_NOT_FACTS, count_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.snapshots.record import Record

_HERE = Path(__file__).parent / "static"
_KILO = 1000
_EMBED_WIDE, _EMBED_HIGH = 800, 600
CARD = "card.png"


@cache
def _text(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


@cache
def policy() -> str:
    """Return what the page may load: itself, and nothing from anywhere else."""
    digest = base64.b64encode(hashlib.sha256(_text("page.js").encode()).digest()).decode()
    return (
        f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; img-src 'self'; "
        "frame-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    )


def snapshot_page(
    record: Record, *, snapshot_id: str, address: str, sizes: dict[str, int], embed_hosts: Sequence[str] = ()
) -> str:
    """Return the page.

    Parameters
    ----------
    record
        What the snapshot says about itself.
    snapshot_id
        As in the address; links are relative to it, so that they hold behind any proxy.
    address
        The page's absolute address, for what is read elsewhere: link previews and embedding.
    sizes
        Bytes of each file.
    embed_hosts
        Origins whose pages may show it in a frame; without any, nothing is said of that.
    """
    title = record.title or record.sentence
    return _document(
        title,
        feed_link(record.query, f"New events: {title}", base="../")
        + "\n"
        + _previews(record, title, address, has_card=CARD in sizes),
        f"""
<main aria-label="Snapshot">
<p class="brand"><a href="../">{escape(APP_NAME)}</a> · snapshot of {escape(_day(record))} UTC</p>
{title_html(record)}
<div class="actions">
<a class="button main" href="../?{escape(record.query)}" data-testid="open-live">Open with today's data</a>
<button type="button" class="button" data-copy="">Copy link</button>
<a class="button" href="{snapshot_id}.zip" download>Download all (zip)</a>
<a class="button" href="../feed.atom?{escape(record.query)}" data-testid="follow">Follow (feed)</a>
<span id="said" role="status"></span>
</div>
<iframe src="{snapshot_id}/map.html#frame" title="Map of the reported events, as it was" data-testid="frozen-map"></iframe>
<div class="facts">{facts_html(record)}</div>
<section class="changes" aria-labelledby="h-changes">
<h2 id="h-changes">Then and now</h2>
<p id="changes-words" role="status" data-testid="changes">Comparing with today's data …</p>
<ul id="changes" data-from="{snapshot_id}/changes"></ul>
</section>
<section aria-labelledby="h-sources">
<h2 id="h-sources">Sources</h2>
<ul class="sources">{source_items(record) or "<li>None</li>"}</ul>
</section>
<section aria-labelledby="h-files">
<h2 id="h-files">Files</h2>
<div class="scroll"><table>
<thead><tr><th>File</th><th class="about">What it is</th><th>Size</th></tr></thead>
<tbody>{_rows(snapshot_id, sizes)}</tbody>
</table></div>
</section>
<section aria-labelledby="h-check">
<h2 id="h-check">Check that nothing was changed</h2>
<p>SHA-256 of {EVENTS_FILE}: <code data-testid="hash">{escape(record.sha256)}</code></p>
<p>Download the zip and run <code>conflictmap verify FILE.zip</code>, or use any SHA-256 tool on {EVENTS_FILE}.
The same view of the same data gives the same hash on any machine.</p>
</section>
{_embedding(title, address, embed_hosts)}
</main>
<footer>
<p>{escape(REPORTS_NOT_FACTS)} {escape(record.disclaimer)}</p>
<p>{escape(record.attribution)}. {escape(record.made)}.</p>
</footer>
<script>{_text("page.js")}</script>
""",
    )


def _embedding(title: str, address: str, hosts: Sequence[str]) -> str:
    if not hosts:  # browsers would refuse to show it
        return ""
    return f"""<section aria-labelledby="h-embed">
<h2 id="h-embed">Show it on another page</h2>
<p>On pages of {escape(", ".join(hosts))}:</p>
<textarea id="embed" rows="3" readonly aria-label="HTML to embed this snapshot" data-testid="embed">{escape(embed_code(title, address))}</textarea>
<div class="actions"><button type="button" class="button" data-copy="embed">Copy</button></div>
</section>"""


def embed_code(title: str, address: str) -> str:
    """Return the HTML that shows a snapshot on another page."""
    return (
        f'<iframe src="{escape(address)}/embed" title="{escape(title)}" width="{_EMBED_WIDE}" height="{_EMBED_HIGH}" '
        'style="border:0;max-width:100%" loading="lazy" allowfullscreen></iframe>'
    )


def lost_page(message: str) -> str:
    """Return the page for an address at which there is no snapshot."""
    return _document(
        "No snapshot here",
        "",
        f"""
<main class="lost">
<p class="brand">{escape(APP_NAME)}</p>
<h1>No snapshot here</h1>
<p>{escape(message)}</p>
<div class="actions"><a class="button main" href="../">Open the map</a></div>
</main>
""",
    )


def _document(title: str, head: str, body: str) -> str:
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<link rel="icon" href="../assets/conflictmap/icon.svg">
<title>{escape(title)}</title>
{head}
<style>{_text("page.css")}</style>
</head>
<body>{body}</body>
</html>
"""


def _previews(record: Record, title: str, address: str, *, has_card: bool) -> str:
    """Return the tags that make a pasted link show the map (Open Graph, Twitter cards)."""
    tags = {
        "og:type": "article",
        "og:site_name": APP_NAME,
        "og:title": title,
        "og:description": f"{record.sentence}. {record.attribution}.",
        "og:url": address,
    }
    if has_card:
        tags |= {
            "og:image": f"{address}/{CARD}",
            "og:image:type": "image/png",
            "og:image:width": "1200",
            "og:image:height": "630",
            "og:image:alt": f"Map: {record.sentence}",
        }
    made = [f'<meta property="{name}" content="{escape(value)}">' for name, value in tags.items()]
    twitter = {"twitter:card": "summary_large_image" if has_card else "summary", "twitter:title": title}
    twitter["twitter:description"] = record.sentence
    if has_card:
        twitter["twitter:image"] = f"{address}/{CARD}"
    made += [f'<meta name="{name}" content="{escape(value)}">' for name, value in twitter.items()]
    made.append(f'<meta name="description" content="{escape(record.sentence)}">')
    return "\n".join(made)


def _rows(snapshot_id: str, sizes: dict[str, int]) -> str:
    ordered = [name for name in ABOUT_FILES if name in sizes] + sorted(set(sizes) - set(ABOUT_FILES))
    return "".join(
        f'<tr><td><a href="{snapshot_id}/{escape(name)}" download>{escape(name)}</a></td>'
        f'<td class="about">{escape(ABOUT_FILES.get(name, ""))}</td><td class="size">{size_words(sizes[name])}</td></tr>'
        for name in ordered
    )


def size_words(size: int) -> str:
    """Write a number of bytes for people."""
    if size < _KILO:
        return count_words(size, "byte")
    for unit in ("kB", "MB"):
        size_in_unit = size / _KILO ** (1 if unit == "kB" else 2)
        if size_in_unit < _KILO:
            return f"{size_in_unit:.0f} {unit}" if size_in_unit >= 10 else f"{size_in_unit:.1f} {unit}"  # noqa: PLR2004
    return f"{size / _KILO**3:.1f} GB"


def _day(record: Record) -> str:
    return record.created[:16].replace("T", " ")


__all__ = ["NAME", "embed_code", "lost_page", "policy", "size_words", "snapshot_page"]
