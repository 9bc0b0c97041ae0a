#!/usr/bin/env python3
"""Two nodes on one Redis beside one node on SQLite: what a second machine's safety costs, with the same members and messages.

    tests/bench/nodes.py                      B and C, three rounds, some two minutes
    tests/bench/nodes.py --rounds 1 --seconds 2 --fsync always
    tests/bench/nodes.py --listeners          what each further node costs that only hears of the messages, half a minute

All servers of a run, Redis among them, share core 0; the generator has core 1, and every room has half its members on each node.
Cost is the CPU of all of them for 1,000 deliveries. The two ways alternate, so that a drift of the machine hits both alike; both are
durable (SQLite synchronous=FULL, Redis as --fsync says). Asked: at most 1 ms more at the median, at most 1.6 times the cost.
"""
import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from run import BUILD, GENERATOR_CORE, HEARTH, PINNED, SERVER_CORES, WORKLOADS, Server, faults, free_port, flush_ms, middle


class Nodes:
    """Servers on one redis-server, pinned together, in a folder of their own."""

    def __init__(self, rooms, fsync, count=2):
        self.folder = tempfile.TemporaryDirectory(prefix="hearth-nodes-", dir=os.environ.get("BENCH_DIR"))
        folder, self.processes, self.ports = Path(self.folder.name), [], [free_port() for _ in range(count)]
        door = folder / "redis"
        self.log = open(folder / "log", "wb")
        self.start("redis-server", "--port", 0, "--unixsocket", door, "--dir", folder, "--save", "", "--appendonly", "yes", "--appendfsync", fsync)
        self.where = ["--store", "redis", "--redis", f"unix://{door}"]
        while not door.exists():
            time.sleep(0.01)
        for i in range(rooms):
            self.run("room", "add", f"lobby{i}", "--title", f"Lobby {i}", "--kind", "peer_support", "--topic", "general", "--open")
        self.invite = self.run("invite", "lobby0", "--uses", 1000000).split()[-1]
        for i, port in enumerate(self.ports):
            self.start(HEARTH, "serve", "--listen", f"127.0.0.1:{port}", "--threads", 1, "--no-rate-limits", "--data", folder / f"node{i}", *self.where)

    def start(self, *words):
        self.processes.append(subprocess.Popen([*PINNED, SERVER_CORES[1], *map(str, words)], stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log,
                                               start_new_session=True))

    def run(self, *words):
        return subprocess.run([HEARTH, *map(str, words), *self.where], check=True, capture_output=True, text=True).stdout

    def __enter__(self):
        end = time.monotonic() + 60
        for port in self.ports:
            while True:
                if any(each.poll() is not None for each in self.processes) or time.monotonic() > end:
                    sys.exit(f"a server ended: {Path(self.folder.name, 'log').read_text()}")
                try:
                    socket.create_connection(("127.0.0.1", port), 1).close()
                    break
                except OSError:
                    time.sleep(0.1)
        time.sleep(1)
        return self

    def __exit__(self, *_):
        for each in reversed(self.processes):  # the servers first
            each.terminate()
            try:
                each.wait(12)
            except subprocess.TimeoutExpired:
                each.kill()
                each.wait()
        self.log.close()
        self.folder.cleanup()


def load(ports, processes, invite, words, seconds):
    done = subprocess.run([*PINNED, GENERATOR_CORE, str(BUILD / "hearth-load"), ",".join(map(str, ports)), *words.split(), f"duration={seconds}",
                           f"pid={','.join(str(p.pid) for p in processes)}", f"invite={invite}"], stdout=subprocess.PIPE, text=True, timeout=180, start_new_session=True)
    if done.returncode != 0:
        sys.exit(f"{words}: the generator failed")
    return json.loads(done.stdout)


def measure(two, words, seconds, fsync):
    rooms = int(dict(w.split("=") for w in words.split())["rooms"])
    if two:
        with Nodes(rooms, fsync) as pair:
            return load(pair.ports, pair.processes, pair.invite, words, seconds)
    with Server("hearth", rooms) as server:
        return load([server.port], [server.process], server.invite, words, seconds)


def cpu_of(process):
    return sum(int(task.read_text().split()[0]) for task in Path(f"/proc/{process.pid}/task").glob("*/schedstat")) / 1e3  # microseconds


def listeners(seconds, fsync):
    """Members on two nodes; the others hear of every message and have nobody to tell."""
    rate = 1000
    words = f"mode=open conns=40 rooms=2 publishers=20 rate={rate} warmup=1"
    print(f"\n{rate} messages/s in two rooms of 20 on two nodes; microseconds of CPU per message\n  | nodes | Redis | a node with members | a node without |\n  |---|---|---|---|")
    for count in (2, 3, 5, 9):
        with Nodes(2, fsync, count) as nodes:
            before = [cpu_of(each) for each in nodes.processes]
            result = load(nodes.ports[:2], nodes.processes, nodes.invite, words, seconds)
            spent = [(cpu_of(each) - was) / (rate * (seconds + 1)) for each, was in zip(nodes.processes, before)]
            silent = f"{sum(spent[3:]) / (count - 2):.1f}" if count > 2 else "–"
            print(f"  | {count} | {spent[0]:.1f} | {sum(spent[1:3]) / 2:.1f} | {silent} |  lost, doubled, out of order: {faults([result])}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--workloads", default="B,C")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--fsync", default="everysec", choices=("always", "everysec"))
    parser.add_argument("--listeners", action="store_true")
    args = parser.parse_args()
    print(f"One fsync of this disk: {flush_ms(os.environ.get('BENCH_DIR'))[0]:.2f} ms (median of 200); Redis: appendfsync {args.fsync}; load {os.getloadavg()[0]:.1f}")
    if args.listeners:
        listeners(args.seconds, args.fsync)
        return 0
    wrong = 0
    for name in args.workloads.split(","):
        title, words = WORKLOADS[name]
        results = {two: [] for two in (False, True)}
        for _ in range(args.rounds):
            for two, found in results.items():
                found.append(measure(two, words, args.seconds, args.fsync))
        print(f"\n{name}: {title}\n  | servers | deliveries/s | CPU ms per 1,000 | p50 ms | p99 ms | all servers on their core | lost, doubled, out of order |\n  |---|---|---|---|---|---|---|")
        for two, r in results.items():
            print(f"  | {'two on Redis' if two else 'one on SQLite'} | {middle(r, 'deliveries_per_s'):,.0f} | {middle(r, 'cpu_ms_per_1000'):.2f} | {middle(r, 'p50_ms'):.2f} | "
                  f"{middle(r, 'p99_ms'):.2f} | {middle(r, 'server_share'):.0%} | {faults(r)} |")
            wrong += faults(r)
        with Nodes(int(dict(w.split("=") for w in words.split())["rooms"]), args.fsync) as nodes:
            redis = load(nodes.ports, nodes.processes[:1], nodes.invite, words, args.seconds)
        print(f"  Redis alone: {redis['cpu_us_per_message']:.0f} us of CPU a message, {redis['join_cpu_ms'] * 1000:.0f} us for somebody who comes in by invite")
        one, pair = results[False], results[True]
        print(f"  {middle(pair, 'cpu_ms_per_1000') / middle(one, 'cpu_ms_per_1000'):.2f} times the cost per delivery, "
              f"{middle(pair, 'p50_ms') - middle(one, 'p50_ms'):+.2f} ms at the median", flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
