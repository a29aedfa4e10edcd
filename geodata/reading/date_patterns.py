"""How dates are written in the news: one pattern for each way, tried in this order."""

from __future__ import annotations

import re

from geodata.reading.blocks import MONTH_PATTERN

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_COUNT_WORDS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
)  # fmt: skip
NUMBERS = {word: number for number, word in enumerate(_COUNT_WORDS, start=1)}
NUMBERS |= {"a": 1, "an": 1, "couple of": 2, "a couple of": 2, "several": 0, "few": 0}
_NUMBER = r"\d{1,2}|" + "|".join(sorted(NUMBERS, key=len, reverse=True))
# "Two days before", not "two days before the vote", which counts from the vote; so does "a day after the vote".
_BEFORE = r"before(?! (?:the|a|an|his|her|its|their|this|that|it|he|she|they)\b)"

_WEEKDAY = "|".join(WEEKDAYS) + r"|mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun"
_DAY_SUFFIX = r"(?:st|nd|rd|th)?"
_YEAR = r"(?:,? (?:(?P<y>\d{4})|(?:of )?(?P<rel>last|this) year)\b)?"
PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("iso", r"\b(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})\b"),
        # 16-17 October 2017; October 16-17, 2017; 16 to 17 October; October 16 and 17
        ("range_dm", rf"\b(?P<d>\d{{1,2}}){_DAY_SUFFIX}\s?(?:[-–—]|to|and|or)\s?(?P<d2>\d{{1,2}}){_DAY_SUFFIX}(?: of)? (?P<mon>{MONTH_PATTERN})\b\.?{_YEAR}"),
        ("range_md", rf"\b(?P<mon>{MONTH_PATTERN})\b\.? (?P<d>\d{{1,2}}){_DAY_SUFFIX}\s?(?:[-–—]|to|and|or)\s?(?P<d2>\d{{1,2}}){_DAY_SUFFIX}\b(?!\s?[:%]){_YEAR}"),
        ("dm", rf"\b(?P<d>\d{{1,2}}){_DAY_SUFFIX}(?: of)? (?P<mon>{MONTH_PATTERN})\b\.?{_YEAR}"),
        ("md", rf"\b(?P<mon>{MONTH_PATTERN})\b\.? (?P<d>\d{{1,2}}){_DAY_SUFFIX}\b(?!,?\d){_YEAR}"),
        ("my", rf"\b(?:(?P<part>early|mid|late|mid-)[- ]?)?(?P<mon>{MONTH_PATTERN})\b\.?,? (?:of )?(?:(?P<y>\d{{4}})|(?P<rel>last|this) year)\b"),
        ("in_month", rf"\b(?:in|since|during|last|early|late|mid-?)\s?(?:early |late |mid-?)?(?P<mon>{MONTH_PATTERN})\b(?! \d)"),
        ("season", r"\b(?:(?:early|late|mid)[- ])?(?:(?:in|during|since|over|of) (?:the )?(?:early |late |mid-?)?(?P<season>spring|summer|autumn|winter)\b(?:,? (?:of )?(?:(?P<y>\d{4})\b|(?P<rel>last|this) year))?|(?P<which>last|this) (?P<named>spring|summer|autumn|winter)\b)"),
        ("year", r"\b(?:in|since|during|of|early|late|mid-?)\s?(?:early |late |mid-?)?(?P<y>(?:19|20)\d{2})\b(?!-)"),
        # "The 2017 referendum"; not "the 2000 soldiers".
        ("year", r"(?<=\b[Tt]he )(?P<y>(?:19|20)(?!00)\d{2})\b(?!-)(?= [A-Za-z])"),
        ("ago", rf"\b(?P<n>{_NUMBER}) (?P<unit>day|week|month|year)s? (?:ago|earlier|{_BEFORE}|previously)\b"),
        ("hours", rf"\b(?:less than |under )?(?:a )?(?:(?P<n>{_NUMBER}) )?hours? (?P<from>ago|earlier|{_BEFORE}|previously)\b"),
        ("later", rf"\b(?P<n>{_NUMBER}) (?P<unit>day|week|hour)s? (?:later|after(?!,? \w))\b"),
        ("within", rf"(?<!time )\b(?:within|in|less than(?: in)?|in less than)(?: less than)? (?P<n>{_NUMBER}) (?P<unit>hour|day)s?\b"),
        ("yesterday", r"\b(?:the day before yesterday|the evening before|yesterday|last night|overnight|earlier today|today|tonight|this (?:morning|afternoon|evening)|the (?:previous|day before|following|next) day|the same day|that day|next day|a day later|the night before)\b"),
        ("past_unit", rf"\b(?:(?P<part>earlier|early|late|later)(?: in)? |(?:the )?(?P<edge>beginning|start|end|middle) of )?(?P<which>last|past|this|previous|next|the past|the last|coming|at the|over the|the) (?:(?P<n>{_NUMBER}) )?(?P<unit>week|weekend|month|year|day|hour)s?\b(?! of\b)"),
        ("weekday", rf"\b(?P<next>next |coming )?(?:last |this |early on |late on |on |early |late )?(?P<wd>{_WEEKDAY})(?P<part>(?: (?:morning|afternoon|evening|night))?)\b(?!\w)"),
    )
)  # fmt: skip
# What every pattern has one of: most sentences have none, and need not be searched sixteen times.
ANY = re.compile(
    rf"\d|\b(?:{MONTH_PATTERN}|{_WEEKDAY})\b|day|night|week|month|year|hour|spring|summer|autumn|winter|morning|evening|afternoon",
    re.IGNORECASE,
)
SHORT_WEEKDAY = re.compile(r"(?:on|last|early|late) (?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\b.*")
