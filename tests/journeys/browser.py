"""A real Chromium, and axe on every page it sees."""

import os
from contextlib import contextmanager
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from tests.factories import PASSWORD

SHOTS = Path(os.environ.get("SCREENSHOTS", "var/screenshots"))
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
QUIET = {"preload": False}  # axe would copy the sheets inline, which the CSP forbids
RULES = {"resultTypes": ["violations"]}
LOOKS = [(1280, "light"), (320, "dark"), (1280, "dark"), (320, "light")]


@contextmanager
def chromium():
    """Debian's Chromium, closed afterwards."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=list(ARGUMENTS)
        )
        yield browser
        browser.close()


class Visitor:
    """One person at a browser: goes, clicks, types, and has every page looked at by axe."""

    def __init__(self, browser, base):
        self.base = base
        self.page = browser.new_page(
            viewport={"width": 1280, "height": 900}, reduced_motion="reduce"
        )
        self.page.emulate_media(reduced_motion="reduce")
        self.page.set_default_timeout(15_000)
        self.axe = Axe()
        self.troubles = []
        self.page.on("console", self.note)
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))

    def note(self, message):
        if message.type == "error" and "404" not in message.text:
            self.troubles.append(message.text)

    def go(self, path):
        self.page.goto(self.base + path)
        self.look()

    def sign_in(self, user):
        self.page.context.clear_cookies()
        self.go("/accounts/login/")
        self.page.locator("main").get_by_label("E-mail address").fill(user.email)
        self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        self.press("Sign in")

    def press(self, name, role="button"):
        self.page.locator("main").get_by_role(role, name=name, exact=False).first.click()
        self.page.wait_for_load_state()
        self.look()

    def look(self):
        """What axe finds at both widths and in both color schemes, and whether a page overflows."""
        for width, scheme in LOOKS:
            self.page.set_viewport_size({"width": width, "height": 900})
            self.page.emulate_media(color_scheme=scheme)
            found = Axe().run(self.page, options=QUIET).response["violations"]
            where = f"{self.page.url} at {width} {scheme}"
            for rule in found:
                targets = [node["target"] for node in rule["nodes"]][:3]
                self.troubles.append(f"{where}: {rule['id']} {targets}")
            wide = self.page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                self.troubles.append(f"{where}: {wide} wide")
        self.page.set_viewport_size({"width": 1280, "height": 900})
        self.page.emulate_media(color_scheme="light")

    def shoot(self, name):
        SHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SHOTS / f"{name}.png")
