from __future__ import annotations

import csv
import datetime as dt
import io
import json
import time
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.article import PublishedBasis
from geodata.errors import ArticleError, ConflictmapError, SourceError
from geodata.sources.files import articles_from_file

steady = settings(deadline=None)  # the machine may be busy, and models load at first use

KIRKUK = "Iraqi forces entered Kirkuk on Monday after the Peshmerga withdrew."
SINJAR = "Hashd al-Shaabi units took over the town of Sinjar on Tuesday."
RAWA = "Iraqi troops drove the Islamic State out of Rawa on Friday."


def messages(loaded) -> str:
    return "\n".join(problem.message for problem in loaded.problems)


def lines(*items) -> bytes:
    return "\n".join(item if isinstance(item, str) else json.dumps(item) for item in items).encode()


def table(*rows, delimiter=",") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode()


def zipped(*names) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


def test_text_files_in_any_encoding():
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        loaded = articles_from_file("note.txt", f"“{KIRKUK}”\r\n\r\nThe end.".encode(encoding))
        assert [article.text for article in loaded.articles] == [f"“{KIRKUK}”\n\nThe end."]
        assert loaded.problems == []


def test_russian_and_arabic_files_of_windows():
    russian, arabic = "Иракские войска вошли в Киркук в понедельник", "دخلت القوات العراقية مدينة كركوك يوم الاثنين"
    assert articles_from_file("a.txt", russian.encode("cp1251")).articles[0].text == russian
    article = articles_from_file("a.txt", arabic.encode("cp1256")).articles[0]
    assert (article.text, article.language) == (arabic, "ar")


def test_a_page_is_a_page_whatever_its_name():
    page = f"<!doctype html><html><head><script>evil()</script></head><body><p>{KIRKUK}</p></body></html>".encode()
    for name in ("a.html", "a.HTM", "a.txt", "a", "a.unknown"):
        assert [article.text for article in articles_from_file(name, page).articles] == [KIRKUK]


def test_a_text_is_a_text_whatever_its_name():
    for name in ("a.txt", "a", "a.md", "a.html", "a.docx", "C:\\x\\a.xyz"):
        assert [article.text for article in articles_from_file(name, KIRKUK.encode()).articles] == [KIRKUK]
    assert "plain text" in messages(articles_from_file("a.docx", KIRKUK.encode()))


def test_json_lines_with_all_they_may_say():
    loaded = articles_from_file(
        "a.jsonl",
        lines(
            {
                "text": KIRKUK,
                "title": "Kirkuk",
                "published": "2017-10-16T23:30:00-02:00",
                "url": "https://a.example/1",
                "source": "A",
            },
            "",
            {"id": 7, "text": SINJAR, "toponyms": [[40, 46]]},
        ),
    )
    first, second = loaded.articles
    assert (first.title, first.url, first.source) == ("Kirkuk", "https://a.example/1", "A")
    assert (first.published, first.published_basis) == (dt.date(2017, 10, 17), PublishedBasis.GIVEN)
    assert (second.published, second.published_basis) == (None, PublishedBasis.UNKNOWN)
    assert loaded.problems == []


def test_json_lines_are_known_by_their_content_too():
    data = lines({"text": KIRKUK}, {"text": SINJAR})
    assert len(articles_from_file("a.txt", data).articles) == 2
    assert (
        len(articles_from_file("a.json", json.dumps([{"text": KIRKUK}, {"text": SINJAR}], indent=1).encode()).articles)
        == 2
    )
    assert len(articles_from_file("a.json", json.dumps({"text": KIRKUK}, indent=1).encode()).articles) == 1


def test_bad_lines_are_named_and_good_ones_load():
    loaded = articles_from_file(
        "a.jsonl",
        lines(
            {"text": KIRKUK, "published": "16/10/2017", "url": "javascript:alert(1)"},
            "{broken",
            {"title": "no text", "lead": "x"},
            "[1]",
            {"text": ""},
            {"text": "word " * 50_000},
            "[" * 5_000,
            '{"text": "\\ud800 Forces moved in."}',
            {"text": SINJAR},
        ),
    )
    assert [article.text for article in loaded.articles] == [KIRKUK, "\ufffd Forces moved in.", SINJAR]
    assert loaded.articles[0].url == ""
    said = messages(loaded)
    for line in ("Line 1: the date of publication “16/10/2017”", "Line 1: the address “javascript:alert(1)”", "Line 2: this is no JSON",
                 "Line 3: there is no “text” (found: “title”, “lead”)", "Line 4:", "Line 5:", "Line 6: the text has 250,000", "Line 7:"):  # fmt: skip
        assert line in said
    assert "Line 8" not in said


@pytest.mark.parametrize("column", ["text", "body", "Content", " article ", "NOTES"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_tables_with_a_column_of_text(column, delimiter):
    loaded = articles_from_file(
        "a.csv", table(["Title", column, "date"], ["K", KIRKUK, "2017-10-16"], delimiter=delimiter)
    )
    (article,) = loaded.articles
    assert (article.text, article.title, article.published) == (KIRKUK, "K", dt.date(2017, 10, 16))


def test_a_table_without_text_names_what_was_found_and_needed():
    with pytest.raises(SourceError) as refused:
        articles_from_file("a.csv", table(["event_id", "lat\x1b", "lon"], ["1", "2", "3"]))
    said = str(refused.value)
    for word in ("“text”", "“body”", "“notes”", "“event_id”", "“lon”"):
        assert word in said
    assert said.isprintable()


def test_rows_are_named_by_the_line_where_they_begin():
    data = table(
        ["text", "published"], [f"{KIRKUK}\n\nMore\nof it.", ""], [" ", "2017-10-16"], [SINJAR, "yesterday"], [RAWA]
    )
    loaded = articles_from_file("a.csv", data)
    assert len(loaded.articles) == 3
    assert messages(loaded).splitlines() == [
        "Line 6: the column “text” is empty.",
        "Line 7: the date of publication “yesterday” is no date like 2017-10-23 and was left out.",
    ]


def test_formulas_stay_the_text_they_are_and_nul_bytes_become_spaces():
    data = table(["text", "title"], [KIRKUK, '=HYPERLINK("https://evil.example","x")'], ["@SUM(1+1) " + SINJAR, "-1+1"])
    loaded = articles_from_file("a.csv", data.replace(b"Kirkuk", b"Kir\0kuk"))
    assert loaded.articles[0].title == '=HYPERLINK("https://evil.example","x")'
    assert "Kir kuk" in loaded.articles[0].text
    assert loaded.articles[1].text.startswith("@SUM(1+1)")


def test_huge_fields():
    long = "Forces moved in. " * 11_000  # 187,000 characters: more than the csv module takes by itself
    loaded = articles_from_file("a.csv", table(["text"], [long], [KIRKUK], ["word " * 100_000], [SINJAR]))
    assert [len(article.text) for article in loaded.articles] == [len(long), len(KIRKUK), len(SINJAR)]
    assert "Line 4: the text has 500,000 characters" in messages(loaded)
    loaded = articles_from_file("a.csv", table(["text"], [KIRKUK], ["w" * 10_000_001], [SINJAR]))
    assert len(loaded.articles) == 1
    assert "Line 3: a field is too long" in messages(loaded)


def test_an_unclosed_quote_does_no_harm():
    loaded = articles_from_file("a.csv", f'text\n{KIRKUK}\n"{SINJAR}\n{RAWA}\n'.encode())
    assert loaded.articles[0].text == KIRKUK
    assert SINJAR in loaded.articles[1].text


def test_an_article_that_stands_twice_counts_once():
    loaded = articles_from_file("a.jsonl", lines({"text": KIRKUK}, {"text": SINJAR}, {"text": KIRKUK + "\n"}))
    assert len(loaded.articles) == 2
    assert messages(loaded) == "Line 3 repeats an article of this file, which counts once."
    loaded = articles_from_file("a.csv", table(["text"], *[[KIRKUK]] * 4))
    assert len(loaded.articles) == 1
    assert messages(loaded) == "3 lines repeat articles of this file, which count once (lines 3, 4, 5)."


def test_ten_thousand_identical_lines_take_no_time():
    start = time.perf_counter()
    with pytest.raises(ArticleError, match="repeats one line 10,000 times"):
        articles_from_file("a.txt", (KIRKUK + "\n").encode() * 10_000)
    for name, data in (
        ("a.jsonl", lines(*[{"text": KIRKUK}] * 10_000)),
        ("a.csv", table(["text"], *[[KIRKUK]] * 10_000)),
    ):
        loaded = articles_from_file(name, data)
        assert len(loaded.articles) == 1
        assert "9,999 lines repeat" in messages(loaded)
    assert time.perf_counter() - start < 50  # a guard against a hang, ten times what it takes


def test_many_problems_are_counted_not_listed():
    loaded = articles_from_file("a.jsonl", lines({"text": KIRKUK}, *["{"] * 500))
    assert len(loaded.problems) == 51
    assert "450 more lines" in loaded.problems[-1].message


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \r\n\0", "empty"),
        ("a.csv", b"\xef\xbb\xbf", "empty"),
        ("a.txt", b"%PDF-1.7\n%\xe2\xe3", "This is a PDF: save it as text, or paste the text"),
        ("a.html", b"\n\n%PDF-1.4", "a PDF"),
        ("a.txt", zipped("a.txt"), "an archive"),
        ("a.txt", zipped("word/document.xml"), "a Word document"),
        ("a.csv", zipped("xl/workbook.xml"), "an Excel workbook"),
        ("a.txt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 50, "old Word"),
        ("a.txt", b"{\\rtf1\\ansi hello}", "rich-text"),
        ("a.txt", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "a picture"),
        ("a.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 50, "a picture"),
        ("a.txt", b"RIFF\0\0\0\0WEBP", "a picture"),
        ("a.jsonl", b"\x1f\x8b\x08" + b"\0" * 50, "compressed"),
        ("a.txt", bytes(range(256)) * 20, "no text file"),
        ("a.txt", b"word " * 1_000_001, "5.0 MB and at most 5 MB"),
        ("a.txt", b"word " * 100_000, "at most 200,000"),
        ("a.txt", b"123 456", "no words"),
        ("a.csv", b"text\n", "No article could be taken"),
        ("a.csv", b"a,b\n1,2\n", "no column “text”"),
        ("a.csv", b"\n\n \n", "empty"),
        ("a.csv", b"<html><body>text,b</body></html>", "a web page, not a table"),
        ("a.jsonl", b"{}\n", "Line 1: there is no “text” \\(the object is empty\\)"),
        ("a.jsonl", b"hello\n", "Line 1: this is no JSON"),
        ("a.json", b"[]", "No article could be taken"),
        ("a.html", b"<html><script>x</script></html>", "No article was found"),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else None,
)  # fmt: skip
def test_files_of_no_use_are_refused_in_a_sentence(name, data, said):
    start = time.perf_counter()
    with pytest.raises(ConflictmapError, match=said) as refused:
        articles_from_file(name, data)
    assert str(refused.value).endswith(".")
    assert time.perf_counter() - start < 30  # a guard against a hang, ten times what it takes


def test_a_damaged_file_loads_and_says_so():
    loaded = articles_from_file("a.txt", ("Иракские войска вошли в Киркук. " * 10).encode()[:-30] + b"\xff end")
    assert len(loaded.articles) == 1
    assert "could not be read" in messages(loaded)


plain = st.text(st.characters(exclude_categories=["C"]), max_size=40)
texts = st.sampled_from(["a.txt", "a.html", "a.jsonl", "a.csv", "a.json", "a", "a.tsv"])


@steady
@given(texts, st.binary(max_size=300))
def test_any_bytes_load_or_are_refused_in_a_sentence(name, data):
    try:
        assert articles_from_file(name, data).articles
    except ConflictmapError as error:
        said = str(error)
        assert said.endswith(".")


@steady
@given(
    st.lists(
        st.fixed_dictionaries({"text": plain, "title": plain, "url": plain}),
        min_size=1,
        max_size=5,
    )
)
def test_a_table_and_json_lines_of_the_same_articles_agree(items):
    rows = [[item["text"], item["title"], item["url"]] for item in items]
    results = []
    for name, data in (("a.jsonl", lines(*items)), ("a.csv", table(["text", "title", "url"], *rows))):
        try:
            results.append(
                [(article.id, article.title, article.url) for article in articles_from_file(name, data).articles]
            )
        except ConflictmapError:
            results.append([])
    assert results[0] == results[1]
