"""Say whether the site can be shown at an address, before anything is set up or built.

`make serve` runs this with the machine's own Python: the standard library is all it may use.
"""

from __future__ import annotations

import errno
import ipaddress
import socket
import sys

EXAMPLE = "127.0.0.1:8001"
PORTS = range(1, 65536)


def main(arguments: list[str]) -> int:
    """Print what is wrong with an address in one line; return the exit status."""
    wrong = problem(arguments[0] if arguments else "")
    if wrong:
        print(f"make serve: {wrong}", file=sys.stderr)
    return 1 if wrong else 0


def problem(address: str) -> str | None:
    """Return why nothing can be served at `HOST:PORT`, with a remedy; None when it can."""
    host, colon, port = address.rpartition(":")
    if not (colon and host and port):
        example = f"127.0.0.1:{address}" if address.isdecimal() else EXAMPLE
        return f"ADDRESS is '{address}', expected HOST:PORT. {_such_as(example)}"
    if not (port.isascii() and port.isdecimal() and int(port) in PORTS):
        wanted = f"expected a number from 1 to {PORTS[-1]}"
        return f"the port in ADDRESS is '{port}', {wanted}. {_such_as(f'{host}:8001')}"
    family = _family(host)
    if family is None:
        wanted = "expected localhost or an IP address"
        return f"the host in ADDRESS is '{host}', {wanted}. {_such_as(EXAMPLE)}"
    error = _refusal(family, host, int(port))
    return error and f"{address} {_because(error)}. {_another(family, host, int(port))}"


def _family(host: str) -> socket.AddressFamily | None:
    """Return the family of addresses that a host is of; None for one that MkDocs does not take."""
    if host == "localhost":
        return socket.AF_INET
    try:
        version = ipaddress.ip_address(_bare(host)).version
    except ValueError:
        return None
    return socket.AF_INET6 if version == 6 else socket.AF_INET


def _bare(host: str) -> str:
    """Return a host without the brackets that IPv6 is written in."""
    return host[1:-1] if host.startswith("[") and host.endswith("]") else host


def _refusal(family: socket.AddressFamily, host: str, port: int) -> OSError | None:
    """Return the error of listening where MkDocs would, by the options that it uses."""
    try:
        with socket.socket(family, socket.SOCK_STREAM) as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((_bare(host), port))
            listener.listen()
    except OSError as error:
        return error
    return None


def _because(error: OSError) -> str:
    """Say in words why an address was refused."""
    words = {
        errno.EADDRINUSE: "is in use by another program",
        errno.EADDRNOTAVAIL: "is not an address of this machine",
        errno.EACCES: "may only be used by an administrator",
    }
    return words.get(error.errno or 0, f"cannot be used: {error.strerror or error}")


def _another(family: socket.AddressFamily, host: str, port: int) -> str:
    """Name an address that can be used now."""
    for host_tried in (host, "127.0.0.1"):
        family_tried = family if host_tried == host else socket.AF_INET
        for other in range(max(port, 1023) + 1, max(port, 1023) + 51):
            if other in PORTS and _refusal(family_tried, host_tried, other) is None:
                return f"Choose another: make serve ADDRESS={host_tried}:{other}"
    return f"Choose another. {_such_as(EXAMPLE)}"


def _such_as(address: str) -> str:
    return f"For example: make serve ADDRESS={address}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
