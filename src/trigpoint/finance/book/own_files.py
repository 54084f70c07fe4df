"""The TOML files of the folder ``finance`` beside its settings: mechanisms of contracts, own rules, own gates."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from trigpoint.errors import InputError, InputErrors, Where
from trigpoint.finance.book.book import FinanceBook
from trigpoint.finance.book.tables import LAYOUT, MECHANISMS
from trigpoint.finance.contracts.mechanism import Mechanism
from trigpoint.finance.position.kinds import BY_NAME
from trigpoint.finance.rules.rule import BusinessRule
from trigpoint.plans.cells import CellError, decode_id, quoted
from trigpoint.plans.tables import nearest

_NAMES_ROUND = re.compile(r"^\s*framework\s*=", re.MULTILINE)


def mechanisms_of(
    texts: Mapping[str, str], shown: Mapping[str, str], problems: list[InputError]
) -> dict[str, Mechanism]:
    """The mechanisms by the names of their files."""
    from trigpoint.finance.contracts.reading import read_mechanism  # noqa: PLC0415 - it is read with a book alone

    found: dict[str, Mechanism] = {}
    for name in sorted(texts, key=lambda name: name.removesuffix(".toml")):
        if not LAYOUT.is_inner(name):
            continue
        identity = name.removeprefix(f"{MECHANISMS}/").removesuffix(".toml")
        try:
            decode_id(identity)
            mechanism = read_mechanism(texts[name], shown[name])
        except CellError as error:
            problems.append(InputError(error.what, where=Where(shown[name]), remedy=f"rename it: {error.remedy}"))
        except InputErrors as errors:
            problems += errors.errors
        except InputError as error:
            problems.append(error)
        else:
            if mechanism.id != identity:
                what = f"the file says that its id is {quoted(mechanism.id)}, and its name {quoted(identity)} is used"
                problems.append(InputError(what, where=Where(shown[name]), remedy="remove the id, or rename the file"))
            found[identity] = replace(mechanism, id=identity)
    return found


def rules_of(text: str, framework: str, file: str, problems: list[InputError]) -> tuple[BusinessRule, ...]:
    """The business rules of the organisation's own file, which may say of a rule of the planning round only what is
    different."""
    from trigpoint.finance.rules.reading import read_rules  # noqa: PLC0415 - few plans have rules of their own

    # A file that names a planning round itself differs from that one, whatever the plan's own is.
    base = None if _NAMES_ROUND.search(text) else _round_rules(framework)
    try:
        return read_rules(text, file, base or None)
    except InputErrors as errors:
        problems += errors.errors
    except InputError as error:
        problems.append(error)
    return ()


def _round_rules(framework: str) -> tuple[BusinessRule, ...]:
    from trigpoint.finance.rules.packs import known_rule_packs, load_rules  # noqa: PLC0415 - it reads a file

    return load_rules(framework) if framework in known_rule_packs() else ()


def quantities_read(book: FinanceBook) -> frozenset[str]:
    """The names of quantities that a bridge or a rule reads, and the rules' own ids, under which a plan tells what it
    prints of them."""
    rules = (*_round_rules(book.settings.framework), *book.rules)
    own = (name for one in rules for name in (one.id, one.numerator, one.denominator, one.limit_quantity) if name)
    return frozenset((*BY_NAME, *own))


def quantities_told(book: FinanceBook, remarks: list[InputError]) -> None:
    """Quantities that nothing reads, where their name is like one that is read; other names may be the plan's own. They
    are kept."""
    known = sorted(quantities_read(book))
    for one in book.quantities:
        near = nearest(one.name, known) if one.name not in known else None
        if near is not None:
            where = Where(one.stated.file, line=one.stated.row, column="quantity")
            what = f"no rule or bridge reads {quoted(one.name)}"
            remarks.append(InputError(what, where=where, remedy=f"did you mean “{near}”?"))


def gates_told(book: FinanceBook, file: str, problems: list[InputError]) -> None:
    """Stages and gates that nobody knows, and what is wrong with the own file of gates."""
    from trigpoint.finance.schemes.gates import load_gates  # noqa: PLC0415 - it names schemes, which a book holds

    try:
        rules = load_gates(book.gates_toml, file) if book.gates_toml.strip() else load_gates()
    except InputErrors as errors:
        problems += errors.errors
        return
    for scheme in book.schemes:
        if rules.stage(scheme.stage) is None:
            known = [stage.id for stage in rules.stages]
            where = Where(scheme.stated.file, line=scheme.stated.row, column="stage")
            problems.append(_unknown("stage", scheme.stage, known, where))
    for decision in book.gates:
        if rules.gate(decision.gate) is None:
            known = [gate.id for gate in rules.gates]
            where = Where(decision.stated.file, line=decision.stated.row, column="gate")
            problems.append(_unknown("gate", decision.gate, known, where))


def _unknown(noun: str, name: str, known: list[str], where: Where) -> InputError:
    near = nearest(name, known)
    remedy = f"did you mean “{near}”?" if near else f"write one of {', '.join(known)}"
    return InputError(f"there is no {noun} {quoted(name)}", where=where, remedy=remedy)
