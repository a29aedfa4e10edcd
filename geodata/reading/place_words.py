"""Words around place names, and what they say about them."""

from __future__ import annotations

import re

from geodata.event import Precision


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


LOCATIVE = _words(
    "in near at from to into outside around toward towards inside across through between throughout over "
    "northern southern eastern western central north south east west northeast northwest southeast southwest "
    "downtown within beyond via above off retook recaptured captured seized besieged liberated entered left "
    "stormed storming overran overrunning raided raiding shelling bombing seizing retaking "
    "visited visiting visits reached reaching reach shelled bombed bombarded retake recapture capture seize besiege enter "
    "leaving departed toured"
)
"""Words after which a name is a place more often than a person."""

STRUCK = _words(
    "struck striking strike strikes hit hitting hits attacked attacking attack attacks targeted targeting target targets "
    "pounded pounding pound pounds bomb bombs bombard bombards shell shells raid raids storm storms rock rocks rocked "
    "shake shakes shook control controls controlling controlled restore restores restored regain regains regained fled "
    "fleeing flee defend defends defending"
)
"""Words after which a name is a place where such a place is likely to be attacked, and else as often a person."""

# What strikes or is fought for, and so is what stands behind it: "raids by two jets on Derna", "the fall of Derna".
BLOWS = (
    "shelling|bombing|bombardment|targeting|raids?|(?:air ?)?strikes?|air-strikes?|attacks?|assaults?|offensives?|bombs?|"
    "barrels?|shells?|missiles?|rockets?|mortars?|fire|battles?|clash|clashes|fighting|massacre|siege|control|capture|"
    "recapture|liberation|loss|fall|advances?|advancement"
)

TITLES = _words(
    "mr mr. mrs mrs. ms ms. dr dr. miss sir lord lady president minister premier chancellor king queen prince "
    "princess sheikh sheik shaikh imam ayatollah pope bishop archbishop cardinal gen gen. general lt lt. lieutenant "
    "col col. colonel maj maj. major capt capt. captain sgt sgt. sergeant cpl cpl. corporal brigadier commander "
    "spokesman spokeswoman spokesperson senator sen sen. rep rep. gov gov. governor mayor judge justice "
    "professor prof prof. ambassador secretary chairman chief director officer detective inspector constable "
    "coach actor actress singer writer author analyst reporter correspondent journalist lawyer attorney "
    "mullah emir caliph abu umm bin ibn abd abdul von van"
)
"""Words before a person's name."""

# A body that stands at the place in its name: "Aleppo University" is in Aleppo. "Bank of America" is not "in" it.
LOCAL_BODIES = _words(
    "university college school academy institute hospital clinic infirmary airport airfield airbase station port harbour harbor "
    "council municipality governorate police court prison jail cathedral church mosque museum library stadium park arena "
    "zoo theatre theater opera hotel mall bridge tunnel dam refinery camp base barracks district county city town "
    "chamber sheriff department fire tower castle palace square street road avenue highway bay harbor beach "
    "provincial governor mayor operations command legislature assembly parliament symphony marathon festival"
)

# A body that belongs to the place in its name and acts for it, wherever it stands: the name stands for it.
PUBLIC_BODIES = _words(
    "government ministry department bureau agency service services survey authority administration commission "
    "board association society coalition partnership foundation troopers centers centre center federation union "
    "institute army navy marines guard forces congress senate senator representative secretary minister embassy "
    "consulate treasury customs directorate"
)

# With a capital before a name, and no part of it: "Old Derna".
PART_BEFORE = _words("old rural greater downtown inner outer upper lower central")

NAME_PARTS = _words("al el de la of the and bin ibn abu el- al- du des von van der e y")

# What follows a name that is no place there: "West Nile virus", "Milan missiles", "US$ 5".
DISEASE_BEHIND = re.compile(
    r"\s+(?:ha?emorrhagic |equine |spotted |viral |bird |swine )*(?:\w*virus(?:es)?|disease|fever|flu|influenza|syndrome|variant|encephalitis)\b",
    re.IGNORECASE,
)
NOT_BEHIND = re.compile(r"(?:\$|/\d|\s+(?:missiles?|rifles?|tanks?|launchers?|time|dollars?|euros?|rivers?'s)\b)")
# What stands before a name that is no place there: "$US 5", "Cyclone Larry".
NOT_BEFORE = re.compile(r"(?:\$|\b(?:[Hh]urricane|[Cc]yclone|[Tt]yphoon|[Tt]ropical [Ss]torm)\s+)$")
# An operation is called after a place, or after what a town far away is called too: "Operation Golden Gate",
# "the “Olive Branch” Operation".
OPERATION_BEFORE = re.compile(r"\b(?:Operation|Campaign)\s+[\"“'‘]?(?:[A-Z][\w’'-]+\s)?$")
OPERATION_BEHIND = re.compile(
    r"(?:[\"”'’]+\s+(?i:operation|campaign|offensive)|\s+(?:Operation|Campaign))\b(?!\s+[Rr]oom)"
)
# ... or is a part of what it is called, and so are they who fight in it: “Tigris Shield” forces.
_OF_OPERATIONS = "Shield|Wrath|Storm|Dawn|Fury|Rage|Anger|Thunder|Sword|Spear|Spring|Volcano"
IN_OPERATION = re.compile(
    r"(?:\s+[A-Z][\w’'-]+){1,2}[\"”'’]+\s+(?i:operations?|campaign|offensive|forces|fighters|factions|battle|troops|room)\b"
    rf"|\s+(?:{_OF_OPERATIONS})\b|\s+(?i:{_OF_OPERATIONS})[\"”]"
)
# A name between quotation marks is something's name, as a rule not the place's.
QUOTED = re.compile(r"[\"”]")
QUOTE_BEFORE = re.compile(r"[\"“]$")
# A person and his age, or where he is from: "Chad, 34, lives in", "Paul Kent, 29, of Bracknell".
AGE_BEHIND = re.compile(r",\s+(?:aged\s+)?\d{1,2},\s+(?=[a-z])")
AGE_BEFORE = re.compile(r"\b\d{1,3},\s+of\s+$")
# Those who live there: "residents of Biu".
PEOPLE_BEFORE = re.compile(
    r"\b(?:residents?|inhabitants|villagers|people|streets|outskirts|edge|mayor|governor|parts|most|all|rest|countryside|"
    r"vicinity|surroundings|suburbs|deserts?|plains?|hills|mountains|areas?|cent(?:er|re)|roads?|out|"
    r"(?:north|south)-?(?:east|west)|north|south|east|west) of\s+(?:the\s+)?$",
    re.IGNORECASE,
)
# The land around a place, behind its name: "Derna countryside".
LAND_BEHIND = re.compile(
    r"(?:['’]s)?\s+(?:(?:north|south|east|west)[a-z-]*\s+|military\s+)?(?:countryside|areas?|outskirts|surroundings|suburbs|deserts?|ax[ie]s|"
    r"fronts?(?!-)|battles?|roads?|crossing|airport|airbase|airfield|oil ?fields?)\b",
    re.IGNORECASE,
)
# Where something is: what the model overlooks there is a place if the gazetteer knows it and the article is of its country.
WHERE = re.compile(
    r"\b(?:[Ii]n|[Nn]ear|[Oo]utside|[Aa]round|[Ff]rom|[Tt]o) (?P<name>(?:(?:al|el)-)?[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)*)"
)
PEOPLE_OF = re.compile(
    r"\b(?:[Rr]esidents|[Ii]nhabitants|[Vv]illagers|[Oo]utskirts|[Ss]treets) of (?P<name>(?:(?:al|el)-)?[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)*)"
)
# Of a source, not of a place: "according to Chambers".
OF_A_SOURCE = re.compile(r"\b(?:according|thanks|statement|letter)\s+(?:to|from)\s+(?:the\s+)?$", re.IGNORECASE)
# A place that the text itself calls one, known or not: "the village of Tongo Tongo".
CALLED_PLACE = re.compile(
    r"\b(?:village|town|city|hamlet|suburb|settlement|district|neighbou?rhood|province|governorate|commune|camp)s? of "
    r"(?P<name>(?:(?:al|el|ad|ar|as|ash|at|an|az|ez|es|der)-)?[A-Z][\w'’-]+(?: (?:(?:al|el|de|la|ez|es)[ -])?[A-Z][\w'’-]+){0,2})"
)
# A place that the word behind it calls one, known or not: "Maoxian county", "Abbassiya district".
UNIT_OF_NAME = re.compile(
    r"(?<![\w'’-])(?P<name>(?:(?:al|el|ad|ar|as|ash|at|an|az|ez|es|der)-)?[A-Z][\w'’]+(?:-[A-Z][\w'’]+)*)"
    r" (?:province|governorate|district|county|oblast|raion|prefecture|municipality|commune|slum)s?\b"
)
# ... or a village or a quarter of a city: "al-Zuhur neighborhood".
KIND_OF_NAME = re.compile(
    r"(?<![\w'’-])(?P<name>(?:(?:al|el|ad|ar|as|ash|at|an|az|ez|es)-)?[A-Z][\w'’]+(?:[- ](?:al-)?[A-Z][\w'’]+)*)"
    r" (?:neighbou?rhood|village|town)\b"
)
# A county, British and Irish: "Co. Cork".
COUNTY_BEFORE_NAME = re.compile(r"\bCo\. (?P<name>[A-Z][a-z]+)\b")
# Capitalised before such a word for another reason: as a sentence begins, for a people or a faith, or as its kind.
NO_UNITS = _words(
    "the this that these those each every any some all no in at of our their its his her which what one two three four five "
    "another other both several many most few local electoral school police health home rural urban congressional "
    "shiite shi'ite sunni kurdish kurd shia druze alawite christian muslim arab turkmen yazidi yezidi jewish hindu "
    "tuareg pashtun hazara predominantly mainly neighboring neighbouring nearby business red-light eu un u.n"
)
# What was done to a place, behind its name: "the Derna massacre".
BLOW_BEHIND = re.compile(
    r"(?:['’]s)?\s+(?:massacre|offensive|siege|bombing|bombardment|shelling|clash|clashes|battles?|fighting|airstrikes?|raids?)\b",
    re.IGNORECASE,
)
# ... and with a capital, as if it were a name: "Marib Desert".
LAND = re.compile(r"\s+(?:Deserts?|Mountains?|Hills?|Valley|Plain|Countryside|Suburbs?|Steppe|Front)$")
# What opens the name of a body for the sake of honour and says nothing of where it is: "Royal Free Hospital".
OF_HONOUR = _words("royal queen king prince princess duke saint general memorial national holy sacred martyr martyrs")
DAYS_AND_MONTHS = _words(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december"
)
# After the name of who leads them: "the Abbott government".
OF_A_LEADER = _words("administration government cabinet presidency regime family camp era years doctrine")
SENTENCE_OPENERS = _words("yesterday today tonight tomorrow meanwhile overnight earlier later")
# What opens a longer name: "Fort Campbell" is no Campbell.
OPENS_NAME = _words(
    "fort camp lake mount mt mt. port cape point saint st st. san santa santo sainte ras tel tal tell kfar kafr beit bayt umm wadi jebel jabal"
)
# What opens the names of places rather than those of persons: "Wadi Zem-Zem", "Tal Skuf".
OPENS_PLACE = _words(
    "wadi tal tel tell tall ras kafr kfar kafar beit bayt jabal jebel jebal djebel ayn ain ein deir dayr jisr sahl bir burj bab "
    "khan souq souk hammam marj qasr nahr tulul ghabat al-jabal"
)
# The holder of an office, after the name of what the office is for: "Quebec Health Minister".
OFFICE_BEHIND = re.compile(r"\s+(?:(?:Vice|Deputy)[- ])?(?:Minister|Secretary|Mayor|Governor|Premier|Commissioner)\b")
# What stands behind a place's name without being part of it.
HYPHENATED = re.compile(r"-[a-z]+$")

# What stands behind or before a name and says what kind of place it is.
_PROVINCE = (
    "province|provinces|governorate|governorates|state|oblast|prefecture|region|department|emirate|wilayat|wilayah"
)
_DISTRICT = "district|districts|county|raion|sub-district|subdistrict|municipality|cercle|woreda|township|territory"
_SETTLEMENT = "city|town|village|suburb|neighborhood|neighbourhood"
UNIT_BEHIND = re.compile(
    rf"(?:,? (?:and|or) (?:al-)?[A-Z][\w'’-]+)?\s+(?:(?P<province>{_PROVINCE})|(?P<district>{_DISTRICT})|(?P<settlement>{_SETTLEMENT}))\b",
    re.IGNORECASE,
)
UNIT_BEFORE = re.compile(
    rf"\b(?:(?:(?P<province>{_PROVINCE}|governors?)|(?P<district>{_DISTRICT})|(?P<settlement>{_SETTLEMENT}s?|towns|cities|villages|port))\s+of\s+(?:the\s+)?(?:[A-Z][\w'’-]+ (?:and|or) )?"
    rf"|(?P<county>Co\.|County)\s+)$",
    re.IGNORECASE,
)
# Units that end a name and that people leave out of it: "Kirkuk" in "Kirkuk province".
TRIMMED_UNIT = re.compile(
    r"\s+(?:province|governorate|oblast|prefecture|district|provinces|governorates|state|region|city|town|village)$|"
    r"\s+(?:Province|Governorate|Oblast|Prefecture)$"
)
UNIT_IN_SMALL_LETTERS = re.compile(r"\s+(?:province|governorate|oblast|district|state|county|region)$")
LEADING_UNIT = re.compile(
    r"^(?:(?:the|a|an)\s+)?(?:(?:city|town|village|province|governorate|state|district|port|capital|county|municipality|region)\s+of\s+|co\.\s+)",
    re.IGNORECASE,
)
DIRECTION = re.compile(
    r"^(?:(?:the|far|mid)\s+)?(?:(?:north|south)?(?:east|west)(?:ern)?|north(?:ern)?|south(?:ern)?|central|downtown|upper|lower|greater|mainland|rural|"
    r"old|inner|coastal|mid|nearby|neighbou?ring|south-east(?:ern)?|south-west(?:ern)?|north-east(?:ern)?|north-west(?:ern)?)[\s-]+"
)
# The same with a capital, as a sentence or headline has it, where the whole is no name: "Central Baghdad".
COMPASS = re.compile(
    r"^(?:(?:North|South)?(?:[Ee]ast|[Ww]est)(?:ern)?|North(?:ern)?|South(?:ern)?|Central|Mid|Old|Rural|(?:North|South)-(?:East|West)(?:ern)?)[\s-]+"
)
BARE_DIRECTION = re.compile(
    r"(?:(?:north|south)-?)?(?:east|west)(?:ern)?|(?:north|south)(?:ern)?|cent(?:ral|er|re)", re.IGNORECASE
)
# What the model takes into a name and says where something else is: "Zaydiyah west" in "Zaydiyah west of Hodeidah".
DIRECTION_BEHIND = re.compile(r"(?<=\w)\s+(?:north|south|east|west)(?:-?(?:east|west))?$")
# ... and where it cuts one: "Bab al" of "Bab al-Yemen".
ENDS_WITH_ARTICLE = re.compile(r"[\s-](?:al|el|ad|ar|as|ash|at|an|az|ez|es)$", re.IGNORECASE)
SMALL_ARTICLE = re.compile(r"(?:[ae]l|[ae][dnrstz]|[ae]sh)-[A-Z]")
JOINED_NAME = re.compile(r"-[A-Z][\w'’]+")
ARTICLE = re.compile(r"^(?:the|The|THE|a|A|an|An)\s+(?=\S)")
POSSESSIVE = re.compile(r"(?:['’]s|['’]|\s+['’]s)$")
PART_JOINT = re.compile(
    r"\s*[,/;]\s*|\s+(?:and|or|to|in)\s+|\s*[–—]\s*|\s+-\s+"
    r"|(?<!\b[AaEe]l)(?<!\b[AaEe][dnrstz])(?<!\b[AaEe]sh)-(?=[A-Z])"  # "Bab al-Yemen" is one name
)

PRECISION_OF = {
    "county": Precision.DISTRICT,
    "province": Precision.PROVINCE,
    "district": Precision.DISTRICT,
    "settlement": Precision.SETTLEMENT,
}

# Verbs of saying and deciding, in the forms that reports use: what does them is a government, not a place.
STATEMENT_FORMS = _words(
    "say says said saying announce announces announced warn warns warned accuse accuses accused deny denies denied "
    "reject rejects rejected agree agrees agreed vow vows vowed urge urges urged demand demands demanded insist insists "
    "insisted claim claims claimed declare declares declared condemn condemns condemned call calls called offer offers "
    "offered refuse refuses refused threaten threatens threatened order orders ordered ask asks asked want wants wanted "
    "consider considers considered decide decides decided approve approves approved support supports supported back backs "
    "backed oppose opposes opposed impose imposes imposed recognise recognises recognised recognize recognizes recognized "
    "suspend suspends suspended welcome welcomes welcomed criticise criticised criticizes criticized blame blames blamed "
    "sign signs signed negotiate negotiates negotiated pledge pledges pledged promise promises promised tell tells told "
    "see sees saw fear fears feared hope hopes hoped seek seeks sought send sends sent summon summons summoned "
    "expel expels expelled believe believes believed view views viewed regard regards regarded plan plans planned "
    "respond responds responded retaliate retaliated ban bans banned veto vetoes vetoed propose proposes proposed "
    "invite invites invited act acts acted lift lifts lifted halt halts halted close closes closed deploy deploys deployed "
    "join joins joined intervene intervenes intervened maintain maintains maintained argue argues argued "
    "express expresses expressed state stated"
)
STATEMENT_LEMMAS = _words(
    "say announce warn accuse deny reject agree vow urge demand insist claim declare condemn call offer refuse threaten "
    "order ask want consider decide approve support back oppose impose recognise recognize suspend welcome criticise "
    "criticize blame sign negotiate pledge promise tell see fear hope seek send summon expel believe view regard plan "
    "respond retaliate ban veto propose invite act lift halt close deploy join intervene maintain argue express state"
)
STATEMENT_NOUNS = _words(
    "decision statement demand demands response position stance policy policies offer proposal threat threats warning "
    "request refusal rejection view views support opposition ambassador government foreign ministry interests ally allies "
    "order ultimatum sanctions pledge promise insistence concerns"
)
CAPITALS_NOT_SEATS = {"Kremlin", "Downing Street"}
