"""Fetches nothing: copies what npm installed, the compiled NHS design system and htmx, into the static files.

Run by ``make assets`` after ``npm ci``. Three things are taken out on the way, because neither the fonts nor the
logo are ours to use: the Frutiger font faces (they would be loaded from a foreign host), the name of the font in every
font stack, and every picture that carries the NHS logo (favicons, touch icons, sharing picture).
"""

from __future__ import annotations

import gzip
import json
import re
import shutil
import sys
from pathlib import Path

from trigpoint.errors import InputError

VENDOR = Path(__file__).parent / "static" / "vendor"
STYLE_SHEET = VENDOR / "nhsuk" / "nhsuk-frontend.min.css"
SYSTEM_FONTS = '-apple-system,BlinkMacSystemFont,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif'

_FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
_FONT_STACK = re.compile(r'"?Frutiger W01"?\s*,\s*arial\s*,\s*sans-serif', re.IGNORECASE)
_ICON = re.compile(r"url\(/assets/images/([a-z-]+\.svg)\)")
_REMOTE = re.compile(r"url\(\s*[\"']?https?:")
_SOURCE_MAP = re.compile(r"\n?(/\*|//)# sourceMappingURL=.*$", re.MULTILINE)


def local_style(css: str) -> str:
    """The design system's style sheet without foreign fonts, its icons beside it.

    Raises ``InputError`` when something that would be loaded from another host is left, so that a new release of the
    design system cannot bring one in unseen.

    >>> local_style('@font-face{src:url(https://a.example/f.woff)}p{font-family:Frutiger W01,arial,sans-serif}')
    'p{font-family:-apple-system,BlinkMacSystemFont,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}'
    >>> local_style("i{background:url(/assets/images/nhsuk-icon-cross.svg)}")
    'i{background:url(images/nhsuk-icon-cross.svg)}'
    """
    css = _ICON.sub(r"url(images/\1)", _FONT_STACK.sub(SYSTEM_FONTS, _FONT_FACE.sub("", css)))
    css = _SOURCE_MAP.sub("", css)
    if _REMOTE.search(css) or "frutiger" in css.lower():
        raise InputError(
            "the design system's style sheet loads something from another host",
            remedy="look at what its release changed and extend trigpoint.web.assets",
        )
    return css


def copy_assets(source: Path, target: Path) -> None:
    """Copy style sheet, script and icons from the npm package ``source`` to ``target``, with compressed siblings."""
    dist = source / "dist" / "nhsuk"
    if not (dist / "nhsuk-frontend.min.css").is_file():
        raise InputError(
            "the NHS design system is not installed",
            where=str(source),
            remedy="run `npm ci` first (needs node)",
        )
    release = json.loads((source / "package.json").read_text(encoding="utf-8"))["version"]
    notice = f"/*! nhsuk-frontend {release}, MIT licence, copyright NHS England; changed: no fonts, no logo */\n"
    css = local_style((dist / "nhsuk-frontend.min.css").read_text(encoding="utf-8"))
    script = _SOURCE_MAP.sub("", (dist / "nhsuk-frontend.min.js").read_text(encoding="utf-8"))
    shutil.rmtree(target, ignore_errors=True)
    (target / "images").mkdir(parents=True)
    for name, text in (("nhsuk-frontend.min.css", css), ("nhsuk-frontend.min.js", script)):
        content = (notice + text).encode()
        (target / name).write_bytes(content)
        (target / f"{name}.gz").write_bytes(gzip.compress(content, mtime=0))
    for name in sorted(set(re.findall(r"url\(images/([a-z-]+\.svg)\)", css))):
        shutil.copyfile(dist / "assets" / "images" / name, target / "images" / name)


def copy_htmx(source: Path, target: Path) -> None:
    """Copy the script of htmx from its npm package ``source`` to ``target``, with a compressed sibling."""
    file = source / "dist" / "htmx.min.js"
    if not file.is_file():
        raise InputError("htmx is not installed", where=str(source), remedy="run `npm ci` first (needs node)")
    release = json.loads((source / "package.json").read_text(encoding="utf-8"))["version"]
    content = f"/*! htmx {release}, 0BSD licence */\n{file.read_text(encoding='utf-8')}".encode()
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    (target / file.name).write_bytes(content)
    (target / f"{file.name}.gz").write_bytes(gzip.compress(content, mtime=0))


def require_assets() -> None:
    """Raise ``InputError`` when the style sheets have not been built."""
    if not STYLE_SHEET.is_file():
        raise InputError("the style sheets are not built", remedy="run `make assets` (needs node)")


def main() -> int:
    """Copy from ``node_modules`` of the working directory; 0, or 2 with one sentence."""
    try:
        copy_assets(Path("node_modules/nhsuk-frontend"), VENDOR / "nhsuk")
        copy_htmx(Path("node_modules/htmx.org"), VENDOR / "htmx")
    except InputError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
