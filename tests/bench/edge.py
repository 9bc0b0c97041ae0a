#!/usr/bin/env python3
"""What HAProxy costs in front, with the configuration that is shipped: memory a connection over TLS, CPU a delivery.

    tests/bench/edge.py [--idle 2000] [--seconds 4]
"""
import argparse
import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "integration/wire"))
os.environ.setdefault("HEARTH", str(Path(__file__).resolve().parents[2] / "build/release/hearth"))

from edge import Edge, Node  # noqa: E402  (found by the line above)
from house import eventually  # noqa: E402
from nodes import load  # noqa: E402
from redis_server import RedisServer  # noqa: E402


class Process:
    """The one that works; its parent only watches it."""

    def __init__(self, parent):
        self.pid = int(Path(f"/proc/{parent.pid}/task/{parent.pid}/children").read_text().split()[0])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--idle", type=int, default=2000)
    parser.add_argument("--seconds", type=float, default=4)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hearth-edge-bench-") as name:
        folder, nodes = Path(name), []
        redis = RedisServer(folder / "redis")
        try:
            nodes = [Node("--no-rate-limits", "--threads", "1", redis=redis) for _ in range(2)]
            for name in ("idle", "open", "closed"):  # a run finds no messages of another
                for i in range(20):
                    nodes[0].room(f"{name}{i}", "--open")
            invite = nodes[0].run("invite", "idle0", "--uses", "1000000")[1].strip()
            for node in nodes:
                node.start()
            for what, words in ((f"{args.idle} idle", f"mode=idle conns={args.idle} rooms=20 settle=2 tls=1 room=idle"),
                                ("20 rooms of 20, 200 messages/s", "mode=open conns=400 rooms=20 publishers=20 rate=200 tls=1 room=open"),
                                ("20 rooms of 20, closed loop", "mode=closed conns=400 rooms=20 publishers=5 window=2 tls=1 room=closed")):
                edge = Edge(folder / f"edge{len(what)}", [node.port for node in nodes], HEARTH_PER_NETWORK=100_000)
                try:
                    eventually(lambda edge=edge: all(state == "UP" for state, *_ in edge.states().values()), "both nodes")
                    r = load([edge.port], [Process(edge.process)], invite, words, args.seconds)
                    wrong = sum(r[k] for k in ("lost", "wrong_order", "divergent", "broken"))
                    print(f"{what}: " + (f"{r['bytes_per_conn'] / 1024:.1f} KiB of HAProxy a connection, {r['join_cpu_ms']:.2f} ms of its CPU to come in, idle {r['idle_cpu']:.2%}"
                                         if "mode=idle" in words else f"{r['cpu_ms_per_1000']:.2f} ms of HAProxy's CPU for 1,000 deliveries, {r['deliveries_per_s']:,.0f} deliveries/s, "
                                         f"median {r['p50_ms']:.2f} ms, wrong {wrong}"), flush=True)
                finally:
                    edge.stop()
        finally:
            for node in nodes:
                node.__exit__()
            redis.stop()


if __name__ == "__main__":
    main()
