"""Laws of a reading, on drafts made at random."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drafting.domain.draft import OptionKind
from drafting.domain.text import plain, printed
from drafting.intake.consolidated import read_consolidated
from drafting.intake.consolidated.tokens import base_tokens
from drafting.intake.reading import DraftReading, Place
from tests.intake.consolidated.papers import base_of, every_answer_works, is_sound, paper
from tests.intake.consolidated.test_phenomena import BASE, DRAFT, HEAD
from tests.tries import examples

SPARSE = settings(max_examples=examples(40), suppress_health_check=[HealthCheck.too_slow])
LONG = settings(SPARSE, max_examples=examples(15))

WORDS = [
    *("anchor", "bell", "chart", "dune", "ebb", "foam", "gale", "harbour", "inlet", "jetty"),
    *("keel", "lamp", "mast", "net", "oar", "pier", "quay", "reef", "sail", "tide"),
]
sentences = st.lists(st.sampled_from(WORDS), min_size=6, max_size=16, unique=True).map(" ".join)
ITEMS = [index for index, line in enumerate(BASE) if "\t" in line]


@st.composite
def bases(draw: st.DrawFn) -> list[str]:
    """A base in lines: calls with lettered or numbered items."""
    lines = BASE[:3]
    for call in draw(
        st.lists(st.sampled_from(["considering", "recalling", "resolves"]), min_size=1, max_size=4)
    ):
        lines = [*lines, call]
        for n in range(draw(st.integers(1, 4))):
            label = str(n + 1) if call == "resolves" else f"{'abcd'[n]})"
            lines.append(f"{label}\tto {draw(sentences)};")
    return lines


@SPARSE
@given(bases(), st.sampled_from(["docx", "txt"]))
def test_a_base_read_as_a_draft_is_itself(lines: list[str], form: str) -> None:
    draft = base_of(lines)
    reading = read_consolidated(paper([*HEAD, *lines], form), draft, {})
    assert reading.provisions == draft.provisions
    assert reading.questions == ()


@st.composite
def edits(draw: st.DrawFn) -> tuple[int, str, str]:
    """A tracked edit: the line, the line with its marks, and what stands after it."""
    at = draw(st.sampled_from(ITEMS))
    label, _, words = BASE[at].partition("\t")
    parts = words.split(" ")
    start = draw(st.integers(0, len(parts) - 2))
    end = draw(st.integers(start, min(start + 3, len(parts) - 1)))
    added = draw(st.lists(st.sampled_from(WORDS), max_size=4))
    cut = [f"{{-{' '.join(parts[start:end])}-}}"] if end > start else []
    put = [f"{{+{' '.join(added)}+}}"] if added else []
    marked = " ".join([*parts[:start], *cut, *put, *parts[end:]])
    after = " ".join([*parts[:start], *added, *parts[end:]])
    return at, f"{label}\t{marked}", after


@SPARSE
@given(edits())
def test_a_tracked_change_that_fits_the_base_is_believed(edit: tuple[int, str, str]) -> None:
    at, line, after = edit
    reading = read_consolidated(paper([*BASE[:at], line, *BASE[at + 1 :]]), DRAFT, {})
    (option,) = reading.provisions[at].options
    assert plain(option.text) == after
    assert reading.questions == ()
    others = [p for n, p in enumerate(reading.provisions) if n != at]
    assert others == [p for n, p in enumerate(DRAFT.provisions) if n != at]


@SPARSE
@given(st.sampled_from(ITEMS), sentences, st.booleans())
def test_a_proposed_provision_leaves_the_base_alone(at: int, words: str, boxed: bool) -> None:
    line = f"[9\tto {words};]" if boxed else f"9\tto {words};"
    lines = [*BASE[:at], "KES/75/4", f"{{+Kestria|{line}+}}", *BASE[at:]]
    reading = read_consolidated(paper(lines), DRAFT, {})
    (added,) = [p for p in reading.provisions if p.base is None]
    assert [a.code for a in added.options[0].attributions] == ["KES/75/4"]
    assert printed(added.options[0].text) == line
    assert [p for p in reading.provisions if p.base is not None] == list(DRAFT.provisions)


# --- anything at all ------------------------------------------------------------------------------

ODD = [
    "KES/75/4",
    "VAL/70/2 - Valmora",
    "to be seen on Friday - KES/75/4",
    "Option 1",
    "Option 2",
    "No text",
    "Note by the Chair: later.",
    "",
    "recalling",
    "and, where it can be spared, straw",
    "~~[3\tto hang a lamp in every gate;~~",
    "3\tto [store [glass] under straw;",
    "to burn straw]",
    "{~Kestria|3\tto burn straw;~}",
    "{+Kestria|[2\tto count the bells;+}",
    "cd) that no island keeps its ~~lamps~~ oil for itself alone,",
    "b)\tthe reports of the keepers' assembly (TarnHallam, 20182022), on worn wicks",
    "and salted glass;",
]


@st.composite
def papers(draw: st.DrawFn) -> list[str]:
    """The base's lines, some gone, some struck, with odd lines between."""
    out: list[str] = []
    for line in BASE:
        out += draw(st.lists(st.sampled_from(ODD), max_size=1))
        fate = draw(st.sampled_from(["kept"] * 6 + ["gone", "struck", "deleted", "twice"]))
        out += {
            "kept": [line],
            "gone": [],
            "struck": [f"~~{line}~~"],
            "deleted": [f"{{-{line}-}}"],
            "twice": [line, line],
        }[fate]
    return out


def words_are_kept(reading: DraftReading, lines: list[str]) -> None:
    """Every word of a paragraph that nobody asks about stands in some option of its provision."""
    held = {
        p.key: {w for o in p.options for _, w in base_tokens(printed(o.text))}
        for p in reading.provisions
    }
    struck = {p.key for p in reading.provisions if p.options[0].kind is OptionKind.DELETE}
    for placed in reading.strip:
        line = lines[placed.index]
        if placed.place not in (Place.MATCHED, Place.ADDED) or set("~{") & set(line):
            continue
        key = placed.provision
        if key is not None and key not in struck and line != "No text":
            words = {w for _, w in base_tokens(line) if w.isalpha()}
            assert words <= held[key], line


@SPARSE
@given(papers(), st.sampled_from(["docx", "txt"]))
def test_no_paper_breaks_the_reader_or_loses_words(lines: list[str], form: str) -> None:
    file = paper(lines, form)
    reading = read_consolidated(file, DRAFT, {})
    is_sound(reading, DRAFT)
    assert read_consolidated(file, DRAFT, {}) == reading
    assert len(reading.strip) == len(lines)
    words_are_kept(reading, lines)


@LONG
@given(papers(), st.sampled_from(["docx", "txt"]))
def test_every_answer_to_any_paper_works(lines: list[str], form: str) -> None:
    every_answer_works(paper(lines, form), DRAFT)
