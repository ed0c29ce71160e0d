"""A browser at the portal, signed in without the login page; small files of every shown kind."""

import io
import subprocess
from time import monotonic

import pikepdf
from django.conf import settings
from django.test import Client
from PIL import Image, ImageDraw

from tests.journeys.browser import Visitor

RED = (200, 30, 30)
RAN = "/a-script-ran/"
SCRIPT = f"<html><body><script>document.title = 'ran'; fetch('{RAN}')</script>{'x' * 600}"
PATIENCE = 15  # seconds


class Looker(Visitor):
    """A visitor who comes signed in, and who notes whatever a script of a file could cause."""

    def __init__(self, browser, base):
        super().__init__(browser, base)
        self.asked_for, self.dialogs = [], []
        self.page.context.on("request", lambda request: self.asked_for.append(request.url))
        self.page.on("dialog", self.dismiss)

    def dismiss(self, dialog):
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def come_as(self, user):
        client = Client()
        client.force_login(user)
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": value, "url": self.base}
        self.page.context.clear_cookies()
        self.page.context.add_cookies([cookie])

    def is_drawn_red(self, place):
        """Whether the red sheet appears in a place before patience ends."""
        place.scroll_into_view_if_needed()
        end = monotonic() + PATIENCE
        while monotonic() < end:
            if RED in colors(place.screenshot()):
                return True
            self.page.wait_for_timeout(250)
        return False

    def plays(self, place):
        """Play a recording from its middle; return its readyState and whether time went on."""
        return place.evaluate(
            """async media => {
                media.muted = true;
                media.currentTime = 1;
                await new Promise(done => media.addEventListener('seeked', done, {once: true}));
                await media.play();
                await new Promise(done => media.addEventListener('timeupdate', done, {once: true}));
                return [media.readyState >= 2, media.currentTime >= 1];
            }"""
        )

    def ran(self):
        """Everything that a script of a file has caused."""
        title = [self.page.title()] if self.page.title() == "ran" else []
        return [*title, *self.dialogs, *(url for url in self.asked_for if RAN in url)]

    def shoot_all(self, name):
        """The page at both widths, light and dark."""
        for width, scheme in [(360, "light"), (360, "dark"), (1280, "light"), (1280, "dark")]:
            self.page.set_viewport_size({"width": width, "height": 900})
            self.page.emulate_media(color_scheme=scheme)
            self.page.wait_for_timeout(400)
            self.shoot(f"{name}-{width}-{scheme}")


def colors(png):
    """The colors of a picture of the screen."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    return {color for _count, color in picture.getcolors(picture.width * picture.height)}


def drawn(kind):
    """A red sheet as a picture or as a PDF of one page."""
    picture = Image.new("RGB", (600, 800), "white")
    ImageDraw.Draw(picture).rectangle((60, 60, 540, 740), fill=RED)
    stream = io.BytesIO()
    picture.save(stream, kind, **({"quality": 100} if kind == "PDF" else {}))
    return stream.getvalue()


def pdf_with_script():
    """The red sheet with a script that runs when it is opened."""
    with pikepdf.open(io.BytesIO(drawn("PDF"))) as pdf:
        run = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('ran');")
        pdf.Root.OpenAction = pdf.make_indirect(run)
        stream = io.BytesIO()
        pdf.save(stream)
    return stream.getvalue()


def recorded(folder, name, *options):
    """Three seconds of a test picture with a tone, as ffmpeg makes them."""
    path = folder / name
    picture = ("-f", "lavfi", "-i", "testsrc=size=320x240:rate=10:duration=3")
    tone = ("-f", "lavfi", "-i", "sine=frequency=440:duration=3")
    command = ["ffmpeg", "-v", "error", "-y", *picture, *tone, *options, str(path)]
    subprocess.run(command, check=True, timeout=60)
    return path.read_bytes()
