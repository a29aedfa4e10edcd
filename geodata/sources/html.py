"""An article from a web page: its text and what its markup says of itself; nothing live stays."""

from __future__ import annotations

import copy
import datetime as dt
import logging
import re
from typing import TYPE_CHECKING, Any

from htmldate import find_date
from lxml import etree
from lxml import html as lxml_html
from trafilatura import bare_extraction

from geodata.errors import SourceError
from geodata.sources.encoding import decode
from geodata.sources.text import article_from_text

if TYPE_CHECKING:
    from geodata.article import Article

MAX_BYTES = 5_000_000

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_NOT_READ = ("script", "style", "noscript", "template", "iframe", "object", "svg", "nav", "footer", "aside", "form")
_LIVE = ("style", "noscript", "template", "iframe", "frame", "object", "embed", "applet", "svg", "math")
_BLOCKS = ("p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "tr", "section", "article", "br", "td")
_BLANKS = re.compile(r"[ \t\xa0]+")
_DEEPEST = 250  # elements within one another; real pages have about 30
_MOST_ELEMENTS = 30_000  # real pages have some thousands

# They warn about every page they find odd; what a person has to know is in the error.
for _name in ("trafilatura", "htmldate", "justext"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)


def article_from_html(
    html: bytes | str,
    url: str = "",
    *,
    charset: str = "",
    published: dt.date | None = None,
    today: dt.date | None = None,
) -> Article:
    """Take the article out of a page.

    Parameters
    ----------
    html
        The page.
    url
        Where it came from; without it, the address that the page gives for itself.
    charset
        What the server says about the encoding.
    published
        Day of publication if the user gives it (UTC); it goes before what the page says.
    today
        The present day (UTC).

    Raises
    ------
    SourceError
        If there is no text in the page.
    ArticleError
        If the text is too long.
    """
    if len(html) > MAX_BYTES:
        msg = f"The page has more than {MAX_BYTES // 1_000_000} MB: paste the text of the article instead."
        raise SourceError(msg)
    page = html if isinstance(html, str) else decode(html, declared=charset or _declared(html)).text
    # NUL ends a text for libxml2, and it refuses a declared encoding in what is decoded already.
    page = _DECLARATION.sub("", page.replace("\0", " ").encode("utf-8", "replace").decode())
    tree = _parse(page)
    _drop_live(tree)
    found = _extract(tree, url)
    text = found.get("text") or ""
    if not text.strip():
        text = _plain_text(tree)
    if not text.strip():
        msg = "No article was found in the page: paste its text instead."
        raise SourceError(msg)
    return article_from_text(
        text,
        title=found.get("title") or "",
        url=url or found.get("url") or "",
        source=found.get("sitename") or found.get("hostname") or "",
        published=published,
        in_metadata=_date_in_markup(tree, today),
        today=today,
    )


def _declared(html: bytes) -> str:
    match = _CHARSET.search(html[:4_096])
    return match[1].decode("ascii", "replace") if match else ""


def _parse(page: str) -> Any:
    """Parse a page, and refuse one that would take minutes: depth and number of its elements."""
    try:
        tree = lxml_html.document_fromstring(page) if page.strip() else None
    except (ValueError, etree.LxmlError):
        tree = None
    if tree is None:
        msg = "No article was found in the page: paste its text instead."
        raise SourceError(msg)
    # Extraction walks the tree by recursion and compares elements with one another.
    depth = count = 0
    for action, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if action == "start" else -1
        count += action == "start"
        if depth > _DEEPEST or count > _MOST_ELEMENTS:
            msg = "The page is too tangled to be read: paste the text of the article instead."
            raise SourceError(msg)
    return tree


def _drop_live(tree: Any) -> None:
    """Take out what runs or loads something; JSON-LD stays, for it holds title, site and date."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            script.tag = _LIVE[0]
    # It moves the text behind an element without looking at it; drop_tree() chokes on control characters.
    etree.strip_elements(tree, *_LIVE, etree.Comment, etree.ProcessingInstruction, with_tail=False)


def _extract(tree: Any, url: str) -> dict[str, str]:
    try:
        document = bare_extraction(
            copy.deepcopy(tree),
            url=url or None,
            include_comments=False,
            include_images=False,
            include_links=False,
            include_formatting=False,
            with_metadata=True,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except Exception:  # noqa: BLE001 - broken pages break it in many ways, asserts included; the plain text is still there
        return {}
    if document is None:
        return {}
    names = ("text", "title", "url", "sitename", "hostname")
    return {name: str(getattr(document, name, None) or "") for name in names}


def _date_in_markup(tree: Any, today: dt.date | None) -> dt.date | None:
    """Return the date in the page's own metadata, without guesses from its text or address."""
    last = (today or dt.datetime.now(tz=dt.UTC).date()) + dt.timedelta(days=1)
    try:
        found = find_date(tree, extensive_search=False, original_date=True, max_date=last.isoformat())
        return dt.date.fromisoformat(found) if found else None
    except Exception:  # noqa: BLE001 - as above; then the date is found otherwise
        return None


def _plain_text(tree: Any) -> str:
    """Return all text of a page, one block a line, without scripts, styles and menus."""
    lines: list[str] = [""]
    skipped = 0
    for action, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if action == "start":
            skipped += tag in _NOT_READ or tag == "head"
            if tag in _BLOCKS:
                lines.append("")
            if not skipped and element.text:
                lines[-1] += element.text
            continue
        if action == "end":
            skipped -= tag in _NOT_READ or tag == "head"
            if tag in _BLOCKS:
                lines.append("")
        if not skipped and element.tail:
            lines[-1] += element.tail
    cleaned = (" ".join(_BLANKS.sub(" ", line).split()) for line in lines)
    return "\n\n".join(line for line in cleaned if line)
