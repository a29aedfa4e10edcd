"""Words for people and groups: what kind of actor a noun names."""

from __future__ import annotations

from geodata.event import ActorKind
from geodata.reading.word_sets import word_set

_WORDS: dict[ActorKind, str] = {
    ActorKind.STATE_FORCES: """army military troop soldier navy force warplane jet aircraft helicopter commander
        general colonel lieutenant brigadier marine serviceman servicewoman unit brigade battalion regiment division
        guard gunship officer airman paratrooper commando infantry garrison coastguard artillery tank plane warship""",
    ActorKind.GOVERNMENT: """government authority official minister ministry president parliament cabinet lawmaker
        legislator mp premier leader spokesman spokeswoman spokesperson diplomat ambassador envoy delegation court junta presidency
        governor mayor administration regime leadership prosecutor judge senator chancellor king prince emir
        chief council counterpart negotiator aide adviser advisor commission state country republic kingdom
        bureaucrat politician mediator councillor representative consul secretary speaker vice-president deputy chairman chairwoman commissioner embassy consulate tribunal committee office nation donor ally partner jurist police-chief""",
    ActorKind.REBEL_GROUP: """rebel militant insurgent guerrilla guerilla gunman fighter terrorist jihadist jihadi
        extremist separatist bomber attacker assailant kidnapper sniper mutineer pirate bandit arsonist""",
    ActorKind.MILITIA: "militia militiaman paramilitary vigilante tribesman mercenary settler warlord",
    ActorKind.PARTY: "party opposition faction bloc candidate politburo",
    ActorKind.PROTESTERS: "protester protestor demonstrator rioter striker activist marcher crowd mob looter picketer",
    ActorKind.CIVILIANS: """civilian resident people villager woman man child family refugee student worker farmer
        pilgrim citizen person engineer technician worshipper passenger patient voter teacher doctor shopper mourner bystander boy girl
        baby inhabitant townspeople local household migrant prisoner detainee hostage captive nurse medic driver
        labourer laborer fisherman herder trader tourist youth victim other dissident inmate convoy community
        shepherd merchant evacuee returnee wounded dead nomad employee minority brother tribe population inhabitant supporter follower evacuee""",
    ActorKind.MEDIA: "journalist reporter cameraman photographer newspaper broadcaster correspondent blogger editor",
    ActorKind.CIVIL_SOCIETY: """monitor watchdog charity agency ngo organisation organization union cleric imam priest bishop
        lawyer rescuer volunteer monk scholar academic historian church group movement association federation""",
    ActorKind.BUSINESS: "company firm bank contractor businessman trader airline operator employer",
    ActorKind.INTERNATIONAL: "coalition alliance bloc peacekeeper observer inspector agency mission",
}
_POLICE = frozenset({"police", "policeman", "policewoman", "gendarme", "gendarmerie"})

KIND_OF: dict[str, ActorKind] = {word: kind for kind, words in _WORDS.items() for word in reversed(words.split())}
KIND_OF |= dict.fromkeys(_POLICE, ActorKind.STATE_FORCES)

# Canonical names of actors that no list can hold.
GENERIC_NAME: dict[ActorKind, str] = {
    ActorKind.STATE_FORCES: "State forces",
    ActorKind.GOVERNMENT: "Government",
    ActorKind.REBEL_GROUP: "Unidentified armed group",
    ActorKind.MILITIA: "Militia",
    ActorKind.PARTY: "Opposition",
    ActorKind.PROTESTERS: "Protesters",
    ActorKind.CIVILIANS: "Civilians",
    ActorKind.MEDIA: "Journalists",
    ActorKind.CIVIL_SOCIETY: "Civil society",
    ActorKind.BUSINESS: "Business",
    ActorKind.INTERNATIONAL: "International organisation",
}

# One person, by office: "the minister" is somebody named before.
PERSON_TITLES = word_set(
    """minister president premier leader spokesman spokeswoman spokesperson diplomat ambassador envoy governor mayor
    commander general colonel king prince emir chancellor secretary chief judge cleric senator counterpart adviser
    advisor speaker politician representative"""
)

# Nouns whose "of" or "from" phrase says who they are: "fighters of the group", "dozens of civilians".
MEMBERS = word_set(
    """member fighter force leader commander follower supporter unit spokesman spokeswoman official representative
    cell faction dozen hundred thousand score ten number group majority remnant convoy rest body delegation head
    chief part position stronghold wing branch soldier militant army troop people resident million lot couple
    president minister parliament government ambassador family relative some most many all one two three statement report resolution communique letter"""
)

POLICE = _POLICE

# Whoever flies, drives or fires one is not told by it: "warplanes" are somebody's, and it matters whose.
MACHINES = word_set("warplane jet aircraft airplane aeroplane helicopter plane gunship tank warship artillery")
# How many were killed or hurt, and not who.
TOLLS = word_set("casualty fatality death injury loss toll martyr wound")

# Where something is, and not who.
GROUND = word_set(
    """countryside city town village area vicinity outskirt outskirts province district neighbourhood neighborhood region
    north south east west suburb desert mountain valley road airport airbase camp border front coast triangle"""
)

# What has a name and never acts.
PAPERS = word_set(
    """plan agreement accord accords treaty pact convention protocol memorandum resolution declaration charter constitution
    law bill act deal truce ceasefire roadmap report budget"""
)

# Whom an attack on such a place or vehicle strikes, when nothing says whose it is.
_SITES: dict[ActorKind, str] = {
    ActorKind.STATE_FORCES: "base barracks checkpoint outpost garrison airbase patrol motorcade",
    ActorKind.CIVILIANS: """market marketplace bazaar mosque church temple shrine synagogue school hospital clinic village
        house home bus minibus taxi train restaurant cafe hotel shop mall funeral wedding neighbourhood neighborhood
        university cinema stadium playground bakery hamlet ambulance""",
}
SITES: dict[str, ActorKind] = {word: kind for kind, words in _SITES.items() for word in words.split()}
# "A police convoy", "a rebel base": the word before says whose.
HELD = word_set(
    "convoy station post base checkpoint patrol vehicle camp headquarters position bus truck car barracks outpost compound academy centre center facility van depot office building bunker hideout stronghold"
)

# People of no country of their own, and of faiths, as news names them.
PEOPLES = word_set(
    """kurd kurds kurdish turkmen turkman yazidi yazidis yezidi yezidis sunni sunnis shiite shiites shi'ite shi'ites
    shia christian christians muslim muslims rohingya tuareg tigrayan amhara oromo assyrian assyrians alawite alawites
    druze jew jews arab arabs hazara pashtun baloch uighur uyghur chechen chechens crimean hutu tutsi masalit fulani
    dogon bedouin bedouins berber berbers copt copts maronite maronites tamil tamils pashtuns balochis tuaregs hazaras
    amharas oromos tigrayans fulanis circassian circassians tatar tatars roma"""
)
