"""`trigpoint activity mitigators`: the New Hospital Programme's strategies, as data."""

from __future__ import annotations

from typing import Annotated

import typer

from trigpoint.cli.activity_options import AsJson


def mitigators(
    text: Annotated[str, typer.Argument(help="Part of a name or code; all where it is left out.")] = "",
    as_json: AsJson = False,
) -> None:
    """List the 92 mitigators of the New Hospital Programme's model, with the filter of each that open fields define.

    Examples:

    \b
    trigpoint activity mitigators
    trigpoint activity mitigators falls --json
    """
    from trigpoint.cli.activity_output import print_block, print_line
    from trigpoint.reports.activity.mitigators import mitigator_answer, mitigator_table, mitigators_named
    from trigpoint.wording import count

    found = mitigators_named(text)
    if as_json:
        from trigpoint.cli.data_lists import print_json

        print_json(mitigator_answer(found))
        return
    table = mitigator_table(found)
    print_block(table, empty=f"No mitigator has “{text}” in its name or code.", left=table.headers)
    print_line(f"{count(len(found), 'mitigator')}.")
