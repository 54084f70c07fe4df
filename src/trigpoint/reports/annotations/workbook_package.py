"""A new edition of an Office file: some parts changed or added, all others byte for byte as they were."""

from __future__ import annotations

import posixpath
from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml import etree

from trigpoint.documents.readers.package import Element, Package, local_name

CONTENT_TYPES = "[Content_Types].xml"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
EARLIEST_YEAR = 1980
"""Zip files know no earlier one."""


class Edition:
    """Collects what is to be changed in a package, and writes it."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self._changed: dict[str, bytes] = {}
        self._roots: dict[str, Element] = {}
        self._seen: dict[str, Element] = {}
        self._names = {name.casefold(): name for name in package.names}

    def __contains__(self, part: str) -> bool:
        return part.casefold() in self._names

    def name(self, part: str) -> str:
        """The part's name in the letter case that the package uses."""
        return self._names.get(part.casefold(), part)

    def read(self, part: str) -> bytes:
        """The bytes of a part, as changed so far."""
        name = self.name(part)
        return self._changed[name] if name in self._changed else self.package.read(name)

    def write(self, part: str, data: bytes) -> None:
        """Give a part new bytes, or add it."""
        name = self.name(part)
        self._names[part.casefold()] = name
        self._changed[name] = data

    def root(self, part: str, otherwise: str = "") -> Element:
        """The root of an XML part that is to be changed in place; made from ``otherwise`` where there is none.

        Raises ``InputError`` when the part is damaged, or missing where nothing is given in its place.
        """
        name = self.name(part)
        if name not in self._roots:
            made = bool(otherwise) and part not in self
            self._roots[name] = etree.fromstring(otherwise) if made else self.look(name)
            self._names[part.casefold()] = name
        return self._roots[name]

    def look(self, part: str) -> Element:
        """The root of an XML part, to be read and not changed."""
        name = self.name(part)
        if name not in self._roots and name not in self._seen:
            self._seen[name] = self.package.xml(name, whole=True)
        return self._roots[name] if name in self._roots else self._seen[name]

    def fresh(self, pattern: str) -> str:
        """A name that no part has yet, made from a pattern with "{}" for a number."""
        number = 1
        while pattern.format(number) in self:
            number += 1
        return pattern.format(number)

    def link(self, part: str, kind: str, target: str) -> str:
        """Relate a part to another; the id of the new relationship."""
        folder, file = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{file}.rels")
        root = self.root(rels, f'<Relationships xmlns="{RELATIONSHIPS}"/>')
        taken = {row.get("Id") for row in root}
        number = next(n for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
        row = etree.SubElement(root, f"{{{etree.QName(root).namespace}}}Relationship")
        row.set("Id", f"rId{number}")
        row.set("Type", kind)
        row.set("Target", posixpath.relpath(f"/{target}", f"/{folder}"))
        return f"rId{number}"

    def declare(self, part: str, kind: str) -> None:
        """Say of what content type a part is; for a name such as "vml" of what type all with this ending are."""
        root = self.root(CONTENT_TYPES)
        space = etree.QName(root).namespace
        override = "/" in part
        tag, key, value = ("Override", "PartName", f"/{part}") if override else ("Default", "Extension", part)
        known = {row.get(key, "").casefold() for row in root if local_name(row) == tag}
        if value.casefold() not in known:
            row = etree.Element(f"{{{space}}}{tag}", {key: value, "ContentType": kind})
            root.insert(len(root) if override else 0, row)

    def written(self, on: date) -> bytes:
        """The bytes of the new file. New parts bear the day ``on``."""
        parts = dict(self._changed)
        for name, root in self._roots.items():
            parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        output = BytesIO()
        with ZipFile(output, "w", ZIP_DEFLATED) as archive:
            for info in self.package.archive.filelist:
                data = parts.pop(info.filename) if info.filename in parts else self.package.read(info.filename)
                kept = ZipInfo(info.filename, info.date_time)
                kept.compress_type, kept.external_attr = info.compress_type, info.external_attr
                archive.writestr(kept, data)
            for name, data in parts.items():
                made = ZipInfo(name, (max(on.year, EARLIEST_YEAR), on.month, on.day, 0, 0, 0))
                made.compress_type = ZIP_DEFLATED
                archive.writestr(made, data)
        return output.getvalue()
