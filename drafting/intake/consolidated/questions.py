"""The doubts of a reading: their kinds, their words, and the desk where they are settled.

Rules:

- Whoever meets a doubt asks the desk and goes on with the key it returns: the answer on file, or
  what is assumed. So every alternative is acted on by the very code that raised the doubt.
- A key is made of the kind and the place in the file (or, for what the file lacks, the base
  provision), never of what other answers did.
- An alternative is offered only if it leads somewhere else than what is assumed.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from drafting.domain.sentences import filled
from drafting.domain.sentences import gettext_noop as _
from drafting.intake.reading import Alternative, Answers, Question


class Doubt(StrEnum):
    """The kinds of question this reader asks."""

    MISSING = "missing"  # a base provision has no counterpart
    WORDING = "wording"  # which words of a provision stand
    STRUCK = "struck"  # struck text that never was base text
    SCOPE = "scope"  # how far an attribution reaches
    GROUPING = "grouping"  # alternatives, or provisions of their own
    BRACKET = "bracket"  # one marker without the other
    LINK = "link"  # a converter's link, or a bracket
    MOVE = "move"  # moved, or deleted here and written there
    JOIN = "join"  # one paragraph or two
    FRAGMENT = "fragment"  # words set into a provision under an attribution
    AUTHOR = "author"  # the tracked author and the attribution disagree
    LABEL = "label"  # what a printed label says


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is asked and why something is assumed. Braces are filled at the desk."""

    what: str
    because: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer; `means` is shown below its label."""

    key: str
    label: str
    means: str = ""


SENTENCES: dict[str, Sentence] = {
    "missing": Sentence(
        _(
            "This provision of the base has no counterpart in the paper, and nothing marks it as "
            "deleted. What became of it?"
        ),
        _(
            "A consolidated draft shows everything that stands; the rest was deleted without a "
            "mark."
        ),
    ),
    "wording.strike": Sentence(
        _(
            "The line through these words does not fit the base: it covers words that must stand, "
            "or stops short of words that must go. Which wording is meant?"
        ),
        _("Set beside the base, only this wording makes a sentence."),
    ),
    "wording.unmarked": Sentence(
        _(
            "These words differ from the base, and nothing marks the change. Which wording is "
            "meant?"
        ),
        _(
            "Words that the base lacks were inserted; base words run together with them were "
            "replaced."
        ),
    ),
    "wording.absent": Sentence(
        _("Words of the base are absent here without a mark. Were they deleted?"),
        _("The paper shows the text as the group left it."),
    ),
    "wording.untracked": Sentence(
        _(
            "With its tracked changes rejected, this paragraph is not the base's. Which wording is "
            "meant?"
        ),
        _("What the file shows as current text is taken as meant."),
    ),
    "wording.doubled": Sentence(
        _("Two phrases stand side by side in these struck words. Which of them is meant?"),
        _("The words are kept as printed; nothing tells which of the two was the earlier."),
    ),
    "struck.dropped": Sentence(
        _("This text is struck, but it was never in the base. What does the strike mean?"),
        _("It was inserted as a tracked change and struck again: a proposal that was dropped."),
    ),
    "struck.insertion": Sentence(
        _("This text is struck, but it was never in the base. What does the strike mean?"),
        _(
            "A conversion often shows underlined insertions as struck; the text is kept until "
            "somebody says otherwise."
        ),
    ),
    "struck.superseded": Sentence(
        _(
            "This text is struck, was never in the base, and is followed by another wording "
            "under the "
            "same attribution. What does the strike mean?"
        ),
        _("It is the proposal's earlier wording, replaced by the one that follows."),
    ),
    "scope": Sentence(
        _("How far does the attribution {code} reach? Nothing marks its end."),
        _("It reaches to the next attribution, call, closed bracket or provision of the base."),
    ),
    "scope.option": Sentence(
        _("Does this provision still belong to {heading}?"),
        _("Its label goes on counting, so it is a provision beside the options."),
    ),
    "grouping.unlabelled": Sentence(
        _(
            "This paragraph has no label and stands below a proposed provision. Is it another "
            "wording "
            "of it?"
        ),
        _("An item of its own would have a label."),
    ),
    "grouping.same_label": Sentence(
        _("Two proposals carry the label {label}. Do they compete, or does each add a provision?"),
        "",  # the two wordings say it
    ),
    "grouping.bracket": Sentence(
        _("Inside one bracket several wordings carry the label {label}. Do they compete?"),
        _("One label, one bracket: the group is to take one of them."),
    ),
    "bracket.open": Sentence(
        _("This bracket is never closed. Where does it end?"),
        _("The paper shows no end, so none is invented."),
    ),
    "bracket.close": Sentence(
        _("This bracket is closed but never opened. Does it count?"),
        _("The paper shows it, so it is kept."),
    ),
    "bracket.far": Sentence(
        _("This bracket is closed only in a later section. Is it one bracket?"),
        _("Brackets may cover several sections."),
    ),
    "link": Sentence(
        _(
            "A conversion made a link of these words, which uses square brackets of its own. "
            "Did they "
            "stand in drafting brackets as well?"
        ),
        _("Underlined insertions often become links."),
    ),
    "move": Sentence(
        _("A provision is struck in one place and stands, much alike, in another. Was it moved?"),
        _("The wording is so much alike that it is the same provision."),
    ),
    "join": Sentence(
        _("This paragraph ends without punctuation and the next has no label. Are they one?"),
        _("A page break cut the paragraph."),
    ),
    "fragment": Sentence(
        _(
            "These words stand in the middle of a provision, under an attribution. Are they a "
            "proposed insertion?"
        ),
        _("The paragraph before is unfinished and the one after continues it."),
    ),
    "author": Sentence(
        _(
            "No attribution stands above this text, but its tracked changes are by {author}, "
            "who also "
            "made the changes under {code}. Whose is it?"
        ),
        _("Who typed a change need not be who proposed it."),
    ),
    "author.other": Sentence(
        _(
            "This text stands below the attribution {code}, but its tracked changes are by another "
            "author than the text before. Whose is it?"
        ),
        _("The paper's layout counts for more than who typed."),
    ),
    "label": Sentence(
        _("The label is printed as {printed}, old and new run together. Which label stands?"),
        _("Taking the base's label away leaves the new one."),
    ),
}


@dataclass(frozen=True, slots=True)
class Where:
    """The place of a doubt. `place` goes into its key, `name` is read: "recognizing d)"."""

    place: str
    name: str
    paragraphs: tuple[int, ...] = ()
    provision: str | None = None


@dataclass
class Desk:
    """Answers in, questions out. One desk per reading."""

    answers: Answers
    questions: list[Question] = field(default_factory=list)

    def settle(
        self,
        kind: Doubt,
        sentence: str,
        where: Where,
        choices: Iterable[Choice],
        *,
        assumed: str,
        in_file: str = "",
        in_base: str = "",
        because: str = "",
        **filling: str,
    ) -> str:
        """Record the doubt; the key of the alternative that holds."""
        offered = tuple(choices)
        key = self._free_key(f"{kind}@{where.place}")
        said = SENTENCES[sentence]
        self.questions.append(
            Question(
                key=key,
                kind=kind.value,
                paragraphs=where.paragraphs,
                where=where.name,
                what=filled(said.what, **filling) if filling else said.what,
                in_file=in_file,
                in_base=in_base,
                assumed=assumed,
                because=because or said.because,
                alternatives=tuple(Alternative(c.key, c.label, c.means) for c in offered),
                provision=where.provision,
            )
        )
        answer = self.answers.get(key, assumed)
        return answer if any(choice.key == answer for choice in offered) else assumed

    def placed(
        self, names: Mapping[int, str], provisions: Mapping[int, str], known: Container[str]
    ) -> tuple[Question, ...]:
        """The questions, each with its place as people name it and its base provision.

        `names` and `provisions` are by paragraph of the file; `known` are the base's keys.
        """
        return tuple(
            self._placed(question, names, provisions, known) for question in self.questions
        )

    def _placed(
        self,
        question: Question,
        names: Mapping[int, str],
        provisions: Mapping[int, str],
        known: Container[str],
    ) -> Question:
        at = question.paragraphs
        name = next((names[p] for p in at if p in names), question.where)
        found = next((provisions[p] for p in at if provisions.get(p) in known), None)
        return replace(
            question,
            where=question.where if not at else name,
            provision=question.provision or found,
        )

    def _free_key(self, key: str) -> str:
        taken = {question.key for question in self.questions}
        count = 2
        free = key
        while free in taken:
            free, count = f"{key}.{count}", count + 1
        return free
