"""Ports of loopback for the servers that tests start."""
import random
import socket
from pathlib import Path

GIVEN_TO_CONNECTIONS = Path("/proc/sys/net/ipv4/ip_local_port_range")
_claims = []  # kept until this process ends


def free_port():
    """A port to listen on, now and again after a restart.

    None of those that the system gives to connections: somebody's connection could have it by the time a server is started.
    A name beside it keeps the tests that run at the same time off.
    """
    connections_from = int(GIVEN_TO_CONNECTIONS.read_text().split()[0])
    candidates = range(10_000, connections_from if connections_from > 12_000 else 60_000)
    for port in random.sample(candidates, 1_000):
        claim = socket.socket(socket.AF_UNIX)
        try:
            claim.bind(f"\0hearth-test-port-{port}")
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", port))
        except OSError:
            claim.close()
            continue
        _claims.append(claim)
        return port
    raise RuntimeError("no free port")
