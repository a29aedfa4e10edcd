"""The articles page: take an article in, see what is read in it, then save it or not."""

from __future__ import annotations

import streamlit as st

from dashboard import resources
from dashboard.intake import (
    Intake,
    ask_for_date,
    discard,
    given_details,
    intake,
    read_all,
    save,
    take_address,
    take_file,
    take_text,
    view_of_saved,
)
from dashboard.reading_view import show_reading
from dashboard.stored_articles import stored_articles
from dashboard.texts import count_words, plain
from geodata.settings import settings

st.title("Articles", anchor=False)
waiting: Intake = intake()

if waiting.saved:
    st.success(waiting.saved)
    if waiting.saved_after and st.button("Show on the map", key="show-saved", icon=":material/map:"):
        view_of_saved(waiting.saved_after)
        st.switch_page("app_pages/map.py")

if not waiting.readings:
    paste, upload, address = st.tabs(["Paste", "Upload", "Address"], key="intake-tabs", on_change=discard)
    if paste.open:
        with paste, st.form("paste", border=False):
            # No max_chars: a field with a limit drops a longer paste without a word, an article says what is too long.
            text = st.text_area(
                "Text of the article", height=200, key="paste-text", placeholder="Paste the words of one article"
            )
            details = given_details("paste")
            if st.form_submit_button("Read", type="primary", key="paste-read"):
                take_text(text or "", details)
                st.rerun()
    if upload.open:
        with upload, st.form("upload", border=False):
            file = st.file_uploader(
                "A file of articles", type=["txt", "html", "htm", "jsonl", "csv"], key="upload-file"
            )
            st.caption(
                "Text and pages hold one article; .jsonl and .csv hold one a line, with a column “text” and, "
                "if known, title, url, source and published."
            )
            details = given_details("upload")
            if st.form_submit_button("Read", type="primary", key="upload-read"):
                take_file(file.name if file else "", file.getvalue() if file else b"", details)
                st.rerun()
    if address.open:
        with address:
            if settings().fetch_allowed:
                with st.form("address", border=False):
                    url = st.text_input("Address of a page", placeholder="https://…", key="address-url")
                    details = given_details("address")
                    if st.form_submit_button("Read", type="primary", key="address-read"):
                        take_address(url or "", details)
                        st.rerun()
            else:
                st.caption("This installation does not fetch pages: paste the text or upload a file.")

if waiting.error:
    st.error(plain(waiting.error))
if waiting.articles:
    read_all(waiting)

if waiting.readings:
    total = sum(len(reading.events) for reading in waiting.readings)
    with st.container(horizontal=True, vertical_alignment="center", key="preview-head"):
        st.markdown(
            f"**Not saved yet.** {count_words(total, 'event')} in {count_words(len(waiting.readings), 'article')}.",
            width="stretch",
        )
        st.button("Save", type="primary", key="save", on_click=save)
        st.button("Discard", key="discard", on_click=discard)
    for problem in waiting.problems[:20]:
        st.warning(plain(problem))
    chosen = 0
    if len(waiting.readings) > 1:
        titles = [reading.article.title or reading.article.text[:60] for reading in waiting.readings]
        chosen = st.selectbox(
            "Article", range(len(titles)), format_func=lambda i: f"{i + 1}. {titles[i]}", key="preview-which"
        )
    ask_for_date(waiting, chosen)
    show_reading(waiting.readings[chosen], key="preview")
else:
    stored_articles(resources.store())
