"""Words in names that tell nobody from anybody, and the ways in which people shorten the others."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words that do not tell one organisation, or one person, from another.
LEGAL_FORMS = _words(
    "inc incorporated llc llp lp plc pllc pc apc pa corp corporation co company ltd limited dba the of and group grp "
    "gmbh kgaa sarl srl pty pvt"
)
TITLES = _words(
    "dr mr mrs ms prof md dc dpm phd psyd np rn pt dpt esq jr sr ii iii dds dmd mph mba lac lcsw facs faaos facp faap "
    "facog faafp fapa fasam faapmr facoem fics fipp qme fnp aprn crna"
)
# A title behind a comma, and a last name elsewhere.
LATE_TITLES = frozenset({"do", "pa"})
# What a name may be written with or without at its end ("Sierra Crest Claims", "Sierra Crest Claims Services").
GENERAL = _words(
    "service claims claim administrators administration associates partners management solutions insurance indemnity "
    "holdings systems network center clinic hospital medical office law firm international america usa"
)
# Words by which a name is an organisation's; people have first and last names, and organisations have none.
TRADES = _words(
    "care health healthcare spine surgery orthopedics rehabilitation pharmaceuticals devices instruments therapeutics "
    "biologics imaging laboratories technologies therapy physical chiropractic acupuncture neurology radiology pain "
    "occupational medicine physicians university college school district county city state department agency board fund "
    "association union mutual casualty bank financial construction packing foods logistics staffing transport "
    "manufacturing farms industries enterprises products stores hospitality hotel utilization review managed provider home "
    "sons brothers"
)
# Two ways of writing one word.
SHORT_FORMS = {
    "services": "service", "svc": "service", "svcs": "service", "serv": "service", "ins": "insurance", "st": "saint",
    "ste": "sainte", "ctr": "center", "centre": "center", "mgmt": "management", "mgt": "management",
    "assoc": "associates", "assocs": "associates", "assn": "association", "admin": "administrators",
    "intl": "international", "hosp": "hospital", "clinics": "clinic", "offices": "office", "natl": "national",
    "dept": "department", "mfg": "manufacturing", "clms": "claims", "med": "medical", "univ": "university",
    "rehab": "rehabilitation", "ortho": "orthopedics", "orthopaedics": "orthopedics", "orthopedic": "orthopedics",
    "orthopaedic": "orthopedics", "surg": "surgery", "surgical": "surgery", "pharma": "pharmaceuticals",
    "pharm": "pharmaceuticals", "tech": "technologies", "lab": "laboratories", "labs": "laboratories",
    "phys": "physical", "ther": "therapy", "mut": "mutual", "cas": "casualty", "fin": "financial",
    "mt": "mount", "mtn": "mountain", "ft": "fort", "cnty": "county", "sys": "systems", "dist": "district",
}  # fmt: skip
# First names by which people are called for short. Either may stand for the other, and a person must look.
NICKNAMES = {
    short: frozenset(full.split())
    for short, full in {
        "bill": "william", "will": "william", "billy": "william", "bob": "robert", "rob": "robert", "bobby": "robert",
        "dick": "richard", "rick": "richard", "rich": "richard", "jim": "james", "jimmy": "james", "joe": "joseph",
        "joey": "joseph", "mike": "michael", "tom": "thomas", "tommy": "thomas", "tony": "anthony", "steve":
        "steven stephen", "chris": "christopher christina christine", "dan": "daniel", "danny": "daniel",
        "dave": "david", "ed": "edward edwin", "eddie": "edward", "ted": "edward theodore", "jeff": "jeffrey",
        "greg": "gregory", "ken": "kenneth", "larry": "lawrence", "matt": "matthew", "nick": "nicholas",
        "pat": "patrick patricia", "pete": "peter", "ron": "ronald", "sam": "samuel samantha", "tim": "timothy",
        "andy": "andrew", "ben": "benjamin", "chuck": "charles", "charlie": "charles", "don": "donald",
        "frank": "francis franklin", "fred": "frederick", "hank": "henry", "harry": "harold henry", "jack": "john",
        "jerry": "gerald jerome", "alex": "alexander alexandra", "al": "albert alan alfred", "liz": "elizabeth",
        "beth": "elizabeth", "betty": "elizabeth", "sue": "susan", "kathy": "katherine kathleen", "kate": "katherine",
        "katie": "katherine", "cathy": "catherine", "peggy": "margaret", "meg": "margaret", "maggie": "margaret",
        "debbie": "deborah", "becky": "rebecca", "jen": "jennifer", "jenny": "jennifer", "cindy": "cynthia",
        "sandy": "sandra", "vicky": "victoria", "terry": "teresa terrence", "becca": "rebecca", "abby": "abigail",
        "pepe": "jose", "paco": "francisco", "nacho": "ignacio", "lupe": "guadalupe", "chuy": "jesus",
    }.items()
}  # fmt: skip
# What stands before a name that somebody had or has as well.
ALSO_KNOWN = ("née", "nee", "born", "formerly known as", "formerly", "f/k/a", "fka", "a/k/a", "aka", "d/b/a", "dba")
