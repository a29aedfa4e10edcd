"""The screen knows no language: nothing of it loads the language model before an article is read."""

from __future__ import annotations

import subprocess
import sys

MODULES = (
    "dashboard.api dashboard.charts dashboard.layer_api dashboard.card_list dashboard.filters dashboard.intake dashboard.map_panel dashboard.method_text "
    "dashboard.reading_view dashboard.sharing dashboard.snapshots.html dashboard.stored_articles"
)


def test_no_page_loads_the_language_model():
    code = (
        f"import importlib, sys\nfor name in {MODULES.split()!r}: importlib.import_module(name)\n"
        "assert 'spacy' not in sys.modules, 'spacy'\nassert 'geodata.reading' not in sys.modules, 'geodata.reading'\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)  # noqa: S603  our own code
    assert done.returncode == 0, done.stderr[-2000:]
