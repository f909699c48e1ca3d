"""Make the pictures of a cohort's page, ``docs/pictures/cohort-*.png``, in headless Chromium.

Run it after a change to the page: ``uv run python -m tools.cohort_pictures``. Their bytes depend on
the fonts and the browser of the machine, so no test compares them.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Final, Literal

from playwright.sync_api import sync_playwright

from csc_verify.overview import Audience
from csc_verify.render.cohort_page import render
from tools.check_system import NO_BROWSER, browser
from tools.cohort_sample import cohort

FOLDER: Final = Path(__file__).parent.parent / "docs" / "pictures"
_SIZE: Final = {"width": 1280, "height": 860}
_SHOTS: Final[tuple[tuple[str, Literal["light", "dark"], str], ...]] = (
    ("cohort-light.png", "light", ""),
    ("cohort-dark.png", "dark", "#student=emre"),
)


def main() -> None:
    """Write the files."""
    found = browser()
    if found is None:
        sys.exit(NO_BROWSER)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder) / "index.html"
        path.write_text(render(cohort(), Audience.COACH), "utf-8")
        chromium = playwright.chromium.launch(executable_path=found)
        for name, scheme, view in _SHOTS:
            page = chromium.new_page(
                viewport={"width": _SIZE["width"], "height": _SIZE["height"]}, color_scheme=scheme
            )
            page.goto(path.as_uri() + view)
            page.screenshot(path=FOLDER / name)
            page.close()
            print(FOLDER / name)
        chromium.close()


if __name__ == "__main__":
    main()
