"""Business rules from TOML and back: a planning round's, and a plan's own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any, ClassVar, Literal

from trigpoint.errors import InputError, InputErrors, Where
from trigpoint.finance.book.organisation import OrganisationType
from trigpoint.finance.rules.rule import BusinessRule, Compared, Operator
from trigpoint.plans.cells import CellError, quoted
from trigpoint.plans.tables import nearest
from trigpoint.tabular.amounts import year_of
from trigpoint.tabular.entries import toml_of

_TABLE = "rules"
_OF_FILE = ("title", "source", "framework", _TABLE)
_TABLE_HEAD = re.compile(rf"^\s*\[\[\s*{_TABLE}\s*\]\]", re.MULTILINE)
_ID = re.compile(r"[a-z][a-z0-9_]*\Z")
_MOST_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class _Row:
    """A rule as its file writes it: years as labels, shares with their sign."""

    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid", "strict": True}

    id: str
    name: str
    first: str
    last: str
    organisations: tuple[OrganisationType, ...]
    numerator: str
    operator: Operator
    unit: Literal["share", "gbp", "gbp per head"]
    source: str
    denominator: str = ""
    growth: bool = False
    limit: str = ""
    limit_quantity: str = ""
    highest: str = ""
    decimals: int = 0
    compare_on: Compared = Compared.EXACT
    severity: Literal["error", "warning", "off"] = "error"
    note: str = ""
    confirmed: bool = False


_AMOUNTS = ("limit", "highest")
_COLUMNS = tuple(field.name for field in fields(_Row))


def read_rules(text: str, name: str, base: Sequence[BusinessRule] | None = None) -> tuple[BusinessRule, ...]:
    """The rules of a TOML text, in its order; ``name`` is what messages call the file.

    Each is a table ``[[rules]]`` with the fields of ``BusinessRule``: years as “2017/18”, shares as “1%” or 0.01,
    pounds plain. Where the file names its planning round (``framework = "nhs-2017-19"``), or ``base`` gives rules, one
    that has the id of one of those needs only what is different. ``severity = "off"`` switches a rule off. Raises
    ``InputErrors`` with every mistake and its line.

    >>> text = 'framework = "nhs-2017-19"\\n[[rules]]\\nid = "net_qipp"\\ndenominator = "recurrent_allocation"'
    >>> (own,) = read_rules(text, "rules.toml")
    >>> own.denominator, own.limit, own.operator.value
    ('recurrent_allocation', Decimal('0.03'), 'at least')
    """
    problems: list[InputError] = []
    content = toml_of(text, name, problems)
    for key in content:
        if key not in _OF_FILE:
            near = nearest(key, _OF_FILE)
            remedy = f"did you mean “{near}”?" if near else "begin each rule with [[rules]]"
            problems.append(InputError(f"unknown key {quoted(key)}", where=Where(name), remedy=remedy))
    rows = content.get(_TABLE, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        problems.append(
            InputError("“rules” is no list of tables", where=Where(name), remedy="begin each with [[rules]]")
        )
        rows = []
    known = _base(content.get("framework", ""), name, problems) if base is None else base
    lines = [text.count("\n", 0, found.end()) + 1 for found in _TABLE_HEAD.finditer(text)]
    made: list[BusinessRule] = []
    for at, row in enumerate(rows):
        where = Where(name, line=lines[at] if len(lines) == len(rows) else None)
        rule = _rule(row, where, known, problems)
        if rule is not None and any(_overlap(rule, other) for other in made):
            what = f"the rule {quoted(rule.id)} stands twice in the same year"
            problems.append(InputError(what, where=where, remedy="give them different years, or remove one"))
        elif rule is not None:
            made.append(rule)
    if problems:
        raise InputErrors(tuple(problems))
    return tuple(made)


def _base(framework: object, name: str, problems: list[InputError]) -> Sequence[BusinessRule]:
    """The rules of the planning round that a file names."""
    if not framework:
        return ()
    from trigpoint.finance.rules.packs import load_rules  # noqa: PLC0415 – packs are read by this module

    try:
        return load_rules(str(framework))
    except InputError as error:
        problems.append(InputError(error.what, where=Where(name, column="framework"), remedy=error.remedy))
        return ()


def _overlap(rule: BusinessRule, other: BusinessRule) -> bool:
    return rule.id == other.id and rule.first <= other.last and other.first <= rule.last


def _rule(
    row: Mapping[str, Any], where: Where, base: Sequence[BusinessRule], problems: list[InputError]
) -> BusinessRule | None:
    from pydantic import TypeAdapter, ValidationError  # noqa: PLC0415 – a tenth of a second, paid only here

    given = {key: _as_text(value) if key in _AMOUNTS else value for key, value in row.items()}
    same = [one for one in base if one.id == given.get("id")]
    whole = {**(_row_of(same[-1]) if same else {}), **given}
    try:
        made = TypeAdapter(_Row).validate_json(json.dumps(whole, default=str))
    except ValidationError as error:
        problems.extend(_problem(one, where) for one in error.errors(include_url=False))
        return None
    return _proved(made, where, problems)


def _as_text(value: object) -> object:
    """A bare number as its text: TOML may write a limit either way."""
    return str(value) if isinstance(value, (Decimal, int)) and not isinstance(value, bool) else value


def _problem(error: Mapping[str, Any], where: Where) -> InputError:
    field = str(error["loc"][0]) if error["loc"] else "rules"
    here = Where(where.file, line=where.line, column=field)
    if error["type"] == "missing":
        return InputError(f"“{field}” is missing", where=here, remedy=f'write {field} = "…"')
    if error["type"] in ("unexpected_keyword_argument", "extra_forbidden"):
        near = nearest(field, _COLUMNS)
        remedy = f"did you mean “{near}”?" if near else f"the keys are {', '.join(_COLUMNS)}"
        return InputError(f"unknown key {quoted(field)}", where=here, remedy=remedy)
    message = str(error["msg"])
    return InputError(
        f"{quoted(str(error.get('input')))}: {message[:1].lower()}{message[1:]}", where=here, remedy="correct it"
    )


def _proved(row: _Row, where: Where, problems: list[InputError]) -> BusinessRule | None:
    """The rule of a row whose kinds are right, once its words and numbers are."""
    before = len(problems)

    def tell(field: str, what: str, remedy: str | None) -> None:
        problems.append(InputError(what, where=Where(where.file, line=where.line, column=field), remedy=remedy))

    years, amounts = {}, {}
    for field in ("first", "last"):
        try:
            years[field] = year_of(getattr(row, field))
        except CellError as error:
            tell(field, error.what, error.remedy)
    for field in _AMOUNTS:
        try:
            amounts[field] = _amount(getattr(row, field), row.unit)
        except CellError as error:
            tell(field, error.what, error.remedy)
    for field, what, remedy in _faults(row):
        tell(field, what, remedy)
    if len(problems) == before and years["last"] < years["first"]:
        tell("last", f"{row.last} is before {row.first}", "exchange them")
    limit, highest = amounts.get("limit"), amounts.get("highest")
    if limit is not None and highest is not None and highest < limit:
        tell("highest", f"{row.highest} is below the limit {row.limit}", "exchange them")
    if len(problems) > before:
        return None
    made: dict[str, Any] = {name: getattr(row, name) for name in _COLUMNS}
    return BusinessRule(**{**made, **years, **amounts})


def _faults(row: _Row) -> Iterable[tuple[str, str, str]]:
    if not _ID.match(row.id):
        yield "id", f"{quoted(row.id)} is no id", "write lower-case letters, digits and underscores"
    if not row.numerator.strip():
        yield "numerator", "the rule has no numerator", "name a quantity"
    if not row.organisations:
        yield "organisations", "the rule is for no organisation", 'write e.g. organisations = ["CCG"]'
    if bool(row.limit) == bool(row.limit_quantity):
        what = "the rule has two limits" if row.limit else "the rule has no limit"
        yield "limit", what, "give it either limit or limit_quantity"
    if (row.operator is Operator.BETWEEN) != bool(row.highest):
        yield "highest", "a range has two ends, any other rule one", 'write operator = "between", limit and highest'
    if row.growth and row.denominator:
        yield "denominator", "a rule of growth has last year for its denominator", "remove one of the two"
    if not 0 <= row.decimals <= _MOST_DECIMALS:
        yield "decimals", f"{row.decimals} is no number of decimals", f"write 0 to {_MOST_DECIMALS}"


def _amount(cell: str, unit: str) -> Decimal | None:
    """A limit in the rule's unit: shares as “1%” or 0.01, pounds plain."""
    text = cell.strip().replace("−", "-")
    if not text:
        return None
    sign = text.endswith("%")
    try:
        value = Decimal(text.removesuffix("%").strip())
    except ArithmeticError:
        raise CellError(f"{quoted(cell)} is not a number", "write digits alone, or a share such as 1%") from None
    if not value.is_finite():
        raise CellError(f"{quoted(cell)} is not a number", "write digits alone, or a share such as 1%")
    if unit != "share":
        if sign:
            raise CellError(f"{quoted(cell)} is a share, the rule is of {unit}", 'write pounds, or unit = "share"')
        return value
    if not sign and abs(value) > 1:
        raise CellError(f"{quoted(cell)} is no share", f"did you mean {text}%?")
    return value / 100 if sign else value


def rules_text(rules: Iterable[BusinessRule]) -> str:
    """The TOML text of rules, which ``read_rules`` reads back to the same.

    >>> from trigpoint.finance.rules.packs import load_rules
    >>> rules = load_rules("nhs-2026-29")
    >>> read_rules(rules_text(rules), "rules.toml") == rules
    True
    """
    import tomli_w  # noqa: PLC0415 – only who writes needs it

    rows = [{key: value for key, value in _row_of(rule).items() if value not in ("", False, None)} for rule in rules]
    return tomli_w.dumps({_TABLE: rows}) if rows else ""


def _row_of(rule: BusinessRule) -> dict[str, Any]:
    row: dict[str, Any] = {name: getattr(rule, name) for name in _COLUMNS}
    row["first"], row["last"] = rule.first.label, rule.last.label
    row["organisations"] = [one.value for one in rule.organisations]
    row["operator"], row["compare_on"] = rule.operator.value, rule.compare_on.value
    for name in _AMOUNTS:
        value: Decimal | None = getattr(rule, name)
        row[name] = "" if value is None else format(value, "f")
    return row
