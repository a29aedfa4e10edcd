"""What the tests of the command line read, and how a message must look."""

from __future__ import annotations

KIRKUK = "Iraqi forces entered Kirkuk on Monday, killing three fighters."
SINJAR = "Islamic State militants attacked Sinjar on Tuesday."


def is_one_sentence(text):
    return text.count("\n") == 1 and text.rstrip().endswith((".", ")")) and "Traceback" not in text
