"""Rules on sums: parts that do not add up to their printed total."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from trigpoint.checks.finding import Severity
from trigpoint.checks.fragment import around
from trigpoint.checks.rule import Needs, Objection, rule
from trigpoint.checks.series import TOTAL, read_series
from trigpoint.checks.stated_sums import stated_sums
from trigpoint.checks.subject import Subject
from trigpoint.plans.document import Block, BlockKind

NUMBER = re.compile(r"[£]?-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[£]?-?\d+(?:\.\d+)?")
LEADING_TOTAL = re.compile(r"^(?:[\w' -]{0,40}\b)?(?:grand )?(?:totals?|overall)\b[^%]{0,20}$", re.IGNORECASE)
ENDS_IN_TOTAL = re.compile(r"\b(?:overall|(?:grand )?totals?|sum|all areas)\s*$", re.IGNORECASE)
PERCENTAGE = re.compile(r"(\d+(?:\.\d+)?)\s?%")
MONEY = r"£(\d+(?:\.\d+)?)\s?(m|bn|k|million|billion)?"
CHANGE = re.compile(rf"\b(?:increas|ris|rose|grow|grew)\w*\s+from\s+{MONEY}\s+to\s+{MONEY}", re.IGNORECASE)
BECAUSE = re.compile(
    r"\b(?:due to|because of|consists? of|made up of|comprises?|explained by)\b([^.]*(?:\.\d[^.]*)*)", re.I
)
DIGIT_PAIR = re.compile(r"\d\D+\d\D+\d")
COMPONENT = re.compile(rf"\({MONEY}\)", re.IGNORECASE)
SCALE = {"k": Decimal("0.001"), "m": Decimal(1), "million": Decimal(1), "bn": Decimal(1000), "billion": Decimal(1000)}


@dataclass(frozen=True, slots=True)
class Sum:
    """A printed total, its parts, and how many printed numbers stand behind them (more, for a total of totals)."""

    total: Decimal
    parts: tuple[Decimal, ...]
    terms: int
    line: int | None
    fragment: str
    label: str
    where: Mapping[str, str] = field(default_factory=dict)

    @property
    def apart(self) -> Decimal:
        """How far the parts are from the total."""
        return abs(sum(self.parts, Decimal(0)) - self.total)

    @property
    def looks_average(self) -> bool:
        """Whether the "total" lies among its parts, as the overall value of a rate or mean does."""
        return min(self.parts) <= self.total <= max(self.parts)

    @property
    def tolerance(self) -> Decimal:
        """(n + 1) / 2 units of the last printed digit: each of n parts and the total is out by half a unit at most."""
        exponents = (number.as_tuple().exponent for number in (self.total, *self.parts))
        digits = min(exponent for exponent in exponents if isinstance(exponent, int))
        return Decimal(self.terms + 1) / 2 * Decimal(1).scaleb(digits)


@rule("TOTAL_ROUNDING", Severity.INFO)
def total_rounding(subject: Subject) -> Iterator[Objection]:
    """The parts miss the printed total by no more than rounding explains.

    |sum − total| ≤ (n + 1) / 2 units of the last printed digit.

    Fires: five rounded numbers that add up to 1,097 beside a total of 1,098. Does not: a sum that fits.
    Remedy: none needed; a note "figures may not add because of rounding" helps.
    """
    for each in sums(subject):
        if 0 < each.apart <= each.tolerance:
            yield Objection(_told(each, "rounding explains it"), each.line, each.fragment, None, each.where)
    yield from _told_sums(subject, rounding=True)


@rule("TOTAL_MISMATCH", Severity.WARNING)
def total_mismatch(subject: Subject) -> Iterator[Objection]:
    """The parts do not add up to the printed total, in a table or a sentence; or components exceed what they explain.

    The difference is more than rounding explains: |sum − total| > (n + 1) / 2 units of the last printed digit.
    An overall value among its parts is taken to be a mean, not a sum.

    Fires: 10, 20 and 30 beside a total of 70. Does not: percentages, or a difference of rounding.
    Remedy: correct the part or the total.
    """
    for each in sums(subject):
        if each.apart > each.tolerance and not each.looks_average:
            yield Objection(_told(each, "more than rounding explains"), each.line, each.fragment, None, each.where)
    yield from _exceeding_components(subject)
    yield from _told_sums(subject, rounding=False)


def _told_sums(subject: Subject, *, rounding: bool) -> Iterator[Objection]:
    """Totals of running text and of cells that their own sentence breaks down into parts that do not add up to them."""
    for passage in subject.texts:
        for each in stated_sums(passage.text) if DIGIT_PAIR.search(passage.text) else ():
            apart = abs(sum(each.parts) - each.total)
            within = apart <= each.half_unit * (len(each.parts) + 1)
            if apart and within is rounding:
                added, printed = shown_amount(sum(each.parts, Decimal(0))), shown_amount(each.total)
                verdict = "rounding explains it" if rounding else "more than rounding explains"
                message = f"The {len(each.parts)} parts add up to {added}, printed is {printed}; {verdict}."
                quoted = around(passage.text, each.start, each.stop, before=2, after=1)
                yield Objection(message, passage.line, quoted, None, passage.where)


def shown_amount(value: Decimal) -> str:
    """A number as people write it: thousands and millions by their names.

    >>> shown_amount(Decimal("12100000")), shown_amount(Decimal("950"))
    ('12.1 million', '950')
    """
    million = Decimal(10) ** 6
    if value >= million:
        return f"{(value / million).normalize():f} million"
    return f"{value:,f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:,f}"


def _told(each: Sum, verdict: str) -> str:
    added = sum(each.parts, Decimal(0))
    return f"{each.label}: the {len(each.parts)} parts add up to {added:,}, printed is {each.total:,}; {verdict}."


def sums(subject: Subject) -> Iterator[Sum]:
    """Every printed total with its parts: from a document's tables, or from a workspace's indicator tables."""
    if subject.document is None:
        yield from _sums_of_indicators(subject)
        return
    for rows in _numeric_tables(subject.blocks):
        yield from _sums_of_columns(rows)
        yield from _sums_of_rows(rows)


def _value(text: str) -> Decimal | None:
    match = NUMBER.fullmatch(text.strip())
    return Decimal(text.strip().replace(",", "").replace("£", "")) if match else None


def _numeric_tables(blocks: tuple[Block, ...]) -> Iterator[list[Block]]:
    """Runs of table rows of one width, a blank line apart at most."""
    run: list[Block] = []
    for block in blocks:
        if block.kind is BlockKind.TABLE_ROW and (not run or abs(len(block.cells) - len(run[0].cells)) <= 1):
            run.append(block)
        elif block.kind is not BlockKind.BLANK or len(run) < 2:
            if len(run) > 2:
                yield run
            run = [block] if block.kind is BlockKind.TABLE_ROW else []
    if len(run) > 2:
        yield run


def _sums_of_columns(rows: list[Block]) -> Iterator[Sum]:
    """Rows that are called a total, against the rows of numbers above them."""
    parts: list[Block] = []
    for row in rows:
        values = [_value(cell.text) for cell in row.cells]
        label = next((cell.text for cell in row.cells[:2] if cell.text.strip() and _value(cell.text) is None), "")
        if not any(value is not None for value in values):
            parts = []
        elif LEADING_TOTAL.match(label.strip()) and len(parts) > 1:
            for column, total in enumerate(values):
                column_parts = [_value(part.cells[column].text) for part in parts if column < len(part.cells)]
                numbers = tuple(value for value in column_parts if value is not None)
                if total is not None and len(numbers) == len(parts):
                    fragment = f"{label} {row.cells[column].text.strip()}"
                    yield Sum(total, numbers, len(numbers), row.origin.line, fragment, fragment)
            parts = []
        else:
            parts.append(row)


def _sums_of_rows(rows: list[Block]) -> Iterator[Sum]:
    """A column that is called overall or total, against the other columns of each row."""
    top = next((index for index, row in enumerate(rows) if _names_a_total(row)), None)
    if top is None:
        return
    heading, below = rows[top], rows[top + 1 :]
    column = next(position for position, cell in enumerate(heading.cells) if ENDS_IN_TOTAL.search(cell.text))
    for row in below:
        values = [_value(cell.text) for cell in row.cells]
        total = values[column] if column < len(values) else None
        parts = tuple(value for at, value in enumerate(values) if at not in (0, column) and value is not None)
        if total is None or len(parts) < 2 or len(parts) < sum(1 for cell in heading.cells if not cell.empty) - 2:
            continue
        label = row.cells[0].text.strip()
        terms = len(parts) * (len(below) - 1) if LEADING_TOTAL.match(label) else len(parts)
        yield Sum(total, parts, terms, row.origin.line, f"{label} {row.cells[column].text.strip()}", label)


def _names_a_total(row: Block) -> bool:
    """Whether a row of headings names one total among other columns, the first one aside."""
    named = [position for position, cell in enumerate(row.cells) if ENDS_IN_TOTAL.search(cell.text)]
    filled = [cell for cell in row.cells if not cell.empty]
    numbers = any(_value(cell.text) is not None for cell in row.cells[1:])
    return len(named) == 1 and named[0] > 0 and len(filled) > 2 and not numbers


def _sums_of_indicators(subject: Subject) -> Iterator[Sum]:
    """Total rows of count tables against their parts, period by period."""
    for table, series in read_series(subject):
        if table.kind != "count":
            continue
        for total in [each for each in series if each.total and not TOTAL.fullmatch(each.name)]:
            parts = [each for each in series if not each.total and each.key == total.key and each.kind is total.kind]
            if "%" in total.name or len(parts) < 2:
                continue
            for point in total.points:
                values = [p.value for each in parts for p in each.points if p.label == point.label]
                if len(values) == len(parts):
                    fragment = f"{total.shown} {point.label}"
                    place = subject.where(item=total.row)
                    yield Sum(point.value, tuple(values), len(values), point.line, fragment, fragment, place)


def _exceeding_components(subject: Subject) -> Iterator[Objection]:
    """ "From £456m to £464m … due to growth (£9m)": one component alone is more than the whole change."""
    for passage in subject.texts:
        for change in CHANGE.finditer(passage.text) if "£" in passage.text else ():
            reason = BECAUSE.search(passage.text, change.end())
            if reason is None or reason.start() - change.end() > 120:
                continue
            whole = money(change.group(3), change.group(4)) - money(change.group(1), change.group(2))
            parts = [money(*match.groups()) for match in COMPONENT.finditer(reason.group())]
            if parts and sum(parts) > whole + Decimal("0.1"):
                quoted = around(passage.text, reason.start(), min(reason.end(), reason.start() + 34), before=0, after=2)
                message = f"The change is £{whole}m, the components named for it come to £{sum(parts)}m."
                yield Objection(message, passage.line, quoted, None, passage.where)


def money(amount: str, unit: str | None) -> Decimal:
    """An amount in millions of pounds."""
    return Decimal(amount) * SCALE.get((unit or "m").lower(), Decimal(1))


SHARE_ROWS = 4
MOST_OF = Decimal("0.6")


@rule("PERCENT_MISMATCH", Severity.WARNING, needs=Needs.DOCUMENT)
def percent_mismatch(subject: Subject) -> Iterator[Objection]:
    """A printed percentage is not reproduced by the printed amounts.

    A column of percentages that most rows reproduce from two other columns is taken to be their share; the rows
    that do not reproduce it, rounded half up, are named.

    Fires: 27.8%, 25.0% and 52.6% where the amounts give 27.8, 25.0 and 25.6. Does not: rates of something unprinted.
    Remedy: correct the percentage or the amount.
    """
    for rows in _numeric_tables(subject.blocks):
        width = max(len(row.cells) for row in rows)
        for column in range(1, width):
            yield from _wrong_shares(rows, column, width)


def _wrong_shares(rows: list[Block], column: int, width: int) -> Iterator[Objection]:
    printed = [(row, PERCENTAGE.fullmatch(row.cells[column].text.strip())) for row in rows if column < len(row.cells)]
    shares = [(row, Decimal(match.group(1))) for row, match in printed if match]
    if len(shares) < SHARE_ROWS:
        return
    for part in range(1, width):
        for whole in range(1, width):
            if len({part, whole, column}) < 3:
                continue
            computed = [(row, share, _share(row, part, whole, share)) for row, share in shares]
            known = [each for each in computed if each[2] is not None]
            wrong = [each for each in known if each[1] != each[2]]
            if len(known) == len(shares) and 0 < len(wrong) <= (1 - MOST_OF) * len(known):
                for row, share, found in wrong:
                    fragment = f"{row.cells[0].text.strip()} {share}%"
                    message = f"{share}% is printed, the amounts give {found}%."
                    yield Objection(message, row.origin.line, fragment)
                return


def _share(row: Block, part: int, whole: int, printed: Decimal) -> Decimal | None:
    """One amount as a percentage of another, rounded half up to the printed digits."""
    if max(part, whole) >= len(row.cells):
        return None
    first, second = _value(row.cells[part].text), _value(row.cells[whole].text)
    if first is None or not second:
        return None
    return (first / second * 100).quantize(printed, rounding=ROUND_HALF_UP)
