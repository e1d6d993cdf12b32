"""Calls: the lines that open a section of a resolution. Found by lexicon, never by style.

Rules:

- A call is a whole line. "Recognizing the principles of ..." is the beginning of a quotation or of
  a sentence, and no call, since words follow that no call can have.
- A preambular call is a participle with, at most, an adverb: *recalling further*.
- An operative call is a verb, perhaps an adverb, and addressees: *further instructs the Director
  of the Observation Bureau and the Council, in consultation with Member States*.
- Case, brackets, trailing spaces, commas and colons do not matter. Two bracketed verbs
  (`[Decides][Requests]`) are one call on whose verb nobody has agreed.
- Calls are no keys: the same call may open two sections of one resolution.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from drafting.domain.folding import fold

LONGEST_CALL = 80  # words; a longer line is a paragraph


class Phase(StrEnum):
    PREAMBULAR = "preambular"
    OPERATIVE = "operative"


@dataclass(frozen=True, slots=True)
class Call:
    """What a call line says. `verb` is folded to lower case; `addressees` are as printed.

    `alternatives`: further verbs in brackets. `beside`: those in consultation with whom it is to
    be done. `mood`: "with concern", "with appreciation" of preambular calls.
    """

    phase: Phase
    verb: str
    adverb: str | None = None
    addressees: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    mood: str | None = None


PARTICIPLES = (
    "acknowledging|affirming|alarmed|anxious|appreciating|approving|asserting|aware|bearing in mind"
    "|believing|cognizant|commending|concerned|concurring|confident|confirming|conscious"
    "|considering|convinced|deploring|desiring|desirous|determined|disturbed|emphasi[sz]ing"
    "|encouraged|endorsing|expecting|fully aware|grateful|guided|having adopted|having agreed"
    "|having analy[sz]ed|having approved|having considered|having decided|having discussed"
    "|having examined|having heard|having noted|having received|having regard|having reviewed"
    "|having seen|having studied|having taken note|having taken into account|highlighting|hoping"
    "|in view|keeping in mind|mindful|noting|observing|paying tribute|pointing out|pursuant"
    "|reaffirming|reali[sz]ing|recalling|recogni[sz]ing|recommending|referring|regretting"
    "|reiterating|remembering|resolved|satisfied|seeking|stressing|supporting|taking account"
    "|taking note|taking into account|taking into consideration|thanking|underlining|underscoring"
    "|understanding|viewing|welcoming|whereas"
)
VERBS = (
    "accepts|acknowledges|adopts|affirms|agrees|appeals to|appoints|approves|asks|authori[sz]es"
    "|calls for|calls on|calls upon|charges|commends|concludes|confirms|congratulates|considers"
    "|declares|decides|decides to|declares|delegates|designates|directs|emphasi[sz]es|empowers"
    "|encourages|endorses|entrusts|establishes|exhorts|expresses|instructs|invites|mandates|notes"
    "|proclaims|proposes|reaffirms|recogni[sz]es|recommends|recommends to|reiterates|reminds"
    "|requests|requires|resolves|stresses|suggests|supports|takes note|tasks|thanks|underlines"
    "|urges|welcomes"
)
INFINITIVES = (
    "appeal to|ask|authori[sz]e|call on|call upon|charge|direct|empower|encourage|entrust|instruct"
    "|invite|mandate|propose to|recommend to|recommend|request|task|urge"
)
ADVERBS = "further|also|again|in addition|moreover|in particular|once again|strongly|finally|hereby"
_MOODS = (
    r"(?:with|its)\s(?:deep\s|grave\s|great\s|serious\s|particular\s|sincere\s)?"
    "(?:alarm|appreciation|approval|concern|gratitude|interest|regret|satisfaction)"
)

_PREAMBULAR = re.compile(
    rf"(?:(?:and\s)?(?P<before>{ADVERBS}|deeply|fully|gravely)\s)?(?P<verb>{PARTICIPLES})"
    rf"(?:\s(?P<after>{ADVERBS}))?(?:\s(?P<mood>{_MOODS}))?"
)
_OPERATIVE = re.compile(
    rf"(?:(?P<before>{ADVERBS})\s)?"
    rf"(?P<verb>(?:resolves|decides|agrees)(?:\s(?P<middle>{ADVERBS}))?\sto\s(?:{INFINITIVES})"
    rf"|{VERBS})(?:\s(?P<after>{ADVERBS}))?(?:,?\s(?P<rest>\S.*))?"
)
_ALTERNATIVES = re.compile(r"\s*((?:\[[^\[\]]+\]\s*[/,]?\s*){2,})(?P<rest>.*)", re.DOTALL)


def parse_call(line: str) -> Call | None:
    """The call that is the whole line, or None."""
    bracketed = _ALTERNATIVES.fullmatch(line)
    if not bracketed:
        return _parse(_bare(line))
    first, *others = re.findall(r"\[([^\[\]]+)\]", bracketed[1])
    calls = [_parse(_bare(f"{verb} {bracketed['rest']}")) for verb in (first, *others)]
    read = [call for call in calls if call]
    if len(read) != len(calls):
        return _parse(_bare(line))
    one = read[0]
    verbs = tuple(call.verb for call in read[1:])
    return Call(one.phase, one.verb, one.adverb, one.addressees, verbs, one.beside, one.mood)


def is_call(line: str) -> bool:
    return parse_call(line) is not None


def _bare(line: str) -> str:
    return fold(line.replace("[", " ").replace("]", " ")).strip(" ,:")


def _parse(line: str) -> Call | None:
    if not line or len(line.split()) > LONGEST_CALL:
        return None
    lower = line.casefold()
    match = _PREAMBULAR.fullmatch(lower)
    if match:
        adverb = match["before"] or match["after"]
        return Call(Phase.PREAMBULAR, match["verb"], adverb, mood=match["mood"])
    match = _OPERATIVE.fullmatch(lower)
    return _operative(match, line) if match else None


def _operative(match: re.Match[str], line: str) -> Call | None:
    adverb = match["before"] or match["after"] or match["middle"]
    verb = match["verb"]
    if match["middle"]:
        verb = verb.replace(f" {match['middle']}", "", 1)
    if match["rest"] is None:
        return Call(Phase.OPERATIVE, verb, adverb)
    addressed, beside = _apart(line[match.start("rest") : match.end("rest")])
    if not all(map(_is_addressee, (*addressed, *beside))):
        return None
    return Call(Phase.OPERATIVE, verb, adverb, addressed, beside=beside)


# --- Addressees -------------------------------------------------------------------------------

_BESIDE = re.compile(
    r",?\s+(?:acting\s)?in\s(?:close\s|full\s)?(?:collaboration|consultation|cooperation|"
    r"co-operation|coordination|liaison|conjunction|partnership)\swith\s",
    re.IGNORECASE,
)
_DETERMINERS = frozenset(
    {"the", "all", "its", "their", "each", "every", "other", "any", "both", "these", "those"}
    | {"relevant", "interested", "concerned", "competent", "appropriate", "regional", "national"}
    | {"international", "developed", "developing", "three", "two", "next", "new"}
)
_HEADS = frozenset(
    {"academia", "administrations", "administration", "agencies", "assemblies", "assembly"}
    | {"associates", "associate", "authorities", "bodies", "body", "bureau", "bureaux"}
    | {"chair", "chairman", "chairmen", "chairs", "chairpersons", "committee", "committees"}
    | {"commission", "conference", "conferences", "council", "countries", "delegations"}
    | {"director", "directors", "entities", "experts", "governments", "group", "groups"}
    | {"industry", "institutions", "manufacturers", "members", "member", "membership"}
    | {"operators", "organization", "organizations", "organisation", "organisations", "parties"}
    | {"partners", "participants", "regulators", "secretariat", "secretariats"}
    | {"secretary-general", "sector", "sectors", "stakeholders", "state", "states", "union"}
)
_LINKS = frozenset(
    {"of", "and", "for", "on", "in", "or", "from", "within", "advisory", "study", "working"}
    | {"private", "public", "financial", "civil", "society", "general", "deputy", "present"}
    | {"united", "nations", "regulatory", "standards", "standardization", "telecommunication"}
    | {"radiocommunication", "development", "observation", "elected", "officials", "signatory"}
)
_NAMES = re.compile(
    r"(?:the|all|its|both|other|relevant|interested|each)\s|(?:\w+\s)?(?:member states|sector "
    r"members|associates|academia|members|administrations|states|parties|stakeholders)\b",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"[^\s,()]+")


def _apart(words: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The addressees, and those beside them."""
    first, *others = _BESIDE.split(words)
    beside = (name for part in others for name in split_addressees(part))
    return split_addressees(first), tuple(beside)


def split_addressees(words: str) -> tuple[str, ...]:
    """`A, B and C` as A, B, C. An "and" inside a name ("the Rules and Forms Board") stays."""
    out: list[str] = []
    for part in re.split(r"\s*,\s*(?:and\s)?|\s+and\s+(?=the\s)", words.strip(" ,")):
        left, conjunction, right = part.partition(" and ")
        if conjunction and (_NAMES.match(right) or not _NAMES.match(left)):
            out += [left.strip(), right.strip()]
        elif part.strip():
            out.append(part.strip())
    return tuple(out)


def _is_addressee(words: str) -> bool:
    """Whether the words can name somebody: no verb, and at least one name or office in them."""
    tokens = _TOKEN.findall(words)
    if not tokens or tokens[-1].casefold() in {"of", "for", "on", "in", "the", "and"}:
        return False
    named = [token for token in tokens if _names_somebody(token)]
    known = _DETERMINERS | _LINKS
    others = (token for token in tokens if token not in named)
    return bool(named) and all(t.casefold() in known for t in others)


def _names_somebody(token: str) -> bool:
    return token.casefold() in _HEADS or token[0].isupper()
