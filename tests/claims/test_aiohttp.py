"""What the page on aiohttp says beyond its examples' contracts, tried for real."""

import shutil
from dataclasses import replace
from pathlib import Path

from helpers.catalogue import SERVERS
from helpers.paths import EXAMPLES, ROOT

from runnable.catalogue.examples import load_example
from runnable.harness.processes import boot


def test_an_application_starts_itself(tmp_path: Path) -> None:
    lines = 'if __name__ == "__main__":\n    web.run_app(app, host="127.0.0.1", port=8000)\n'
    assert lines in (ROOT / "docs/aiohttp.md").read_text("utf-8")
    folder = tmp_path / "hello"
    folder.mkdir()
    shutil.copy(EXAMPLES / "servers.toml", tmp_path)
    shutil.copy(EXAMPLES / "hello/requests.toml", folder)
    source = (EXAMPLES / "hello/aiohttp_app.py").read_text("utf-8")
    own_port = lines.replace("port=8000", "port=int(__import__('sys').argv[1])")
    (folder / "aiohttp_app.py").write_text(f"{source}\n\n{own_port}", "utf-8")
    itself = replace(SERVERS["aiohttp"], command=("python", "{module}.py", "{port}"))
    with boot(load_example(folder / "aiohttp_app.py"), itself) as server:
        assert "Running on http://127.0.0.1:" in server.log()
