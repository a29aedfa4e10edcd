"""What GeoNames' feature codes are here: a kind in words, a precision, and how early a label shows.

The codes are GeoNames' (nine classes, some 650 codes); the words and the choice are this project's. A code that
is not in the table takes what its class is in general, so a code that GeoNames adds tomorrow is no error.

Left out, because nothing happens there any more: every code that ends in Q (abandoned: PPLQ, AIRQ, CMPQ, FRMQ ...)
and those of `HISTORICAL`. Not every code that ends in H is historical: CH is a church, SCH a school,
BCH a beach, AIRH a heliport, MRSH a marsh, HTH a heath. A place destroyed by war (PPLW) stays: it is written about.
"""

from __future__ import annotations

from typing import NamedTuple

from geodata.event import Precision

HISTORICAL = frozenset(
    (
        "ADM1H",
        "ADM2H",
        "ADM3H",
        "ADM4H",
        "ADM5H",
        "ADMDH",
        "PCLH",
        "PPLCH",
        "PPLH",
        "PRSHH",
        "RGNH",
    )
)
"""Codes that end in H and mean that the thing is no more."""

COUNTRY_CODES = frozenset(("PCL", "PCLD", "PCLF", "PCLI", "PCLIX", "PCLS", "TERR"))
"""Countries and dependent territories: the gazetteer has them with their shapes."""


class Feature(NamedTuple):
    """What a feature code means here; `rank` is for labels of what has no population (0 never)."""

    kind: str
    precision: Precision
    rank: int = 0


_SITE, _DISTRICT = Precision.SITE, Precision.DISTRICT

_KINDS: dict[str, tuple[Precision, int, str]] = {
    # kind: precision, rank, codes
    "air base": (_SITE, 1, "S.AIRB"),
    "airport": (_SITE, 1, "S.AIRP"),
    "airfield": (_SITE, 1, "S.AIRF"),
    "heliport": (_SITE, 0, "S.AIRH"),
    "air terminal": (_SITE, 0, "S.AIRT"),
    "military base": (_SITE, 1, "S.INSM L.MILB S.MILB"),
    "naval base": (_SITE, 1, "L.NVB"),
    "fort": (_SITE, 1, "S.FT"),
    "training area": (_DISTRICT, 0, "L.MILT L.MVA"),
    "border crossing": (_SITE, 1, "S.CTRB S.PSTB"),
    "customs post": (_SITE, 1, "S.PSTC"),
    "checkpoint": (_SITE, 0, "S.PSTP S.GATE"),
    "police post": (_SITE, 0, "S.PP"),
    "camp": (_SITE, 1, "S.CMP S.CMPRF"),
    "labour camp": (_SITE, 0, "S.CMPL S.CMPLA S.CMPMN S.CMPO"),
    "prison": (_SITE, 1, "S.PRN S.PRNJ"),
    "dam": (_SITE, 1, "S.DAM S.DAMSB"),
    "hospital": (_SITE, 0, "S.HSP S.HSPC S.HSPD S.HSPL S.CTRM"),
    "power plant": (_SITE, 1, "S.PS S.PSH S.PSN"),
    "nuclear site": (_SITE, 1, "S.CTRA"),
    "refinery": (_SITE, 1, "S.OILR"),
    "oil facility": (_SITE, 0, "S.OILJ S.OILT S.OILW S.PMPO"),
    "pipeline": (_DISTRICT, 0, "R.OILP S.OILP"),
    "gas plant": (_SITE, 0, "S.GOSP"),
    "pumping station": (_SITE, 0, "S.PMPW"),
    "mine": (_SITE, 0, "S.MN S.MNAU S.MNC S.MNCR S.MNCU S.MNFE S.MNN S.QUAR"),
    "factory": (_SITE, 0, "S.MFG S.MFGB S.MFGC S.MFGCU S.MFGLM S.MFGM S.MFGPH S.MFGSG S.MLSG S.MLSW S.FNDY S.ITTR"),
    "bridge": (_SITE, 0, "S.BDG"),
    "port": (_SITE, 1, "L.PRT S.MAR S.FY S.PIER S.WHRF S.DCKY"),
    "harbour": (_SITE, 1, "H.HBR H.ANCH H.RDST H.DCKB"),
    "railway station": (_SITE, 0, "S.RSTN S.RSTP S.RSD S.MTRO"),
    "bus station": (_SITE, 0, "S.BUSTN S.BUSTP"),
    "market": (_SITE, 0, "S.MKT S.MALL"),
    "school": (_SITE, 0, "S.SCH S.SCHA S.SCHC S.SCHL S.SCHM S.SCHN S.SCHT"),
    "university": (_SITE, 0, "S.UNIV S.UNIP"),
    "mosque": (_SITE, 0, "S.MSQE"),
    "church": (_SITE, 0, "S.CH S.CTRR"),
    "monastery": (_SITE, 0, "S.MSTY S.CVNT S.HERM"),
    "shrine": (_SITE, 0, "S.SHRN S.TMB"),
    "temple": (_SITE, 0, "S.TMPL"),
    "cemetery": (_SITE, 0, "S.CMTY S.GRVE"),
    "castle": (_SITE, 0, "S.CSTL S.PAL"),
    "archaeological site": (_SITE, 0, "S.ANS S.RUIN S.HSTS"),
    "embassy": (_SITE, 0, "S.DIP S.CSNU"),
    "government building": (_SITE, 0, "S.GOVL S.ADMF S.CAPB S.CTHSE S.BLDA"),
    "hotel": (_SITE, 0, "S.HTL S.RSRT S.GHSE"),
    "stadium": (_SITE, 0, "S.STDM S.ATHF"),
    "farm": (_SITE, 0, "S.FRM S.FRMS S.FRMT S.RNCH S.EST L.AGRC L.AGRF"),
    "oil field": (_DISTRICT, 1, "L.OILF"),
    "gas field": (_DISTRICT, 1, "L.GASF"),
    "coal field": (_DISTRICT, 0, "L.COLF"),
    "mining area": (_DISTRICT, 0, "L.MNA"),
    "region": (_DISTRICT, 0, "L.RGN L.RGNE L.RGNL L.AREA L.TRB L.RESV L.COAST L.CTRA"),
    "industrial zone": (_SITE, 0, "L.INDS"),
    "locality": (_SITE, 0, "L.LCTY"),
    "park": (_DISTRICT, 0, "L.PRK L.RES L.RESN L.RESF L.RESW L.RESA L.RESH"),
    "battlefield": (_DISTRICT, 0, "L.BTL"),
    "oasis": (_DISTRICT, 0, "L.OAS"),
    "salt flat": (_DISTRICT, 0, "L.SALT L.SNOW H.FLTM"),
    "mountain": (_DISTRICT, 0, "T.MT T.PK T.VLC"),
    "mountains": (_DISTRICT, 0, "T.MTS T.PKS"),
    "hill": (_DISTRICT, 0, "T.HLL T.HLLS T.BUTE T.MND T.RISE T.TAL T.UPLD T.RK T.RKS T.CONE"),
    "ridge": (_DISTRICT, 0, "T.RDGE T.SPUR T.CLF T.ESCP T.SCRP"),
    "mountain pass": (_SITE, 0, "T.PASS T.GAP T.SDL T.CUET"),
    "valley": (_DISTRICT, 0, "T.VAL T.VALS T.VALX T.GRGE T.CNYN T.RVN T.CRRU H.WADJ"),
    "plain": (_DISTRICT, 0, "T.PLN T.FLD T.DPR T.LEV T.INTF"),
    "plateau": (_DISTRICT, 0, "T.PLAT T.MESA T.BNCH T.TERR"),
    "desert": (_DISTRICT, 0, "T.DSRT T.ERG T.HMDA T.SAND T.DUNE T.REG"),
    "island": (_DISTRICT, 0, "T.ISL T.ISLET T.ISLF T.ISLM T.ISLX T.ISLT T.ATOL"),
    "islands": (_DISTRICT, 0, "T.ISLS"),
    "peninsula": (_DISTRICT, 0, "T.PEN T.PENX T.CAPE T.PT T.HDLD T.ISTH T.SPIT"),
    "delta": (_DISTRICT, 0, "T.DLTA H.DLTA"),
    "beach": (_SITE, 0, "T.BCH T.BCHS"),
    "cave": (_SITE, 0, "S.CAVE"),
    "river": (_DISTRICT, 0, "H.STM H.STMS H.STMC H.STMD H.STMA H.STMX H.STMH H.STMM H.STMSB H.STMB H.CNFL H.RCH H.ESTY"),
    "wadi": (_DISTRICT, 0, "H.STMI H.STMIX H.WAD H.WADS H.WADX H.WADB H.WADM"),
    "canal": (_DISTRICT, 0, "H.CNL H.CNLA H.CNLB H.CNLD H.CNLI H.CNLN H.CNLSB H.CNLX H.DTCH H.DTCHD H.DTCHI H.DTCHM"),
    "lake": (_DISTRICT, 0, "H.LK H.LKI H.LKS H.LKX H.LKN H.LKNI H.LKO H.LKOI H.LKC H.LGN H.LGNS H.SBKH"),
    "reservoir": (_DISTRICT, 0, "H.RSV H.RSVI H.RSVT H.PND H.PNDI H.PNDS"),
    "marsh": (_DISTRICT, 0, "H.MRSH H.MRSHN H.SWMP H.WTLD H.WTLDI H.BOG"),
    "spring": (_SITE, 0, "H.SPNG H.SPNS H.SPNT"),
    "well": (_SITE, 0, "H.WLL H.WLLS H.WTRH"),
    "bay": (_DISTRICT, 0, "H.BAY H.BAYS H.COVE H.INLT H.BGHT H.FJD"),
    "gulf": (_DISTRICT, 0, "H.GULF"),
    "strait": (_DISTRICT, 0, "H.STRT H.CHN H.CHNM H.SD"),
    "sea": (_DISTRICT, 0, "H.SEA"),
    "ocean": (_DISTRICT, 0, "H.OCN"),
    "waterfall": (_SITE, 0, "H.FLLS H.RPDS"),
    "road": (_DISTRICT, 0, "R.RD R.RDA R.RDB R.RDCUT R.HWY R.TRL R.CSWY R.PTGE"),
    "road junction": (_SITE, 0, "R.RDJCT R.RDIN"),
    "street": (_SITE, 0, "R.ST"),
    "square": (_SITE, 0, "R.SQ S.SQR"),
    "railway": (_DISTRICT, 0, "R.RR R.RTE"),
    "railway junction": (_SITE, 0, "R.RJCT R.RYD"),
    "tunnel": (_SITE, 0, "R.TNL R.TNLRD R.TNLRR R.TNLN"),
    "forest": (_DISTRICT, 0, "V.FRST V.FRSTF V.BUSH V.SCRB"),
    "farmland": (_DISTRICT, 0, "V.CULT V.GRSLD V.MDW V.GRVC V.GRVO V.GRVP V.OCH V.VIN V.VINS"),
    "heath": (_DISTRICT, 0, "V.HTH V.TUND"),
}  # fmt: skip

_BY_CODE = {
    code: Feature(kind, precision, rank) for kind, (precision, rank, codes) in _KINDS.items() for code in codes.split()
}

# What a class is in general: for codes that are not listed.
_BY_CLASS = {
    "A": Feature("district", _DISTRICT),
    "H": Feature("water", _DISTRICT),
    "L": Feature("area", _DISTRICT),
    "R": Feature("road", _DISTRICT),
    "S": Feature("building", _SITE),
    "T": Feature("landform", _DISTRICT),
    "U": Feature("undersea feature", _DISTRICT),
    "V": Feature("vegetation", _DISTRICT),
}

SEATS = frozenset(("PPLC", "PPLG", "PPLA", "PPLA2"))
"""Capitals, and seats of provinces and districts: the news names them however many live there."""

QUARTER = "PPLX"
CAPITALS = frozenset(("PPLC",))

# Kinds that are one thing under several words, so that a place of GeoNames is known again in a curated one.
_FAMILIES = (
    {"air base", "airport", "airfield", "military base", "naval base", "fort"},
    {"border crossing", "customs post", "checkpoint"},
    {"refinery", "oil facility", "gas plant", "plant"},
    {"mountain", "mountains", "hill", "ridge"},
    {"camp", "labour camp"},
    {"lake", "reservoir", "water"},
    {"river", "wadi", "canal"},
    {"island", "islands"},
    {"castle", "citadel", "palace"},
    {"valley", "plain"},
    {"region", "area", "district"},
    {"port", "harbour"},
    {"bay", "gulf", "strait", "sea", "ocean"},
)
FAMILY = {kind: number for number, kinds in enumerate(_FAMILIES) for kind in kinds}


def is_gone(code: str) -> bool:
    """Whether a feature code says that the thing is abandoned or of the past."""
    return code.endswith("Q") or code in HISTORICAL


def feature(feature_class: str, code: str) -> Feature | None:
    """Return what a feature is, other than a town (class P) or a province; None for a class that GeoNames lacks."""
    return _BY_CODE.get(f"{feature_class}.{code}") or _BY_CLASS.get(feature_class)


def same_kind(one: str, other: str) -> bool:
    """Whether two kinds may be one thing ("air base" and "airport")."""
    return one == other or (one in FAMILY and FAMILY[one] == FAMILY.get(other))
