#!/usr/bin/env python3
"""A plan on paper: what so many connected members would need, by arithmetic from measured costs. docs/SCALE.md reads it aloud.

    tests/bench/scale.py                         one million, as docs/SCALE.md has it
    tests/bench/scale.py --members 100000 --retention-days 7
    tests/bench/scale.py --check docs/SCALE.md   exit status 1 if the page says otherwise

Every cost below was measured on the machine of docs/PERFORMANCE.md and says by what; measure again, change it here, and the plan changes.
"""
import argparse
import math
import sys
from pathlib import Path

GIB = 1 << 20  # KiB

# What it costs, measured. Rooms of 20, as in all these measurements.
NODE_KIB = 2.9          # a connection at rest on a node: run.py, workload D
KERNEL_KIB = 3.9        # the kernel's part of one end of a connection: growth of Slab in /proc/meminfo under D, halved
EDGE_KIB = 23.1         # a connection over TLS at rest in HAProxy: edge.py
NODE_JOIN_US = 210      # to come in, on a node: run.py, D, beside builds
REDIS_JOIN_US = 95      # ... by invite, in Redis: nodes.py
EDGE_JOIN_US = 1_130    # ... a TLS handshake above all, in HAProxy: edge.py
MESSAGE_US = 185        # a message and its 20 deliveries, on the nodes that have its members: nodes.py --listeners, few at once
HEARING_US = 16         # a message on a node that has none of them: nodes.py --listeners
REDIS_US = 34           # a commit in Redis, many at once, two nodes listening: nodes.py, B
REDIS_NODE_US = 4       # ... and for each further node that listens: nodes.py --listeners
REPORT_US = 17          # a node's word of who is present in a room, nothing having changed, in Redis: ADR 45
EDGE_DELIVERY_US = 25   # a delivery through HAProxy, few at once: edge.py
PING_NODE_US = 1.5      # a ping and its answer on a node: idle CPU of run.py, D
PING_EDGE_US = 17       # ... and in HAProxy: idle CPU of edge.py
REDIS_BYTES = 400       # a message in Redis' memory: docs/PERFORMANCE.md, "On Redis"
FRAME_BYTES = 300       # a message's frame on the wire: a line of 70 characters and its members, with TCP and TLS around it
NEWS_BYTES = 500        # the same as told to another node

# What is assumed.
PING_S, REPORT_S, PER_ROOM, BUSY = 25, 3, 20, 0.5  # half of every core stays free for a bad day


def up(number):
    return max(1, math.ceil(number - 1e-9))


def plan(members, minutes_between, peak, retention_days, cores, per_node, per_edge, shard_gib):
    average = members / (60 * minutes_between)
    top = average * peak
    yield "rooms of 20", f"{members // PER_ROOM:,}"
    yield "messages a second, on average and at the peak", f"{average:,.0f} and {top:,.0f}"
    yield "deliveries a second at the peak", f"{top * PER_ROOM:,.0f}"

    nodes = up(members / per_node) + 1
    hearing = top * HEARING_US / 1e6
    speaking = top * MESSAGE_US / 1e6 / nodes
    pings = members / PING_S * PING_NODE_US / 1e6 / nodes
    yield f"nodes ({per_node:,} connections each, and one to spare)", f"{nodes}"
    yield "memory of connections on a node, program and kernel", f"{per_node * (NODE_KIB + KERNEL_KIB) / GIB:.1f} GiB"
    yield "cores of a node at the peak: speaking, hearing all rooms, pings", f"{speaking:.2f} + {hearing:.2f} + {pings:.2f} of {cores}"

    edges = up(members / per_edge) + 1
    edge = (top * PER_ROOM * EDGE_DELIVERY_US + members / PING_S * PING_EDGE_US) / 1e6 / edges
    yield f"edges ({per_edge:,} connections each, and one to spare)", f"{edges}"
    yield "memory of connections on an edge, HAProxy and both kernel ends", f"{per_edge * (EDGE_KIB + 2 * KERNEL_KIB) / GIB:.1f} GiB"
    yield "cores of an edge at the peak", f"{edge:.2f} of {cores}"
    yield "out to members at the peak, all edges", f"{top * PER_ROOM * FRAME_BYTES * 8 / 1e6:,.0f} Mbit/s"

    commit = REDIS_US + REDIS_NODE_US * (nodes - 2)
    nodes_of_a_room = nodes * (1 - (1 - 1 / nodes) ** PER_ROOM)  # its people come to any node
    reports = members / PER_ROOM * nodes_of_a_room / REPORT_S
    by_cpu = (top * commit + reports * REPORT_US) / 1e6 / BUSY
    kept = average / 3 * 86_400 * retention_days * REDIS_BYTES / (1 << 30)  # connected a third of the day
    by_memory = kept / (shard_gib / 2)  # the other half: rewriting the append-only file copies pages
    yield "a commit in Redis with that many nodes listening", f"{commit} us, so {1e6 * BUSY / commit:,.0f} a second and shard at half load"
    yield "nodes with people in a room, and reports of who is present", f"{nodes_of_a_room:.1f}; {reports:,.0f} a second"
    yield "Redis shards for commits and reports", f"{up(by_cpu)}"
    yield f"messages kept in memory, {retention_days} days", f"{kept:,.0f} GiB"
    yield f"Redis shards for the memory ({shard_gib} GiB each, half of it used)", f"{up(by_memory)}"
    yield "told to the nodes at the peak, by all shards", f"{top * nodes * NEWS_BYTES * 8 / 1e6:,.0f} Mbit/s"

    shards = max(up(by_cpu), up(by_memory))
    yield "a node dies: TLS again, all edges at all cores", f"{per_node * EDGE_JOIN_US / 1e6 / (edges * cores):.1f} s"
    yield "... coming in on the other nodes, all cores", f"{per_node * NODE_JOIN_US / 1e6 / ((nodes - 1) * cores):.1f} s"
    yield "... and in Redis: accounts and sessions lie in one shard", f"{per_node * REDIS_JOIN_US / 1e6:.1f} s"
    yield "an edge dies: TLS again on the others", f"{per_edge * EDGE_JOIN_US / 1e6 / ((edges - 1) * cores):.1f} s"
    yield "machines: nodes, edges, Redis with a replica each", f"{nodes} + {edges} + {2 * shards} = {nodes + edges + 2 * shards}"


def table(args):
    rows = plan(args.members, args.minutes_between, args.peak, args.retention_days, args.cores, args.per_node, args.per_edge, args.shard_gib)
    return "\n".join(["| what | how much |", "|---|---|", *(f"| {what} | {how} |" for what, how in rows)])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--members", type=int, default=1_000_000, help="connected at once")
    parser.add_argument("--minutes-between", type=float, default=10, help="between two messages of one member")
    parser.add_argument("--peak", type=float, default=3, help="times the average")
    parser.add_argument("--retention-days", type=int, default=30)
    parser.add_argument("--cores", type=int, default=8, help="of a node and of an edge")
    parser.add_argument("--per-node", type=int, default=100_000, help="connections")
    parser.add_argument("--per-edge", type=int, default=150_000, help="connections")
    parser.add_argument("--shard-gib", type=int, default=64)
    parser.add_argument("--check", type=Path, help="a page that has to hold this table")
    args = parser.parse_args()
    found = table(args)
    if not args.check:
        print(found)
        return 0
    if found in args.check.read_text():
        print(f"{args.check} has this plan")
        return 0
    print(f"{args.check} has another plan than this:\n{found}")
    return 1


if __name__ == "__main__":
    sys.exit(main())
