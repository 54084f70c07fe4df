"""The elements of a large XML part one by one, in little memory however the part is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml import etree

from trigpoint.documents.readers.limits import MEGABYTE
from trigpoint.documents.readers.package import Element, Package, local_name
from trigpoint.errors import InputError

CHUNK = 128 * 1024
LONGEST_ELEMENT = 16 * MEGABYTE
"""A row or another element that is longer is refused: a row of 500 full cells has less than 1 MB."""
DEEPEST = 16


def unheard(_: int) -> None:
    """For parts whose reading nobody waits for."""


def elements(
    package: Package,
    part: str,
    names: tuple[str, ...],
    told: Callable[[int], None] = unheard,
    opened: tuple[str, ...] = (),
) -> Iterator[Element]:
    """Every element of these local names when it is complete, those of ``opened`` when they begin; then forgotten.

    ``told`` hears of the bytes read. What is yielded is emptied afterwards. Raises ``InputError`` when the part is no
    XML, or is made to fill the memory.
    """
    parser = _parser((*names, *opened), ("start", "end") if opened else ("end",))
    root: Element | None = None
    since = 0
    with package.stream(part, xml=True) as stream:
        try:
            while chunk := stream.read(CHUNK):
                parser.feed(chunk)
                told(len(chunk))
                since += len(chunk)
                for event, element in parser.read_events():
                    if not opened or (event == "start") is (local_name(element) in opened):
                        yield element
                    since = 0
                    root = element.getroottree().getroot() if root is None else root
                    if event == "end":
                        # What somebody still looks at is costly to take out of the tree, unless it is empty.
                        element.clear()
                if root is not None and _pruned(root, names):
                    since = 0
                if since > LONGEST_ELEMENT:
                    raise _too_long(package, part)
            parser.close()
        except etree.XMLSyntaxError:
            raise package.damaged(f"its part {part} is no XML that can be read") from None


def _parser(names: tuple[str, ...], events: tuple[str, ...]) -> etree.XMLPullParser:
    return etree.XMLPullParser(
        events=events,
        tag=tuple(f"{{*}}{name}" for name in names),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _pruned(root: Element, names: tuple[str, ...]) -> bool:
    """Forget all that is complete along the open branch; whether there was any."""
    node, found = root, False
    for _ in range(DEEPEST):
        if not len(node) or local_name(node) in names:
            break
        found = found or len(node) > 1
        del node[:-1]
        node = node[-1]
    return found


def _too_long(package: Package, part: str) -> InputError:
    what = f"its part {part} holds an element of more than {LONGEST_ELEMENT // MEGABYTE} MB"
    return InputError(what, where=package.where, remedy="leave out what is no part of the plan and save it again")
