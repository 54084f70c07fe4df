"""What a paper is made of: values that any renderer can turn into a page. No renderer's words are in here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TypeAlias

from trigpoint.charts.picture import Picture


class Tone(Enum):
    """What a paragraph is: plain text, or a note that stands out in a box."""

    PLAIN = "plain"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 2 (a section) or 3 (a part of one); level 1 is the paper's title."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some sentences."""

    text: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Points:
    """A list; ``numbered`` where the order or a reference to an entry matters."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A captioned table. The first cell of each row is the row's heading. ``widths`` are shares of the page."""

    caption: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with its finding, text alternative and data table. The caption says what is drawn; the picture's
    own title says what it shows. ``tabled`` says that a table of the paper itself holds the picture's figures, so that
    they need not be printed a second time."""

    picture: Picture
    caption: str
    tabled: bool = False


Block: TypeAlias = Heading | Paragraph | Points | Table | Figure


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper. ``front`` holds the lines of its first table: organisation, committee, date, purpose …"""

    title: str
    subtitle: str
    organisation: str
    on: date
    front: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]
