"""What all widgets of the sidebar share: their value is set from the view, never the other way round."""

from __future__ import annotations

from typing import Any

import streamlit as st


def put(key: str, value: Any) -> str:
    """Set a widget's value before the widget is made, and return its key."""
    st.session_state[key] = value
    return key


def value_of(key: str) -> Any:
    """Return a widget's value, in its callback."""
    return st.session_state.get(key)
