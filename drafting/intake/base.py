"""An adopted text: a paper read as the provisions that everything is compared with.

Rules:

- The text is what stands between the number of the instrument and its end. Headers, rules, page
  furniture and reasons are left out, and the strip says so.
- An adopted text has no changes. One that carries tracked changes, or whose marks were lost and
  left both wordings run together, is asked about; until answered the old text is read.
- Nothing is joined, and nothing left unlabelled, in silence where a reader could see it otherwise.

Kinds of question: `tracked_changes`, `flattened`, `flattened_phrase`, `joined`, `unlabelled`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from drafting.domain.codes import parse_designation
from drafting.domain.draft import Header, Note, NoteKind, Option, Provision, ProvisionKind
from drafting.domain.sentences import filled
from drafting.domain.sentences import gettext_noop as _
from drafting.domain.text import FootnoteRef, inlines
from drafting.intake.flattened import Unflattened, unflatten, words_of
from drafting.intake.instrument import Part, parts, text_of_part
from drafting.intake.parsed import ParsedPaper, ParsedParagraph, ParsedRun
from drafting.intake.reading import (
    Alternative,
    Answers,
    BaseReading,
    Place,
    PlacedParagraph,
    Question,
)
from drafting.intake.shared_steps import View, joined, lines, where, with_struck_deleted

_OLD = Alternative("old", _("Read the text before the changes"), _("Every change is rejected."))
_NEW = Alternative("new", _("Read the text after the changes"), _("Every change is accepted."))
_JOIN = Alternative("join", _("It goes on"), _("Both lines become one paragraph."))
_PARAGRAPH = Alternative(
    "paragraph", _("It is its second paragraph"), _("One provision, two paragraphs.")
)
_APART = Alternative("apart", _("It is a provision of its own"), _("The lines stay apart."))
_NO_CALL = _(
    "No call was found, such as recalling or instructs the Secretary-General: every line is taken "
    "for an item. Calls are known in English only."
)
_COMPLETE = re.compile(r"[;,.:]$")


def read_base(
    paper: ParsedPaper,
    answers: Answers,
    *,
    symbol: str = "DL/1",
    title: str | None = None,
) -> BaseReading:
    """The provisions of an adopted text, keys p1, p2, ... and options o1, o2, ... in order.

    `symbol` is that of the draft to be made of it ("DL/12"); `title` takes the place of the one
    the paper prints.
    """
    questions: list[Question] = []
    paper = with_struck_deleted(paper)
    view = _view(paper, answers, questions)
    paper = _resolved(paper, view, answers, questions)
    found = parts(lines(paper, view))
    found = _continued(found, answers, questions)
    provisions = _provisions(found, paper, title)
    return BaseReading(
        header=_header(symbol, provisions),
        provisions=provisions,
        strip=_strip(paper, found, provisions, questions),
        questions=tuple(questions),
        warnings=(*paper.warnings, *_warnings(provisions)),
    )


# --- Which text -------------------------------------------------------------------------------


def _view(paper: ParsedPaper, answers: Answers, questions: list[Question]) -> View:
    changed = tuple(i for i, p in enumerate(paper.paragraphs) if is_tracked(p))
    if not changed:
        return View.OLD
    first = paper.paragraphs[changed[0]]
    question = Question(
        key="tracked_changes",
        kind="tracked_changes",
        paragraphs=changed,
        where="",
        what=_("The file carries tracked changes, but an adopted text has none. Which text is it?"),
        in_file=first.text,
        in_base="",
        assumed=_OLD.key,
        because=_("A paper that proposes changes shows the adopted text when they are rejected."),
        alternatives=(_OLD, _NEW),
    )
    questions.append(question)
    return View.NEW if answer(question, answers) == _NEW.key else View.OLD


def is_tracked(paragraph: ParsedParagraph) -> bool:
    """Whether anything in the paragraph, or its mark, is a tracked change."""
    return bool(paragraph.mark) or any(run.changes for run in paragraph.runs)


def answer(question: Question, answers: Answers) -> str:
    """The alternative that holds: the one chosen if it is one of them, else the assumed."""
    chosen = answers.get(question.key)
    known = {alternative.key for alternative in question.alternatives}
    return chosen if chosen in known else question.assumed


def _resolved(
    paper: ParsedPaper, view: View, answers: Answers, questions: list[Question]
) -> ParsedPaper:
    """The paper with run-together wordings taken apart, if there are any."""
    found = unflattened(paper)
    if not found:
        return paper
    question = flattened_question(paper, found)
    questions.append(question)
    chosen = answer(question, answers)
    if chosen == "keep":
        return paper
    paragraphs = list(paper.paragraphs)
    for index, apart in found.items():
        segments = _phrase_answer(index, apart, answers, questions)
        words = segments.old if chosen == _OLD.key else segments.new
        paragraphs[index] = replace(paragraphs[index], runs=(ParsedRun(words),))
    return replace(paper, paragraphs=tuple(paragraphs))


def unflattened(paper: ParsedPaper) -> dict[int, Unflattened]:
    """The paragraphs of an unmarked paper that hold two wordings run together, by index."""
    if any(map(is_tracked, paper.paragraphs)):
        return {}
    words = [paragraph.text for paragraph in paper.paragraphs]
    vocabulary = words_of(words)
    found = {i: unflatten(line, vocabulary=vocabulary) for i, line in enumerate(words)}
    return {i: apart for i, apart in found.items() if apart.changed}


def flattened_question(paper: ParsedPaper, found: dict[int, Unflattened]) -> Question:
    first = next(iter(found))
    keep = Alternative("keep", _("Keep the words as they stand"), _("Nothing is taken apart."))
    return Question(
        key="flattened",
        kind="flattened",
        paragraphs=tuple(found),
        where="",
        what=_(
            "Deleted and inserted words stand run together: a redline lost its marks. "
            "Which text is meant?"
        ),
        in_file=paper.paragraphs[first].text,
        in_base=found[first].old,
        assumed=_OLD.key,
        because=_("The earlier of two editions run together is the adopted one."),
        alternatives=(_OLD, _NEW, keep),
    )


def _phrase_answer(
    index: int, apart: Unflattened, answers: Answers, questions: list[Question]
) -> Unflattened:
    question = phrase_question(index, apart)
    if question is None:
        return apart
    questions.append(question)
    return phrase_reading(apart, answer(question, answers))


def phrase_question(index: int, apart: Unflattened) -> Question | None:
    """Asks where a phrase that was put in the place of another ends."""
    if not apart.doubts:
        return None
    readings = [apart, *(Unflattened(segments) for segments in apart.doubts)]
    return Question(
        key=f"flattened_phrase:{index}",
        kind="flattened_phrase",
        paragraphs=(index,),
        where="",
        what=_(
            "A phrase was put in the place of another, and the marks are lost. "
            "Which words were there before?"
        ),
        in_file="".join(words for _, words in apart.segments),
        in_base=apart.old,
        assumed="0",
        because=_(
            "The deletion ends with the last clause that leaves words before the next change."
        ),
        alternatives=tuple(
            Alternative(
                str(n), reading.old, filled(_("Then the new text is: {words}"), words=reading.new)
            )
            for n, reading in enumerate(readings)
        ),
    )


def phrase_reading(apart: Unflattened, chosen: str) -> Unflattened:
    number = int(chosen)
    return apart if number == 0 else Unflattened(apart.doubts[number - 1])


# --- Lines that may be one, or none -----------------------------------------------------------


def _continued(found: Sequence[Part], answers: Answers, questions: list[Question]) -> list[Part]:
    """Items that go on in a line without a label; each is asked about."""
    out: list[Part] = []
    for part in found:
        question = _continuation(out[-1], part) if out else None
        if question:
            questions.append(question)
        chosen = answer(question, answers) if question else _APART.key
        if chosen == _JOIN.key:
            out[-1] = replace(out[-1], line=joined([out[-1].line, part.line]))
        elif chosen == _PARAGRAPH.key:
            out[-1] = replace(out[-1], more=(*out[-1].more, part.line))
        else:
            out.append(part)
    return out


def _continuation(before: Part, part: Part) -> Question | None:
    """Asks whether an unlabelled line after an item belongs to it."""
    if before.kind is not ProvisionKind.ITEM or part.kind is not ProvisionKind.ITEM:
        return None
    if part.line.label is not None:
        return None
    ends = before.more[-1] if before.more else before.line
    complete = _COMPLETE.search(ends.text.rstrip("] ")) is not None
    if not complete and part.line.text[:1].islower():
        return _asks_about("joined", before, part, _JOIN.key, _("A page break often cuts so."))
    if before.line.label is None:
        return None
    return _asks_about(
        "unlabelled", before, part, _APART.key, _("The paragraph before is complete.")
    )


def _asks_about(kind: str, before: Part, part: Part, assumed: str, because: str) -> Question:
    return Question(
        key=f"{kind}:{part.line.sources[0]}",
        kind=kind,
        paragraphs=part.line.sources,
        where=where("", before.line.label),
        what=_("This line has no label. Does the provision before it go on?"),
        in_file=f"{before.line.text}\n{part.line.text}",
        in_base="",
        assumed=assumed,
        because=because,
        alternatives=(_JOIN, _PARAGRAPH, _APART),
    )


# --- Provisions -------------------------------------------------------------------------------


def _provisions(
    found: Sequence[Part], paper: ParsedPaper, title: str | None
) -> tuple[Provision, ...]:
    present = [part for part in found if part.kind]
    return tuple(
        _provision(_titled(part, title), number, paper) for number, part in enumerate(present, 1)
    )


def _provision(part: Part, number: int, paper: ParsedPaper) -> Provision:
    assert part.kind is not None
    text = text_of_part(part)
    notes = tuple(
        Note(piece.id, paper.footnotes.get(piece.id, ""), NoteKind.FOOTNOTE)
        for piece in inlines(text)
        if isinstance(piece, FootnoteRef)
    )
    option = Option(f"o{number}", text, stands=True)
    return Provision(f"p{number}", part.kind, (option,), base=text, level=part.level, notes=notes)


def _titled(part: Part, title: str | None) -> Part:
    """The part, with the title that was asked for if it is the title."""
    if not title or part.kind is not ProvisionKind.TITLE:
        return part
    first = part.line.pieces[0]
    piece = replace(first, run=replace(first.run, text=title))
    return replace(part, line=replace(part.line, pieces=(piece,)))


def _header(symbol: str, provisions: Sequence[Provision]) -> Header:
    designation = parse_designation(symbol) or parse_designation(f"Document {symbol}-E")
    words = {p.kind: _words(p) for p in provisions if p.level == 0}
    conference = _conference(words.get(ProvisionKind.FORMULA, ""))
    base_name = _sentence_case(words.get(ProvisionKind.NUMBER, ""))
    if not designation:
        return Header(series="", number=symbol, conference=conference, base_name=base_name)
    return Header(
        series=designation.series or "",
        number=designation.number,
        language=designation.language,
        revision=designation.revision,
        conference=conference,
        base_name=base_name,
    )


def _words(provision: Provision) -> str:
    assert provision.base is not None
    return "".join(getattr(piece, "text", "") for piece in inlines(provision.base))


def _conference(formula: str) -> str:
    return re.sub(r"^The\s+", "", formula).rstrip(" ,")


def _sentence_case(number: str) -> str:
    """The number as people write it in running text: Resolution 64 (Rev. Castelmar, 2023)."""
    head, gap, rest = number.partition(" ")
    return f"{head.capitalize()}{gap}{rest}"


def _warnings(provisions: Sequence[Provision]) -> list[str]:
    kinds = {provision.kind for provision in provisions}
    out = []
    if ProvisionKind.NUMBER not in kinds:
        out.append(
            _("No line gives the number of a resolution; the text begins at the first line.")
        )
    if ProvisionKind.CALL not in kinds:
        out.append(_NO_CALL)
    return out


# --- The strip --------------------------------------------------------------------------------


def _strip(
    paper: ParsedPaper,
    found: Sequence[Part],
    provisions: Sequence[Provision],
    questions: Sequence[Question],
) -> tuple[PlacedParagraph, ...]:
    present = (part for part in found if part.kind)
    at = {
        source: provision.key
        for part, provision in zip(present, provisions, strict=True)
        for source in part.sources
    }
    return tuple(
        PlacedParagraph(index, _place(at.get(index), asked), at.get(index), asked)
        for index, asked in enumerate(asked_of(paper, questions))
    )


def asked_of(paper: ParsedPaper, questions: Sequence[Question]) -> list[tuple[str, ...]]:
    """For each paragraph of the file the keys of the questions about it."""
    out: list[list[str]] = [[] for _ in paper.paragraphs]
    for question in questions:
        for index in question.paragraphs:
            out[index].append(question.key)
    return [tuple(keys) for keys in out]


def _place(provision: str | None, asked: Sequence[str]) -> Place:
    if asked:
        return Place.ASKS
    return Place.MATCHED if provision else Place.FURNITURE
