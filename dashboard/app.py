"""The pages and how one gets from one to another. Streamlit runs this file on every interaction."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboard.precedence import after_you
from dashboard.texts import APP_NAME

HERE = Path(__file__).parent
SIDEBAR_PX = 320

after_you()

st.set_page_config(
    page_title=APP_NAME,
    page_icon=str(HERE / "maps" / "static" / "icon.svg"),
    layout="wide",
    initial_sidebar_state=SIDEBAR_PX,
)
st.html(HERE / "maps" / "static" / "cards.css")
st.html(HERE / "page.css")
st.html(HERE / "filters.css")

page = st.navigation(
    [
        st.Page(HERE / "app_pages" / "map.py", title="Map", icon=":material/map:", default=True),
        st.Page(HERE / "app_pages" / "articles.py", title="Articles", icon=":material/article:"),
        st.Page(HERE / "app_pages" / "gallery.py", title="Snapshots", icon=":material/photo_library:"),
        st.Page(HERE / "app_pages" / "method.py", title="Method", icon=":material/menu_book:"),
    ],
    position="top",
)
page.run()
