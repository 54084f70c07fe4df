"""Makes the pictures of the running pages that the README and the guide show, from the demonstration itself."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from urllib.request import urlopen

from playwright.sync_api import Page, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
WORKSPACE = ROOT / "examples" / "dudley-2017-19"
DRAFT = ROOT / "examples" / "northvale-drafts" / "plan-draft-1.docx"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
)


def main() -> int:
    """Serve the example, photograph its pages and a review, stop."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.stderr.write("Chromium is needed for the pictures and was not found; install Debian's chromium.\n")
        return 2
    IMAGES.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder, demonstration(Path(folder)) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(QUIET))
        page = browser.new_page(viewport={"width": 1280, "height": 900}, device_scale_factor=1)
        page.goto(address)
        page.get_by_role("link", name="Operational Plan").first.click()
        photograph(page, "plan-on-a-page")
        plan = page.url
        page.get_by_role("link", name="Implement the General Practice Forward View").first.click()
        photograph(page, "objective")
        page.goto(f"{plan}measures/")
        photograph(page, "measures")
        review(page, address)
        browser.close()
    return 0


def review(page: Page, address: str) -> None:
    """Upload the draft and photograph its review."""
    page.goto(f"{address}imports/")
    page.get_by_label("Choose a file").set_input_files(DRAFT)
    page.get_by_role("button", name="Upload and read it").click()
    page.get_by_role("button", name="Start the review").click(timeout=60_000)  # the page looks again by itself
    photograph(page, "review")


def photograph(page: Page, name: str) -> None:
    """Save what is on the first screen."""
    page.screenshot(path=IMAGES / f"{name}.png", full_page=False, animations="disabled")


@contextmanager
def demonstration(folder: Path) -> Iterator[str]:
    """The demonstration server on a free port with a database of its own, stopped afterwards."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "trigpoint.cli.main",
        "serve",
        str(WORKSPACE),
        "--demo",
        "--port",
        str(port),
        "--database",
        str(folder / "picture.sqlite3"),
    ]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}/"
    try:
        for _ in range(300):
            try:
                urlopen(address, timeout=1).close()
                break
            except OSError:
                time.sleep(0.2)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


if __name__ == "__main__":
    sys.exit(main())
