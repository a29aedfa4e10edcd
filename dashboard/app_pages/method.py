"""The method page: how it works, what it gets wrong, data and licences, words."""

from __future__ import annotations

import streamlit as st

from dashboard import resources
from dashboard.method_text import (
    DATA_AND_LICENCES,
    HOW_IT_WORKS,
    LIMITS,
    WORDS,
    figures,
    precision_table,
    types_table,
)
from dashboard.texts import DISCLAIMER, REPORTS_NOT_FACTS

with st.container(width=860, key="method"):
    st.title("Method", anchor=False)
    st.markdown(f"{REPORTS_NOT_FACTS} This page says how they come about and where they go wrong.")

    st.header("How it works", anchor="how")
    st.markdown(HOW_IT_WORKS)

    st.header("What it gets wrong", anchor="limits")
    st.markdown(LIMITS)
    measured = figures()
    for table in measured:
        if table.title:
            st.markdown(f"**{table.title}**")
        st.table(table.frame, alt=table.title or "Measured figures")
        if table.note:
            st.caption(table.note)
    if not measured:
        st.caption("Measured figures appear here once the benchmarks have been run on this installation.")

    st.header("Words", anchor="words")
    st.markdown(WORDS)

    st.header("How precise a place is", anchor="precision")
    st.table(precision_table(), alt="Classes of precision of a place", hide_index=True)

    st.header("Types of event", anchor="types")
    st.markdown(
        "The types are those of PLOVER (Open Event Data Alliance), in its four classes. PLOVER has no vote; "
        "this project adds Vote, in a class of its own, political process."
    )
    st.table(types_table(), alt="Types of event with their classes and what they mean", hide_index=True)

    st.header("Data and licences", anchor="data")
    st.markdown(DATA_AND_LICENCES)
    gazetteer = resources.gazetteer()
    if gazetteer:
        known = gazetteer.stats()
        st.caption(
            f"Places known here: {known['places']:,}, under {known['names']:,} names; list made on {known['built']}."
        )

    st.header("Borders", anchor="borders")
    st.markdown(resources.boundary_disclaimer() or DISCLAIMER)
