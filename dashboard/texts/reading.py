"""What the list of events, the table, and the help say."""

from __future__ import annotations

CARDS, TABLE = "Cards", "Table"
LISTED_AS = "Show the events as"
SORT = "Sort"
ORDERS = {
    "-date": "Newest first",
    "date": "Oldest first",
    "-confidence": "Surest first",
    "-fatalities": "Most deaths first",
    "precision": "Most precise first",
}
TABLE_LABEL = "Reported events, one a row. Choose a heading to sort, a row to select the event on the map."
SELECT = "Select the event of"
NOTHING_HERE = "Nothing here passes the filters."
COLUMNS = {
    "date": "Date",
    "type": "Type",
    "who": "Who → whom",
    "place": "Place",
    "precision": "How precise",
    "fatalities": "Deaths",
    "confidence": "Confidence",
    "source": "Source",
    "reports": "Reports",
}
NOT_NAMED = "Not named"
NO_DATE = "Not known"
NOT_PLACED = "Not placed"

HELP = "Help"
# What a mouse over an icon is told, by the key of the button.
ICON_HINTS = {
    "undo": "Undo the last change of a filter (u)",
    "redo": "Redo it (Shift + u)",
    "help": "How to use the map (?)",
}
HELP_TITLE = "How to use the map"
HELP_KEYS = (
    ("↓ or j", "next event"),
    ("↑ or k", "previous event"),
    ("/", "go to the search"),
    ("u", "undo the last change of a filter"),
    ("Shift + u", "redo it"),
    ("?", "open this help"),
    ("Escape", "close what is open, or select nothing"),
    ("Arrows on the map", "move it"),
    ("+ and − on the map", "zoom"),
)
HELP_KEYS_TITLE = "Keyboard"
HELP_KEYS_NOTE = "Keys do nothing while you type in a field."
HELP_FILTERS_TITLE = "Filters"
HELP_FILTERS = (
    "Within one filter, values are alternatives: Kirkuk or Erbil. Between filters, all must hold: Kirkuk, and October.",
    "The number behind an option says how many events it would leave, with all other filters as they are.",
    "Each filter that is set stands above the map. Choose it there to take it off.",
    "The address of the page holds the whole view. Copy it, and others see the same.",
)
HELP_MAP_TITLE = "Reading the map"
HELP_MAP = (
    "A dot is a place, a ring with a number is several events. Colours say which kind of event leads.",
    "What is known only to a province or a country is drawn as that area, never as a point.",
    "Reports without a place that is surely known are counted as not placed, and listed by that link.",
)
