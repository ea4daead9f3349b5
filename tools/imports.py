"""`make imports`: runs the published examples, and writes what they import to imported.json."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from runnable.catalogue.examples import find_examples
from runnable.runtime import archives, build, standard_library
from runnable.site.runnable_fence import describe

SCRIPT = Path(__file__).with_name("imported_by.mjs")


def examples() -> list[dict[str, Any]]:
    """What the page knows of each example; each server is tried with the first that it serves."""
    seen: set[str] = set()
    result = []
    for example in find_examples(build.EXAMPLES):
        if example.threads:  # it does not run there
            continue
        data = describe(example)
        servers = [s for s in data["servers"] if s is data["servers"][0] or s["name"] not in seen]
        seen |= {server["name"] for server in servers}
        result.append({**data, "servers": servers, "path": example.name})
    return result


def main() -> None:
    """Run them all in the runtime that was built, and write the list."""
    node = archives.find_node(build.ROOT)
    if node is None:
        sys.exit("there is no Node: run `make build`, which sees to it")
    wanted = examples()
    done = subprocess.run(
        [node, SCRIPT, build.OUTPUT], input=json.dumps(wanted), stdout=subprocess.PIPE, text=True
    )
    if done.returncode:
        sys.exit("an example has not run, see the lines above")
    packages = {
        f"{example['path']} {server['name']}": [*example["packages"], *server["packages"]]
        for example in wanted
        for server in example["servers"]
    }
    imported = standard_library.choose(json.loads(done.stdout), packages)
    text = json.dumps({key: sorted(value) for key, value in imported._asdict().items()}, indent=1)
    standard_library.IMPORTED.write_text(text + "\n")


if __name__ == "__main__":
    main()
