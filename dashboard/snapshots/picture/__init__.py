"""Pictures of a snapshot, drawn from vectors by matplotlib: no browser, no tiles, no network.

They look like the map on the screen: the same shapes, colours and symbols, the same rules for
names and for marks that would overlap.
"""
