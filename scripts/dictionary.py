"""Makes the dictionary of British English that the rule SPELLING reads, from the word lists of SCOWL.

    python scripts/dictionary.py FOLDER

FOLDER holds the lists of SCOWL (Debian has them in its package ``scowl``); the words go to
``src/trigpoint/checks/data/dictionary``. Words of levels up to 70 are taken, of the rarer levels those that belong to
medicine; both -ise and -ize are British, spellings that only American English has are kept apart, each with its
British one. The notice that SCOWL asks for stands beside the words in ``NOTICE.txt``.
"""

from __future__ import annotations

import csv
import io
import lzma
import re
import sys
import unicodedata
from collections.abc import Iterable
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "src/trigpoint/checks/data/dictionary"
COMMON, USUAL, ALL = 50, 70, 95
BRITISH = ("english", "british", "british_z")
LEAST_AMERICAN = 60
ALSO_BRITISH = re.compile(r"(?:mis)?judgments?|acknowledgments?|percent|sulf\w+|gibe[sd]?|performative|tranquility")
MEDICAL = re.compile(
    r"(?:cardi|neuro|gastr|haem|paed|gynaec|onco|psych|derm|orthop|radio|physio|immun|endo[cs]|epid|dialy|"
    r"coag|lipid|glyc|diabet|hepat|nephr|pulmon|thromb|vaccin|pharmac|audio|ophthalm|rheum|uro|arthr|bronch|"
    r"encephal|oste|patho|phleb|toxic|trach|vaso|ventric|micro|geriat|obstet|anaesth|anti|hyper|hypo)\w+|"
    r"\w+(?:aemi[ac]s?|aemic|ectom(?:y|ies)|itis|olog(?:y|ies|ist|ists|ical)|osis|oses|path(?:y|ies|ic)|"
    r"plast(?:y|ies)|scop(?:y|ies|ic|e|es)|graph(?:y|ies|ic)|therap(?:y|ies|ist|ists|eutic)|uria|algia|omata|"
    r"plegi[ac]|ostom(?:y|ies)|otom(?:y|ies)|trophic|mycins?|cillins?|statins?)"
)
CHANGES = (
    ("or", "our"), ("er", "re"), ("og", "ogue"), ("ense", "ence"), ("yz", "ys"), ("e", "ae"), ("e", "oe"), ("l", "ll"),
    ("ll", "l"), ("ay", "ey"), ("ing", "eing"), ("m", "mme"), ("ck", "que"), ("ow", "ough"), ("ire", "yre"),
    ("p", "pp"), ("t", "tt"), ("i", "y"), ("f", "ph"), ("k", "c"), ("ment", "ement"), ("x", "ct"), ("s", "ss"),
    ("", "e"),
)  # fmt: skip


def words(folder: Path, kinds: Iterable[str], classes: Iterable[str], highest: int, lowest: int = 0) -> set[str]:
    """The words of some lists up to a level, without possessives, with their accents and without."""
    found: set[str] = set()
    for kind in kinds:
        for each in classes:
            for level in range(lowest, highest + 1):
                path = folder / f"{kind}-{each}.{level}"
                if path.exists():
                    found.update(path.read_text(encoding="utf-8").split())
    return {each for word in found for each in (word.removesuffix("'s"), unaccented(word.removesuffix("'s")))}


def unaccented(word: str) -> str:
    """A word in plain letters, as many write it.

    >>> unaccented("café")
    'cafe'
    """
    return "".join(each for each in unicodedata.normalize("NFKD", word) if not unicodedata.combining(each))


def counterpart(word: str, british: set[str]) -> str:
    """The British spelling of an American word, "" where none of the usual changes leads to one.

    >>> counterpart("center", {"centre"}), counterpart("anemia", {"anaemia"}), counterpart("widget", set())
    ('centre', 'anaemia', '')
    """
    once = {word[:at] + new + word[at + len(old) :] for old, new in CHANGES for at in range(len(word) + 1)
            if word.startswith(old, at)}  # fmt: skip
    if found := sorted(once & british, key=lambda each: (abs(len(each) - len(word)), each)):
        return found[0]
    twice = {
        each[:at] + new + each[at + len(old) :]
        for each in once
        for old, new in CHANGES[:8]
        for at in range(len(each) + 1)
        if each.startswith(old, at)
    }
    return min(twice & british, default="")


def main(folder: Path) -> None:
    common = words(folder, BRITISH, ["words", "contractions"], COMMON)
    usual = words(folder, BRITISH, ["words", "contractions"], USUAL)
    american = words(folder, ["american"], ["words"], USUAL)
    usual |= words(folder, ["british_variant_1"], ["words", "contractions"], USUAL) - american
    usual |= {word for word in american if ALSO_BRITISH.fullmatch(word)}
    rare = words(folder, BRITISH, ["words"], ALL, USUAL + 1)
    usual |= {word for word in rare if MEDICAL.fullmatch(word)}
    usual |= {word for word in words(folder, BRITISH, ["abbreviations"], USUAL) if word.isalpha() and word.islower()}
    names = words(folder, ("english", "british"), ["upper", "proper-names"], USUAL)
    names = {word for word in names if not word.islower()}
    blocks = ["\n".join(sorted(block)) for block in (common, usual - common, names)]
    (TARGET / "british.txt.xz").write_bytes(lzma.compress("\n\n".join(blocks).encode(), preset=9 | lzma.PRESET_EXTREME))
    british = words(folder, ["british"], ["words"], USUAL) | {"programme", "programmes"}
    american = words(folder, ["american"], ["words"], LEAST_AMERICAN)
    pairs = [(word, counterpart(word, british)) for word in sorted(american - usual)]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("american", "british"))
    writer.writerows(pair for pair in pairs if pair[1])
    (TARGET / "american.csv").write_text(text.getvalue(), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
