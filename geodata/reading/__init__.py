"""One article -> its events.

Small named steps, each of which adds one thing: blocks, mentions, places, actors, acts, dates,
the place of each act, casualties. `Reader` strings them together.
"""
