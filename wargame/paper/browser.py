"""A PDF of the page, made by whatever browser there is."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path
from shutil import which

from wargame.errors import CannotWrite
from wargame.words.pages import paper as say

BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
    "microsoft-edge",
)
"""What browsers that can print by themselves are called, the first choice first."""
INSTALLED = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
"""Where they are when no folder of commands knows of them."""
SECONDS = 120


def find_browser() -> str | None:
    """Return the program of a browser that can print to a file; None if there is none."""
    found = (which(name) for name in BROWSERS)
    return next(filter(None, found), None) or next((path for path in INSTALLED if Path(path).is_file()), None)


def write_pdf(page: Path, pdf: Path) -> None:
    """Have a browser print a page to a file. Raises `CannotWrite` with what to do instead."""
    browser = find_browser()
    if browser is None:
        raise CannotWrite(say.no_browser(str(page)))
    pdf.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [
            browser,
            "--headless",
            "--disable-gpu",
            f"--user-data-dir={profile}",
            "--no-pdf-header-footer",
        ]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            command.append(
                "--no-sandbox"
            )  # it refuses to run as root in one; the page loads and runs nothing
        command += [f"--print-to-pdf={pdf.resolve()}", page.resolve().as_uri()]
        try:
            subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise CannotWrite(say.browser_failed(browser, str(page))) from error
    if not pdf.is_file():
        raise CannotWrite(say.browser_failed(browser, str(page)))
