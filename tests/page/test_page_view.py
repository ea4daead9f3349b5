"""The Page view: a page is used as in a browser, and asks its application for everything."""

import re
from pathlib import Path

import pytest
from helpers.element import find, press
from helpers.page_view import BrowsedPage, browse, open_page
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.small_device

BROWSED = Path(__file__).with_name("applications") / "browsed_app.py"
IN_FRAME = re.compile(r'^url\("blob:null/')  # a blob: address of an origin like no other


@pytest.fixture
def browsed(example: Locator) -> BrowsedPage:
    """The first page of the application that is browsed here."""
    return browse(example, BROWSED)


def test_a_page_has_all_that_it_loads_and_asks_for(browsed: BrowsedPage) -> None:
    page = browsed.frame
    expect(page.locator("#results")).to_have_text(
        "cookies: script=ü\n"
        "elsewhere: http://elsewhere.example is not the application, and is not asked.\n"
        "events: 2 2\n"
        "fetch: 200 http://127.0.0.1:8000/json?from=fetch 1\n"
        "socket: hello echo\n"
        "socket closed: 3000 true\n"
        "visits: 1\n"
        "xhr: 200 POST application/json"
    )
    expect(page.locator("h1")).to_have_css("color", "rgb(1, 2, 3)")
    expect(page.locator("h1")).to_have_css("background-image", IN_FRAME)
    for image in ("#dot", "#set", "#late"):
        expect(page.locator(image)).to_have_js_property("naturalWidth", 7)
    asked = browsed.asked()
    assert sorted(target for target in asked if target.startswith("GET")) == [
        "GET /dot.svg",
        "GET /dot.svg?2x",
        "GET /dot.svg?css",
        "GET /events",
        "GET /json?from=fetch",
        "GET /late.svg",
        "GET /page.js",
        "GET /style/main.css",
        "GET /style/more.css",
    ]
    expect(browsed.requests.filter(has_text="elsewhere")).to_have_count(1)


def test_forms_send_what_browsers_send(browsed: BrowsedPage) -> None:
    def sent(press: str) -> str:
        browsed.go("/")
        browsed.frame.get_by_role("button", name=press, exact=True).click()
        pre = browsed.frame.locator("pre:not([id])")
        return pre.inner_text()

    post = "POST\n{}\n{}\norigin http://127.0.0.1:8000\n{}"
    form = "application/x-www-form-urlencoded"
    assert sent("get") == "GET\n/echo?q=a+b&b=1\n\norigin None\n"
    assert sent("other") == post.format("/echo/other", form, "q=a+b")
    text = "text=one%0D%0Atwo+%C3%BC"
    assert sent("post") == sent("by script") == post.format("/echo", form, text)
    browsed.go("/")
    browsed.frame.locator("input[type=file]").set_input_files(
        {"name": 'a "b" ü.txt', "mimeType": "text/plain", "buffer": b"content"}
    )
    browsed.frame.get_by_role("button", name="upload").click()
    uploaded = browsed.frame.locator("pre:not([id])").inner_text().splitlines()
    assert uploaded[:3] == ["POST", "/echo", "multipart/form-data"]
    assert 'Content-Disposition: form-data; name="upload"; filename="a %22b%22 ü.txt"' in uploaded
    assert "content" in uploaded


def test_links_history_and_what_leads_elsewhere(browsed: BrowsedPage) -> None:
    frame, address, status = browsed.frame, browsed.address, browsed.status
    frame.get_by_role("link", name="two", exact=True).click()
    expect(frame.locator("h1")).to_have_text("Two")
    expect(address).to_have_value("/two?x=1#below")
    frame.get_by_role("link", name="home").click()
    expect(frame.locator("#results")).to_contain_text("visits: 2")
    press(browsed.example, "Back")
    expect(frame.locator("h1")).to_have_text("Two")
    expect(address).to_have_value("/two?x=1#below")
    press(browsed.example, "Back")
    frame.get_by_role("button", name="push").click()
    expect(address).to_have_value("/pushed")
    press(browsed.example, "Back")
    expect(frame.locator("#results")).to_contain_text("popped: null")
    press(browsed.example, "Forward")
    expect(frame.locator("#results")).to_contain_text('popped: {"n":1}')
    browsed.go("/")
    frame.get_by_role("link", name="elsewhere").click()
    expect(status).to_contain_text("http://elsewhere.example is not the application")
    frame.get_by_role("link", name="new tab").click()
    expect(frame.locator("h1")).to_have_text("Two")
    for path, message in {
        "/away": "http://elsewhere.example is not the application",
        "/loop": "Given up after 20 redirects.",
        "/nothing": "204",
        "javascript:alert(1)": "javascript: is not the application",
    }.items():
        browsed.go(path)
        expect(status).to_contain_text(message)
        expect(frame.locator("h1")).to_have_text("Two")
    browsed.go("/missing")
    expect(frame.locator("pre")).to_have_text("no such page")


def test_cookies_are_kept_as_in_a_browser(browsed: BrowsedPage) -> None:
    expect(browsed.frame.locator("#results")).to_contain_text("script=ü")
    browsed.go("/set")
    expect(browsed.frame.locator("pre").first).to_have_text("script=ü; a=1; c=3; d=4")
    expect(browsed.frame.locator("#seen")).to_have_text("script=ü; a=1; d=4")
    browsed.go("/json")
    expect(browsed.frame.locator("pre")).to_contain_text('"b=2; ')
    press(browsed.example, "Stop")
    press(browsed.example, "Run")
    open_page(browsed.example)
    browsed.go("/cookies")
    expect(browsed.frame.locator("pre").first).to_have_text("None")


@pytest.mark.parametrize(
    "framework",
    [
        "flask",
        *(
            pytest.param(name, marks=pytest.mark.all_pairs)
            for name in (
                *("bare_wsgi", "bottle", "pyramid", "django_wsgi", "django_asgi"),
                *("bare_asgi", "starlette", "fastapi", "quart", "sanic", "aiohttp"),
            )
        ),
    ],
)
def test_the_notes_are_used_by_their_form(page: Page, site_url: str, framework: str) -> None:
    folder = framework.partition("_")[0]
    where = {"bare": "frameworks/", "aiohttp": "aiohttp/"}.get(folder, f"frameworks/{folder}/")
    page.goto(site_url + where)
    if framework == "django_asgi":
        page.get_by_text("ASGI", exact=True).first.click()
    browsed = open_page(find(page, f"notes/{framework}_app.py"), run=True)
    frame = browsed.frame
    expect(frame.locator("li")).to_have_text(["Buy milk"])
    expect(frame.locator("p")).to_have_text("Your last note: none")
    frame.get_by_label("Note").fill("Fish & <chips> für zwei")
    frame.get_by_label("Note").press("Enter")
    expect(frame.locator("li")).to_have_text(["Buy milk", "Fish & <chips> für zwei"])
    expect(frame.locator("p")).to_have_text("Your last note: 2")
    expect(browsed.requests).to_have_text(["POST / → 303", "GET / → 200"])
    frame.get_by_role("button", name="Add").click()
    expect(browsed.status).to_contain_text("POST / → 422")


def test_two_tabs_chat_with_each_other(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}frameworks/starlette/")
    browsed = open_page(find(page, "chat/starlette_app.py"), run=True)
    press(browsed.example, "Second tab")
    first, second = (browsed.example.frame_locator("iframe").nth(n) for n in (0, 1))
    expect(browsed.requests).to_have_text(
        ["WebSocket /chat → 101", "GET / → 200", "WebSocket /chat → 101"]
    )
    second.get_by_label("Message").fill("Is <anybody> there?")
    second.get_by_label("Message").press("Enter")
    first.get_by_label("Message").fill("Grüße")
    first.get_by_role("button", name="Send").click()
    for tab in (first, second):
        expect(tab.locator("li")).to_have_text(["Is <anybody> there?", "Grüße"])
    press(browsed.example, "Close the second tab")
    expect(browsed.example.locator("iframe")).to_have_count(1)


def test_djangos_admin_logs_in_and_edits(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}frameworks/django/")
    browsed = open_page(find(page, "admin/django_wsgi_app.py"), run=True)
    frame = browsed.frame
    expect(browsed.address).to_have_value("/admin/login/?next=/admin/")
    frame.get_by_label("Username").fill("ada")
    frame.get_by_label("Password").fill("wrong")
    frame.get_by_role("button", name="Log in").click()
    expect(frame.locator(".errornote")).to_contain_text("correct username and password")
    frame.get_by_label("Password").fill("lovelace")
    frame.get_by_role("button", name="Log in").click()
    expect(frame.locator("#user-tools")).to_contain_text("ada")
    expect(frame.locator("#header")).to_have_css("background-color", "rgb(65, 118, 144)")
    frame.get_by_role("link", name="Add").last.click()
    frame.get_by_label("Name").fill("Fête <nationale>")
    frame.get_by_role("button", name=re.compile("^Today")).click()  # by the admin's own script
    frame.get_by_role("button", name="Save", exact=True).click()
    expect(frame.locator(".messagelist")).to_contain_text("was added successfully")
    frame.locator("#result_list").get_by_role("link", name="Fête <nationale>").click()
    frame.get_by_label("Name").fill("Bastille Day")
    frame.get_by_role("button", name="Save", exact=True).click()
    expect(frame.locator("#result_list tbody th a")).to_have_text(["Bastille Day"])
    frame.get_by_role("button", name="Log out").click()
    expect(frame.locator("#content")).to_contain_text("Thanks for spending")
