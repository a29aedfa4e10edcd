"""Where articles come from: pasted text, files, web pages.

Each source gives `Article`s with a date of publication that says how it is known, and one clear
sentence when it cannot.
"""
