"""Which servers may run an example: those under which its contract holds."""

from __future__ import annotations

from runnable.catalogue.defects import find_defect, load_defects
from runnable.catalogue.examples import Example
from runnable.catalogue.servers import ServerSpec, load_servers, server_of


def suits(server: ServerSpec, example: Example) -> bool:
    """Say whether an example's contract is one for this server.

    It serves the example. And where the contract says whether ten requests
    overlap, which under WSGI is the server's doing, it is a server that does so. An example
    that shows a mistake is for the servers whose log its contract states.
    """
    if example.mistake and example.mistake.log:
        return server.name in example.mistake.log
    requests = example.contract.requests
    overlaps = {request.overlaps.get(example.module) for request in requests} - {None}
    return server.serves(example) and (
        server.interface != "WSGI" or overlaps <= {not server.one_by_one}
    )


def servers_in_page(example: Example) -> list[ServerSpec]:
    """Give the servers that a reader may choose for an example, its own first.

    None of the others has a known defect that the example meets.

    Raises:
        ExampleError: If its own is unknown.
    """
    own = server_of(example)
    examples = example.path.parent.parent
    servers = load_servers(examples / "servers.toml").values()
    defects = load_defects(examples / "defects.toml").values()
    others = [
        server for server in servers if server.browser and server != own and suits(server, example)
    ]
    return [own, *(server for server in others if not find_defect(defects, example, server))]
