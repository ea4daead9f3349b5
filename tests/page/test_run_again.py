"""Frameworks that keep their application as long as the process lives can still be run again."""

import pytest
from playwright.sync_api import Page

EDIT_AND_RUN = """async ([src, before, after]) => {
  const element = document.querySelector(`runnable-example[src="${src}"]`);
  element.source = element.source.replace(before, after);
  await element.run();
  const { chunks } = await element.request({ method: "GET", path: "/", headers: [], body: null });
  return new TextDecoder().decode(chunks[0]);
}"""


@pytest.mark.parametrize("name", ["django_wsgi", "django_asgi", "sanic"])
def test_an_edit_is_served_by_a_fresh_interpreter(page: Page, site_url: str, name: str) -> None:
    page.goto(f"{site_url}frameworks/{name.partition('_')[0]}/")
    src = f"notes/{name}_app.py"
    assert "Buy milk" in page.evaluate(EDIT_AND_RUN, [src, "", ""])
    assert "Buy tea" in page.evaluate(EDIT_AND_RUN, [src, "Buy milk", "Buy tea"])
    assert "Buy rice" in page.evaluate(EDIT_AND_RUN, [src, "Buy tea", "Buy rice"])
