"""The rule on spelling: words that are none, words that are not the one meant, American words, misspelt authors."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz.distance import OSA

from trigpoint.checks.finding import Severity
from trigpoint.checks.fragment import around
from trigpoint.checks.lexicon import lexicon
from trigpoint.checks.pack import found, rows
from trigpoint.checks.rule import Objection, rule
from trigpoint.checks.spot import elsewhere
from trigpoint.checks.subject import Passage, Subject

NO_WORDS = re.compile(
    r"\S*(?:://|www\.|@|\\)\S*|\S+\.(?:docx?|xls[xm]?|pptx?|pdf|csv|html?|gov|nhs|org|com|net|uk)\b\S*"
)
ADDRESS = re.compile(r"[@\\]|://|www\.|\w\.\w")
TOKEN = re.compile(r"(?<![\w&#.’'-])[^\W\d_]+(?:['’-][^\W\d_]+)*(?![\w&@_])")
OPENS = re.compile(r"(?:^|[.!?:;|•*“\"‘(–-])\s*$")
REVIEW = re.compile(r"\b([A-Z][a-z]{3,})(?:[’']s)? (?:[Rr]eport|[Rr]eview|[Ii]nquiry|[Ee]nquiry|[Rr]ecommendations?)\b")
SHORTEST = 4
SURE_LENGTH = 6
NAME_LENGTH = 7
OFTEN_LINES = 4
"""A word that is no word and stands on so many lines is a name or a term of the plan's own."""
FOREIGN = 0.35
FEW_WORDS = 6
MOST_SUGGESTIONS = 120


@dataclass(slots=True)
class Unknown:
    """A word that the dictionary does not have: where it stands, and whether any of its places tells a name."""

    spots: list[tuple[Passage, int, int]] = field(default_factory=list)
    small: bool = False
    named: bool = False


@dataclass(frozen=True, slots=True)
class Spelt:
    """The words of a subject that the dictionary does not have, and all words it uses."""

    unknown: dict[str, Unknown]
    used: Counter[str]


@rule("SPELLING", Severity.INFO)
def spelling(subject: Subject) -> Iterator[Objection]:
    """A word is not in the dictionary, is American, or is a word but not the one meant.

    The dictionary is that of British English with the words of the health service; -ise and -ize are both right.
    Names, acronyms, addresses, codes and what has digits are left out, and so is a word that the plan uses again and
    again. Each word is named once, with the word that was most likely meant. A shipped list tells words that are often
    confused ("principle" and "principal") by the words around them.

    Fires: "demoliton"; "center"; "will play an import role". Does not: "reprofiling"; "Kingswinford"; "organize".
    Remedy: write the word that was meant.
    """
    yield from _confused(subject)
    yield from _misspelt_authors(subject)
    spelt = _spelt(subject)
    words = lexicon()
    asked = 0
    for word, unknown in spelt.unknown.items():
        if british := words.american.get(word):
            if unknown.small:
                yield _objection(subject, unknown, f"“{word}” is American; British English writes “{british}”.")
        elif asked < MOST_SUGGESTIONS:
            asked += 1
            message = _message(subject, word, unknown, spelt.used)
            if message:
                yield _objection(subject, unknown, message)


def _confused(subject: Subject) -> Iterator[Objection]:
    for passage in subject.texts:
        for match, say in found("confusions", "confusions", passage.text):
            quoted = around(passage.text, match.start(), match.end(), before=2, after=3)
            yield Objection(f"Spelling: {say}.", passage.line, quoted, None, passage.where)


def _misspelt_authors(subject: Subject) -> Iterator[Objection]:
    """Reviews that NHS plans answer to are called by their authors' names; a name one letter off is misspelt."""
    known = {row["name"]: row["what"] for row in rows("reviews")}
    for passage in subject.texts:
        for match in REVIEW.finditer(passage.text):
            name = match.group(1)
            if name in known or lexicon().has(name.lower()):
                continue
            near = [each for each in known if OSA.distance(name, each, score_cutoff=1) <= 1]
            if near:
                quoted = around(passage.text, match.start(), match.end(), before=2, after=2)
                message = f"Spelling: {known[near[0]]} {_carry(known[near[0]])} the name of {near[0]}."
                yield Objection(message, passage.line, quoted, None, passage.where)


def _carry(what: str) -> str:
    return "carry" if re.match(r"the \w+s\b", what) else "carries"


@lru_cache(maxsize=1)
def _spelt(subject: Subject) -> Spelt:
    """All words of a subject against the dictionary, each distinct word looked up once."""
    vocabulary = Vocabulary()
    unknown: dict[str, Unknown] = {}
    used: Counter[str] = Counter()
    for passage in subject.calm_texts:
        bare = _bare(passage.text)
        words = [word for token in TOKEN.findall(bare) if (word := vocabulary[token])]
        used.update(words)
        if vocabulary.strange.isdisjoint(words):
            continue
        strange = [match for match in TOKEN.finditer(bare) if vocabulary[match.group()] in vocabulary.strange]
        if len(words) >= FEW_WORDS and len(strange) > FOREIGN * len(words):
            continue  # another language, or a list of names
        for match in strange:
            entry = unknown.setdefault(vocabulary[match.group()], Unknown())
            entry.spots.append((passage, *match.span()))
            first = match.group()[0]
            entry.small = entry.small or first.islower()
            entry.named = entry.named or (first.isupper() and not OPENS.search(passage.text[: match.start()]))
    return Spelt(unknown, used)


class Vocabulary(dict[str, str]):
    """What stands in a text → the word as a dictionary has it, "" for acronyms and codes; looks each up once.

    ``strange`` are the words met so far that the dictionary does not have.
    """

    def __init__(self) -> None:
        super().__init__()
        self.strange: set[str] = set()

    def __missing__(self, token: str) -> str:
        cased = token.islower() or (token[0].isupper() and token[1:].islower()) or "-" in token
        word = ""
        if cased and all(part[1:] == part[1:].lower() for part in token.split("-")):
            word = token.lower().replace("’", "'").removesuffix("'s").strip("'-")
            if len(word) >= SHORTEST and not lexicon().has(word):
                self.strange.add(word)
        self[token] = word
        return word


def _bare(text: str) -> str:
    """A text with its addresses and names of files blotted out."""
    return NO_WORDS.sub(lambda match: "_" * len(match.group()), text) if ADDRESS.search(text) else text


def _message(subject: Subject, word: str, unknown: Unknown, used: Counter[str]) -> str:
    """What is to be said of an unknown word, "" for what is likely a name or a term of the plan's own."""
    words = lexicon()
    if not unknown.small:
        return _capitalised(word, unknown, used)
    if unknown.named or len({passage.line for passage, _, _ in unknown.spots}) >= OFTEN_LINES:
        return ""
    sure = subject.document is None or subject.document.sureness == 1.0
    if glued := words.glued(word):
        return f"“{word}”: a space is missing in “{glued}”." if sure else ""
    meant = words.suggestion(word)
    if meant:
        return f"“{word}” is not in the dictionary; is “{meant}” meant?"
    return f"“{word}” is not in the dictionary." if sure else ""


def _capitalised(word: str, unknown: Unknown, used: Counter[str]) -> str:
    """What is to be said of a word with a capital: a name, unless it stands once, a letter from a word of the plan."""
    words = lexicon()
    if len(unknown.spots) > 1 or len(word) < SURE_LENGTH or word.capitalize() in words.names or "-" in word:
        return ""
    meant = words.suggestion(word, most=1)
    if not meant or meant[0] != word[0]:
        return ""
    enough = used[meant] if unknown.named else used[meant] or meant in words.common
    long = len(word) >= NAME_LENGTH
    return f"“{word}” is not in the dictionary; is “{meant}” meant?" if enough and long else ""


def _objection(subject: Subject, unknown: Unknown, message: str) -> Objection:
    passage, start, stop = unknown.spots[0]
    lines = [other.line for other, _, _ in unknown.spots[1:]]
    quoted = around(passage.text, start, stop, before=2, after=2)
    return Objection(message[:-1] + elsewhere(subject, passage.line, lines) + message[-1], passage.line, quoted, None,
                     passage.where)  # fmt: skip
