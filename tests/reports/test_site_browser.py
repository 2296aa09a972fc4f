"""The pages of a history in a browser: from a file, from a server that allows little, on a phone, in the dark."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from reports.html_site import pages
from scanner.words.site import folder_of
from tests.history.pasts import nights
from tests.reports.pages import IN_A_BROWSER
from tests.reports.test_html_browser import CONTRAST
from tests.reports.test_site import BAD, hostile

pytestmark = IN_A_BROWSER
JENKINS = "sandbox allow-same-origin; default-src 'none'; img-src 'self'; style-src 'self';"
MONTH, STRANGE = folder_of("berlin"), folder_of(BAD)
PAGES = ("index.html", *(f"{folder}/{page}.html" for folder in (MONTH, STRANGE) for page in ("index", "run-3")))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """30 nights of 13 hosts, and an estate of hostile names."""
    folder = tmp_path_factory.mktemp("site")
    for name, page in pages([nights().estate(), hostile().estate(BAD)]):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(page, encoding="utf-8")
    return folder


@pytest.fixture
def tab(browser) -> Iterator[object]:
    """A page that fails the test if it logs anything, as a refusal by the policy, or asks for what is not there."""
    context = browser.new_context()
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("requestfailed", lambda request: said.append(request.url))
    yield page
    context.close()
    assert said == []


def styled(tab) -> bool:
    return tab.evaluate("getComputedStyle(document.querySelector('.m')).borderStyle") in ("solid", "dashed", "dotted")


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_no_page_is_wider_than_the_screen(tab, folder, name, width):
    tab.set_viewport_size({"width": width, "height": 800})
    tab.goto((folder / name).as_uri())
    tab.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    if "index" in name:
        assert styled(tab), "from a file, too"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_contrast_is_enough(tab, folder, name, scheme):
    tab.emulate_media(color_scheme=scheme)
    tab.goto((folder / name).as_uri())
    tab.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
    assert tab.evaluate(CONTRAST) == []


@pytest.fixture
def served(folder) -> Iterator[str]:
    """A server that adds the policy that Jenkins adds to what builds leave behind."""

    class Handler(SimpleHTTPRequestHandler):
        def end_headers(self) -> None:
            self.send_header("Content-Security-Policy", JENKINS)
            super().end_headers()

        def log_message(self, *args: object) -> None:
            pass

        def do_GET(self) -> None:
            if self.path == "/favicon.ico":  # a browser asks for it by itself
                self.send_response(204)
                self.end_headers()
            else:
                super().do_GET()

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_server_that_allows_no_style_of_a_page_itself_shows_it_all_the_same(browser, served):
    tab = browser.new_page()
    tab.goto(f"{served}/index.html")
    assert styled(tab)
    tab.click(f"a[href='{MONTH}/index.html']")
    assert styled(tab)
    tab.click("table.runs a[href='run-16.html']")
    assert "2026-11-16" in tab.inner_text(".over")
    tab.click("a[href='../index.html']")
    assert tab.inner_text("h1") == "History"
    tab.close()


def test_links_are_big_enough_for_a_finger(tab, folder):
    tab.set_viewport_size({"width": 390, "height": 800})
    tab.goto((folder / MONTH / "index.html").as_uri())
    small = tab.evaluate(
        """() => [...document.querySelectorAll(".strip a, .grid thead a")].map((e) => e.getBoundingClientRect())
          .filter((box) => box.width < 24 || box.height < 24).length"""
    )
    assert small == 0


def test_shapes_differ_where_colours_do_not_show(tab, folder):
    tab.goto((folder / MONTH / "index.html").as_uri())
    looks = tab.evaluate(
        """() => Object.fromEntries(["pass", "fail", "unknown", "early"].map((kind) => {
          const style = getComputedStyle(document.querySelector(`.m.${kind}`));
          return [kind, `${style.borderRadius} ${style.borderStyle}`];
        }))"""
    )
    assert len(set(looks.values())) == 4


def test_on_paper_nothing_is_cut_off(tab, folder):
    tab.set_viewport_size({"width": 688, "height": 1000})  # A4 without its margins
    tab.goto((folder / MONTH / "index.html").as_uri())
    tab.emulate_media(media="print")
    assert tab.evaluate("document.documentElement.scrollWidth") <= 688
    assert not tab.is_visible("nav")
    assert tab.evaluate("getComputedStyle(document.querySelector('.scroll')).overflowX") == "visible"
