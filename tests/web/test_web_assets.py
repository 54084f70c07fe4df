"""The style sheet loads nothing from elsewhere, and whoever has not built it is told so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from trigpoint.errors import InputError
from trigpoint.web import assets


def package(folder: Path, css: str) -> Path:
    images = folder / "dist" / "nhsuk" / "assets" / "images"
    images.mkdir(parents=True)
    (images / "nhsuk-icon-cross.svg").write_text("<svg/>")
    (images / "favicon.svg").write_text("<svg/>")
    (folder / "dist" / "nhsuk" / "nhsuk-frontend.min.css").write_text(css)
    (folder / "dist" / "nhsuk" / "nhsuk-frontend.min.js").write_text("export{};\n//# sourceMappingURL=x.map")
    (folder / "package.json").write_text(json.dumps({"version": "1.2.3"}))
    return folder


def test_copies_style_script_and_only_the_icons_in_use(tmp_path: Path) -> None:
    source = package(tmp_path / "npm", "i{background:url(/assets/images/nhsuk-icon-cross.svg)}")
    target = tmp_path / "vendor"
    assets.copy_assets(source, target)
    names = sorted(str(path.relative_to(target)) for path in target.rglob("*") if path.is_file())
    assert names == [
        "images/nhsuk-icon-cross.svg",
        "nhsuk-frontend.min.css", "nhsuk-frontend.min.css.gz", "nhsuk-frontend.min.js", "nhsuk-frontend.min.js.gz",
    ]  # fmt: skip
    assert "sourceMappingURL" not in (target / "nhsuk-frontend.min.js").read_text()
    assert (target / "nhsuk-frontend.min.css").read_text().startswith("/*! nhsuk-frontend 1.2.3, MIT licence")


@pytest.mark.parametrize("css", ["a{background:url(https://cdn.example/x.png)}", "p{font-family:'Frutiger Next'}"])
def test_refuses_a_style_sheet_that_reaches_out(tmp_path: Path, css: str) -> None:
    source = package(tmp_path / "npm", css)
    with pytest.raises(InputError, match="loads something from another host"):
        assets.copy_assets(source, tmp_path / "vendor")
    assert not (tmp_path / "vendor").exists()


def test_says_when_npm_has_not_run(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"is not installed; run `npm ci` first \(needs node\)"):
        assets.copy_assets(tmp_path, tmp_path / "vendor")


def test_says_when_the_style_sheets_are_not_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "STYLE_SHEET", tmp_path / "none.css")
    with pytest.raises(InputError, match=r"the style sheets are not built; run `make assets` \(needs node\)"):
        assets.require_assets()


def test_what_is_built_has_neither_font_nor_logo() -> None:
    if not assets.STYLE_SHEET.is_file():
        pytest.skip("the style sheets are not built (make assets)")
    css = assets.STYLE_SHEET.read_text()
    assert "@font-face" not in css
    assert "http" not in css.replace("http://www.w3.org/", "")
    assert not list(assets.VENDOR.rglob("favicon*"))


def test_own_style_and_script_load_nothing_from_elsewhere() -> None:
    own = assets.VENDOR.parent / "trigpoint"
    for path in own.iterdir():
        text = path.read_text().replace("http://www.w3.org/2000/svg", "")
        assert "http" not in text, path.name
        assert "//" not in text or path.suffix == ".js", path.name
