"""How results draw themselves: through entry points, so that no package of results imports charts."""

from __future__ import annotations

from html import escape
from importlib.metadata import entry_points
from inspect import signature
from typing import Any, ClassVar

from trigpoint.errors import InputError
from trigpoint.wording import listed

GROUP = "trigpoint.pictures"
_MOST_PRINTED = 20


class Drawn:
    """What every result that has pictures can do: ``picture()``, and show itself in a notebook.

    ``drawings`` are the kinds of picture that a result has, the one that a notebook shows first. Each is an entry point
    of the group ``trigpoint.pictures`` under the name of its family, a hyphen and its kind. The mixin has no state.
    """

    __slots__ = ()
    family: ClassVar[str] = ""
    drawings: ClassVar[tuple[str, ...]] = ()

    def picture(self, kind: str = "", **asked: Any) -> Any:
        """A picture of this result: specification (Vega-Lite), one-sentence finding, text alternative and table.

        ``kind`` is one of ``drawings``, the first where it is not given; ``asked`` is what that picture needs besides.
        Raises ``InputError`` for another kind, and where no charts are installed.

        >>> Drawn().picture("pie")
        Traceback (most recent call last):
        trigpoint.errors.InputError: there is no picture “pie” of this result; it has none.
        """
        wanted = kind or next(iter(self.drawings), "")
        if wanted not in self.drawings:
            known = f"ask for {listed(self.drawings)}" if self.drawings else "it has none"
            raise InputError(f"there is no picture “{wanted}” of this result", remedy=known)
        found = tuple(entry_points(group=GROUP, name=f"{self.family}-{wanted}"))
        if not found:
            raise InputError(f"no drawing of “{wanted}” is installed", remedy="install trigpoint anew, with its charts")
        draw = found[0].load()
        try:
            signature(draw).bind(self, **asked)
        except TypeError:
            needed = [name for name in list(signature(draw).parameters)[1:] if name not in asked]
            what = f"the picture “{wanted}” cannot be drawn from what was given"
            raise InputError(
                what, remedy=f"it takes {listed(needed)} besides" if needed else "leave the rest out"
            ) from None
        return draw(self, **asked)

    def _repr_html_(self) -> str:
        """The finding and the table of the first picture: what it says, for who does not see it."""
        picture = self.picture()
        headers, rows = picture.table.headers, picture.table.rows
        head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in headers)
        body = "".join(_row(row) for row in rows[:_MOST_PRINTED])
        rest = f"<p>… and {len(rows) - _MOST_PRINTED:,} more rows</p>" if len(rows) > _MOST_PRINTED else ""
        caption = f"<caption>{escape(picture.table.caption)}</caption>"
        table = f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        return f"<p>{escape(picture.finding)}</p>{table}{rest}"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        """What a notebook shows: the first picture, its table, or its sentence, whichever it can."""
        try:
            picture = self.picture()
        except InputError as error:
            return {"text/plain": str(error)}
        spec = dict(picture.spec)
        version = str(spec.get("$schema", "")).rpartition("/v")[2].partition(".")[0] or "5"
        shown = {"text/plain": picture.finding, "text/html": self._repr_html_()}
        return {**shown, f"application/vnd.vegalite.v{version}+json": spec}


def _row(cells: tuple[str, ...]) -> str:
    first = f'<th scope="row">{escape(cells[0])}</th>' if cells else ""
    return f"<tr>{first}{''.join(f'<td>{escape(cell)}</td>' for cell in cells[1:])}</tr>"
