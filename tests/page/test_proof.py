"""A mark of proof leads to the example that it names, in a tab that was not open too."""

import re

from playwright.sync_api import Page, expect

SECOND_TAB = "hello/starlette_app.py"  # on the first page


def test_address_opens_the_tab_of_its_example(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}#{SECOND_TAB}")
    expect(page.locator(f'[id="{SECOND_TAB}"]')).to_be_in_viewport()


def test_a_mark_leads_to_its_example(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}wsgi/")
    mark = page.get_by_role("link", name="Run streaming/flask_app.py").first
    mark.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"#streaming/flask_app\.py$"))
    expect(page.locator('[id="streaming/flask_app.py"]')).to_be_in_viewport()


def test_questions_lead_to_a_command_without_javascript(page: Page, site_url: str) -> None:
    browser = page.context.browser
    assert browser
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(site_url)
    command = plain.get_by_text(re.compile(r"python -m gunicorn .* flask_app:app")).nth(1)
    expect(command).to_be_hidden()
    for answer in ("I have chosen nothing yet", "No: requests come", "No, or I do not know"):
        plain.locator("summary", has_text=answer).click()
    expect(command).to_be_visible()
    context.close()
