"""Sentences to train on, all written for this purpose; names are put into the slots.

Slots: `{town}` a place around which the text plays, `{village}` a small one there, `{province}` the unit
("Kirkuk province" or "Kirkuk"), `{bare}` the unit's bare name, `{district}` one of its districts, `{country}` the country, `{seat}` the capital,
`{world}` a place known to everyone, `{stranger}` a place with no tie to the text, `{nation}` an adjective of people,
`{far}` a town of another country with the country behind it, `{inside}` a town with its unit or country behind it.
"""

from __future__ import annotations

LOCAL = (
    "Fighters took the checkpoint between {town} and {town} before dawn.",
    "Shells fell on {village}, a few kilometres outside {town}, and killed two people.",
    "The road from {town} to {town} was closed after an explosion.",
    "A bomb went off at a market in {town}, police said.",
    "Residents of {village} said that soldiers had searched their houses.",
    "The hospital in {town} admitted eleven wounded.",
    "Several hundred people marched through {town} on Friday.",
    "Families from {village} and {village} fled to {town}.",
    "A spokesman for {province} said that calm had returned.",
    "The police chief of {province} denied the report.",
    "{nation} forces said that they had pushed the group out of {town}.",
    "Two trucks with flour reached {town} on Monday.",
    "Elders in {village} asked for talks.",
    "Rain washed away the bridge at {village} in {bare}.",
    "Schools stayed closed in {town}, {town} and {town}.",
    "Drones were seen over {town} twice this week.",
    "In {village}, a teacher was shot dead by unknown men.",
    "The governor of {province} visited {town} on Sunday.",
    "The army moved troops from {town} towards {village}.",
    "A court in {town} sentenced four men to prison.",
    "Power was cut in {town} and in parts of {bare}.",
    "He was born in {village} and went to school in {town}.",
    "The two sides agreed on a truce near {town}.",
    "At least six people died when a boat capsized off {town}.",
    "Workers at a plant in {town} have been on strike since Tuesday.",
    "A train left the rails near {village}.",
    "The mayor of {town} called the attack a crime.",
    "A fire in {district} has burned for a week.",
    "The clash took place in {district}, on the edge of {bare}.",
    "Voters in {bare} go to the polls in May.",
    "Snow closed roads across {bare} and in {town}.",
    "{bare} had been quiet since the truce.",
    "A judge in {district} ordered his release.",
    "The aid group has had an office in {town} for ten years.",
)

NATIONAL = (
    "It is the worst attack in {country} in years.",
    "The government in {seat} sent a delegation.",
    "Ministers met in {seat} to discuss the violence in {bare}.",
    "The {nation} president promised an inquiry.",
    "{country} has been shaken by protests since spring.",
    "Elections in {country} were put off by a month.",
    "The opposition called for a strike in {seat}, {town} and {town}.",
    "{nation} media spoke of nine dead.",
    "Thousands left {bare} for {seat}.",
    "Prices rose in all of {country}.",
    "Protests were reported from {town}, {town}, {town} and {bare}.",
    "{bare} and {bare} were hit hardest.",
    "He has lived in {bare} since he left {country}'s capital.",
)

ABROAD = (
    "The United Nations called for restraint.",
    "Envoys will meet in {world} next week.",
    "{world} and {world} condemned the attack.",
    "Talks in {world} ended without a result.",
    "A plane from {world} landed in {town} with medicine.",
    "His brother lives in {far}.",
    "The weapons had been shipped from {far}, the report said.",
    "The company has its seat in {world}.",
    "Analysts in {world} doubt the figures.",
    "{world} closed its embassy in {seat}.",
    "A similar attack hit {far} last year.",
    "She had studied in {world} before she came to {town}.",
)

WITH_PARENT = (
    "Police in {inside} arrested a man on Thursday.",
    "The fire began in {inside} and spread fast.",
    "A family from {inside} reported the theft.",
    "In {inside}, voters waited for hours.",
    "The storm reached {inside} at noon.",
)

NOISE = (
    "A tourist from {stranger} was among the wounded.",
    "The film was shown in {stranger} too.",
    "The reporter, who grew up in {stranger}, was freed.",
    "The trucks were made in {stranger}.",
)

LONE = (
    "A man was arrested in {any} on Wednesday.",
    "The festival in {any} was called off.",
    "An explosion shook {any} late at night.",
    "Delegates from thirty countries met in {any}.",
    "Heavy rain flooded streets in {any}.",
    "Protesters gathered in {any} for a third day.",
)

DATELINES = (
    "{dateline}, {date} - ",
    "{dateline} (Sample) - ",
    "{dateline}, {country} - ",
    "{dateline}, {country}, {date} (Sample) - ",
)
DATES = ("Jan. 9", "March 3", "June 21", "Sept 14", "Oct. 30", "December 5")
