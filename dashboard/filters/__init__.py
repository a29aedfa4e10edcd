"""The sidebar: every filter of a view, with counts. The view is the truth, widgets only show it.

Before a widget is made, its value is set from the view; when a person changes it, a callback
changes the view. So a link, the timeline and the buttons can change a filter like the widget
itself can, and a widget that was away (another page was open) comes back as it was.

What a filter offers depends on all other filters and not on itself, and the store keeps answers
by just that (`geodata.store.facets`): a click on a type asks for nothing about types again.
Names of actors, regions and publishers are asked for only when somebody looks for one.
"""

from dashboard.filters.ahead import foretold
from dashboard.filters.sidebar import clear, sidebar

__all__ = ["clear", "foretold", "sidebar"]
