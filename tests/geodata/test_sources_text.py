from __future__ import annotations

import datetime as dt
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.errors import ArticleError, SourceError
from geodata.sources.encoding import decode
from geodata.sources.html import article_from_html
from geodata.sources.kinds import looks_like_html
from geodata.sources.text import article_from_text, web_address

steady = settings(deadline=None)  # the machine may be busy, and models load at first use

RUSSIAN = "Иракские войска вошли в Киркук в понедельник после отхода пешмерга."
ARABIC = "دخلت القوات العراقية مدينة كركوك يوم الاثنين بعد انسحاب البيشمركة."
TURKISH = "Irak güçleri, peşmergenin çekilmesinin ardından pazartesi günü Kerkük'e girdi."
POLISH = "Siły irackie wkroczyły w poniedziałek do Kirkuku po wycofaniu się peszmergów z miasta."
ENGLISH = "“We are here,” the officer’s aide said — and the café stayed open in Kirkuk."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "utf-8"), (RUSSIAN, "utf-8-sig"), (RUSSIAN, "utf-16"), (ENGLISH, "utf-16-le"), (ENGLISH, "utf-16-be"),
        (ENGLISH, "utf-32"), (RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (ARABIC, "cp1256"), (TURKISH, "cp1254"),
        (ENGLISH, "cp1252"), (POLISH, "cp1250"), (ARABIC, "utf-16"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("times", [1, 20])
def test_encodings_are_told(text, encoding, times):
    decoded = decode((text * times).encode(encoding))
    assert decoded.text == text * times
    assert decoded.lost == 0


def test_one_broken_byte_does_not_spoil_the_rest():
    data = (RUSSIAN * 3).encode()
    for at in range(1, 40):
        decoded = decode(data[:at] + b"\xff" + data[at:])
        assert 1 <= decoded.lost <= 3
        assert decoded.text.endswith(RUSSIAN * 2)


@pytest.mark.parametrize("declared", ["latin-1", "zip", "nonsense", "utf-8", "\x00", "", "idna", "undefined"])
def test_a_declared_encoding_is_believed_only_when_it_fits(declared):
    assert decode(RUSSIAN.encode("utf-16"), declared=declared).text == RUSSIAN
    assert decode(ENGLISH.encode("cp1252"), declared=declared).text == ENGLISH


@steady
@given(st.binary(max_size=400), st.sampled_from(["", "cp1251", "utf-8", "x"]))
def test_any_bytes_decode(data, declared):
    assert isinstance(decode(data, declared=declared).text, str)


@steady
@given(st.text(min_size=1, max_size=200).filter(lambda text: "\ufffd" not in text and "\0" not in text))
def test_any_utf8_comes_back(text):
    assert decode(text.encode("utf-8")).text == text.removeprefix("\ufeff")


def test_an_article_keeps_its_text_as_it_is():
    text = "  KIRKUK, Oct. 16, 2017 (Agency) - Forces\r\nmoved in from the south.\n\nThe <b>bold</b> words\tstay.  "
    article = article_from_text(text, title=" A\n title ", url="https://example.org/a", source="Agency")
    assert article.text == text
    assert (article.title, article.language, article.published) == ("A title", "en", dt.date(2017, 10, 16))


def test_control_characters_become_spaces_one_for_one():
    article = article_from_text("Forces\x00 moved\x07 in \ud800.", title="a\x00b\x1b[31m")
    assert article.text == "Forces  moved  in \ufffd."
    assert article.title == "a b [31m"


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JavaScript://example.org/%0aalert(1)", "data:text/html,x", "file:///x", "//example.org",
     "https://user:pw@example.org/", "https://exam ple.org", "http://", "x" * 3000, "https://[x"],
)  # fmt: skip
def test_only_web_addresses_become_links(url):
    assert web_address(url) == ""
    assert article_from_text("Forces moved in.", url=url).url == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no text"),
        (" \n\t ", "no text"),
        ("word " * 50_000, "at most 200,000"),
        ("x" * 5_000_000, "at most 200,000"),
        ("Iraqi forces entered Kirkuk.\n" * 10_000, "repeats one line 10,000 times"),
        ("<<< 123 >>>", "no words"),
        ("\x01\x02\x03abc" * 100, "not readable"),
    ],
)
def test_what_is_no_article_is_said_in_a_sentence_and_at_once(text, said):
    start = time.perf_counter()
    with pytest.raises(ArticleError, match=said):
        article_from_text(text)
    assert time.perf_counter() - start < 20  # a guard against a hang, ten times what it takes


def test_a_list_with_some_repeated_lines_is_an_article():
    lines = [line for number in range(150) for line in (f"On day {number} forces moved in.", "No change.")]
    assert article_from_text("\n".join([*lines, "The end."]))


PAGE = """<!doctype html><html><head><title>Kirkuk | The Paper</title><meta property="og:site_name" content="The Paper">
<meta property="article:published_time" content="2017-10-16T09:00:00Z">
<link rel="canonical" href="{url}"><script>alert("head")</script><style>p {{ color: red }}</style></head>
<body><nav><a href="/">Home</a></nav><article><h1>Forces enter Kirkuk</h1>
<p onclick="alert(1)">Iraqi forces entered <b>Kirkuk</b> on Monday. <script>evil()</script></p>
<p>Peshmerga fighters withdrew north, residents said. <img src=x onerror="evil()"><iframe src="//evil.example"></iframe></p>
<!-- hidden remark --><p>An acting governor was named by the council in the evening, after a long debate.</p>
</article><footer>Imprint</footer></body></html>"""


def test_a_page_gives_text_title_date_and_site_and_nothing_live():
    article = article_from_html(PAGE.format(url="https://paper.example/kirkuk"))
    assert article.title == "Forces enter Kirkuk"
    assert article.source == "The Paper"
    assert article.url == "https://paper.example/kirkuk"
    assert (article.published, article.published_basis) == (dt.date(2017, 10, 16), "metadata")
    for line in ("Iraqi forces entered Kirkuk on Monday.", "An acting governor was named by the council"):
        assert line in article.text
    for live in ("evil", "alert", "onclick", "onerror", "<", "hidden", "color", "Imprint", "Home"):
        assert live not in article.text


def test_the_address_that_was_fetched_goes_before_what_the_page_claims():
    page = PAGE.format(url="https://other.example/")
    assert article_from_html(page, "https://paper.example/a").url == "https://paper.example/a"
    assert article_from_html(PAGE.format(url="javascript:alert(1)")).url == ""


def test_a_given_date_goes_before_that_of_the_page():
    article = article_from_html(PAGE.format(url=""), published=dt.date(2017, 10, 17))
    assert (article.published, article.published_basis) == (dt.date(2017, 10, 17), "given")


def test_a_year_in_the_footer_is_no_date_of_publication():
    page = "<html><body><p>Forces moved in, and stayed for long.</p><footer>© 2016 The Paper</footer></body></html>"
    assert article_from_html(page).published is None


def test_a_short_brief_is_an_article_too():
    assert article_from_html("<p>Two killed in Tuz Khurmatu.</p>").text == "Two killed in Tuz Khurmatu."
    article = article_from_html("<div>Two killed<br>in Tuz <b>Khurmatu</b>.<script>x()</script> More soon.</div>")
    assert "evil" not in article.text
    assert "Two killed" in article.text


def test_comments_before_nothing_take_no_time():
    start = time.perf_counter()
    assert not looks_like_html("<!-- -->" * 2000 + "x")
    assert looks_like_html("<!-- a --> <!-- b -->\n<HTML lang=en>")
    assert time.perf_counter() - start < 10  # a guard against a hang, ten times what it takes


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1251"])
@pytest.mark.parametrize(
    "form", ['<meta charset="{}">', '<meta http-equiv=Content-Type content="text/html; charset={}">', ""]
)
def test_pages_in_other_encodings(encoding, form):
    page = f"<html><head>{form.format(encoding)}</head><body><p>{RUSSIAN}</p></body></html>"
    article = article_from_html(page.encode(encoding))
    assert article.text == RUSSIAN
    assert article.language == "ru"


def test_an_xhtml_page_that_declares_its_encoding():
    page = f'<?xml version="1.0" encoding="windows-1251"?><html xmlns="http://www.w3.org/1999/xhtml"><body><p>{RUSSIAN}</p></body></html>'
    assert article_from_html(page.encode("windows-1251")).text == RUSSIAN
    assert article_from_html(page).text == RUSSIAN


@pytest.mark.parametrize(
    "page",
    ["", " ", "<html></html>", "<script>x</script>", "<div>" * 100_000, "<b>" * 5000 + "x", "<a>" * 1_000_000,
     "<p>x</p>" * 200_000, "\0" * 1000, "<!--" * 10_000, "<" * 100_000, "x" * 5_000_001, b"<html>" + b"\0" * 4_000_000],
    ids=range(13),
)  # fmt: skip
def test_pages_without_an_article_or_too_tangled_end_at_once_in_a_sentence(page):
    start = time.perf_counter()
    with pytest.raises((SourceError, ArticleError)) as refused:
        article_from_html(page)
    assert str(refused.value).endswith(".")
    assert time.perf_counter() - start < 50  # a guard against a hang, ten times what it takes


@steady
@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<div",
                ">",
                "<script>",
                "</script>",
                "x",
                "<!--",
                "-->",
                "<table><td>",
                "&lt;",
                "\0",
                "<svg>",
            ]
        )
        | st.text(max_size=5),
        max_size=30,
    )
)
def test_any_markup_gives_an_article_or_a_sentence(pieces):
    try:
        article = article_from_html("".join(pieces))
    except (SourceError, ArticleError) as error:
        assert str(error).endswith(".")  # noqa: PT017 - either is right
    else:
        assert article.text.strip()


blocks = st.sampled_from(
    ["<p>", "</p>", "<div>", "</div>", "<table><tr><td>", "</table>", "<article>", "</article>", "<ul><li>", "<b>", "<svg>", "<body>",
     "<h1>", "<blockquote>", "Forces moved into the town on Monday, residents said. ", "<br>", "<a href='javascript:evil()'>"]
)  # fmt: skip


@steady
@given(
    st.lists(blocks, max_size=15),
    st.lists(blocks, max_size=15),
    st.sampled_from(["script", "style", "iframe", "template"]),
)
def test_no_script_survives_wherever_it_stands(before, after, tag):
    hidden = f"<{tag} type=x>evil('1')</{tag}>"
    page = f"<html><body><p>Kirkuk is calm.</p>{''.join(before)}{hidden}{''.join(after)}</body></html>"
    article = article_from_html(page)
    assert "evil" not in article.text + article.title + article.source + article.url
