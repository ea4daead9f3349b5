"""Starts servers with what takes more than their command, as servers.toml tells; over TLS, too."""

import http.client
import ssl
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import trustme
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from runnable.catalogue.servers import HOST, ServerSpec
from runnable.harness.processes import START_SECONDS, RunningServer

type Probe = Callable[[RunningServer], None]


@cache
def authority() -> trustme.CA:
    """Give the authority that the clients of these tests trust, and nobody else."""
    return trustme.CA()


@cache
def certificate() -> dict[str, str]:
    """Give the files of a certificate for this machine, by their names in servers.toml."""
    issued = authority().issue_cert("localhost", HOST)
    key = load_pem_private_key(issued.private_key_pem.bytes(), None)
    # Granian takes this form alone
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    folder = Path(_FOLDER.name)
    folder.chmod(0o755)  # Apache does not run as root
    chain = b"".join(blob.bytes() for blob in issued.cert_chain_pems)
    files = {"certificate": chain, "key": pem}
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return {name: str(folder / name) for name in files}


_FOLDER = tempfile.TemporaryDirectory(prefix="certificate-")


def with_features(
    server: ServerSpec, *names: str, values: Mapping[str, str]
) -> tuple[ServerSpec, Probe | None, int | None]:
    """Give a server with the options of some of its features, at the end of its command.

    Args:
        server: The server.
        names: The features.
        values: What is filled in there, by its name: `https_port`, a free port for the servers
            that take HTTPS beside HTTP; `socket`, a path.

    Returns:
        The server; how to ask it for an answer, and its port for HTTPS, where
        they are not the usual ones.
    """
    features = [server.features[name] for name in names]
    options = [option for feature in features for option in feature.options]
    packages = [package for feature in features for package in feature.packages]
    beside = any("{https_port}" in option for option in options)
    port = int(values["https_port"]) if beside else None
    filled = {**values, **(certificate() if "https" in names else {})}
    for name, value in filled.items():
        options = [option.replace(f"{{{name}}}", value) for option in options]
    command = (*server.command, *options)
    started = replace(server, command=command, packages=(*server.packages, *packages))

    def probe(running: RunningServer) -> None:
        connection = http.client.HTTPSConnection(
            HOST, port or running.port, timeout=START_SECONDS, context=client_context()
        )
        try:
            connection.request("GET", "/")
            connection.getresponse().read()
        finally:
            connection.close()

    return started, probe if "https" in names else None, port


def client_context(*protocols: str) -> ssl.SSLContext:
    """Give what a client needs that trusts our authority, and offers protocols by ALPN."""
    context = ssl.create_default_context()
    authority().configure_trust(context)
    if protocols:
        context.set_alpn_protocols(list(protocols))
    return context
