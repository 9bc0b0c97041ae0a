#!/usr/bin/env python3
"""The whole server under load, beside servers that do nothing but broadcast, as one table with ratios.

    tests/bench/run.py                        workloads A B C D F, three rounds, about six minutes
    tests/bench/run.py --workloads B --rounds 1 --seconds 2
    tests/bench/run.py --growth               cost per delivery by connections and rooms; one worker and two
    tests/bench/run.py --peers ../shared/bench --workloads A,B,C      beside the peers installed, by a generator that is not ours
    tests/bench/run.py --smoke                seconds: does everything run, is nothing lost?

Server on core 0, generator (hearth-load) on core 1, servers alternating so that a drift of the machine hits all alike; a ratio is
the median of the rounds' ratios, so that its two sides are a few seconds apart.
Store durable (SQLite, synchronous=FULL) and moderation on. Compare within one run only.
"""
import argparse
import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import peers

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "integration/wire"))
from ports import free_port  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent.parent
BUILD = Path(os.environ.get("BUILD", ROOT / "build/release"))
HEARTH = os.environ.get("HEARTH", str(BUILD / "hearth"))
WORKLOADS = {
    "A": ("one room of 200, closed loop", "mode=closed conns=200 rooms=1 publishers=20 window=4"),
    "B": ("50 rooms of 20, closed loop", "mode=closed conns=1000 rooms=50 publishers=5 window=2"),
    "C": ("50 rooms of 20, 200 messages/s", "mode=open conns=1000 rooms=50 publishers=20 rate=200"),
    "D": ("5,000 idle in 250 rooms", "mode=idle conns=5000 rooms=250"),
    "E": ("one room of 5,000, 20 messages/s", "mode=open conns=5000 rooms=1 publishers=5000 rate=20"),
    "F": ("as B, with TLS", "mode=closed conns=1000 rooms=50 publishers=5 window=2 tls=1"),
    "G": ("5,000 idle in 250 rooms, with TLS", "mode=idle conns=5000 rooms=250 tls=1"),
}
# Whoever may (root) runs before other work on the machine, which is not to be measured: a niceness for the process and one
# for its session, which is what counts where the kernel groups them.
PINNED = ["sh", "-c", 'echo -15 > /proc/self/autogroup; exec nice -n -15 taskset -c "$0" "$@"'] if os.geteuid() == 0 else ["taskset", "-c"]
SERVER_CORES, GENERATOR_CORE = {1: "0", 2: "0,1"}, "1"


class Server:
    """One fresh server, pinned, in a folder of its own."""

    def __init__(self, kind, rooms, tls=False, threads=1):
        self.folder = tempfile.TemporaryDirectory(prefix="hearth-bench-", dir=os.environ.get("BENCH_DIR"))
        self.port, self.invite, data = free_port(), "x", Path(self.folder.name, "data")
        if kind == "hearth":
            for i in range(rooms):
                self.run("room", "add", f"lobby{i}", "--title", f"Lobby {i}", "--kind", "peer_support", "--topic", "general", "--open", "--data", data)
            self.invite = self.run("invite", "lobby0", "--uses", "1000000", "--data", data).split()[-1]
            command = [HEARTH, "serve", "--listen", f"127.0.0.1:{self.port}", "--data", data, "--threads", threads, "--no-rate-limits"]
            if tls:
                pem = Path(self.folder.name, "tls.pem")
                subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
                                "/CN=localhost", "-keyout", pem, "-out", f"{pem}.crt"], check=True, capture_output=True)
                command += ["--tls-cert", f"{pem}.crt", "--tls-key", pem]
        else:
            command = [BUILD / "hearth-bare", self.port, kind.removeprefix("bare-")]
        self.log = open(Path(self.folder.name, "log"), "wb")
        self.process = subprocess.Popen([*PINNED, SERVER_CORES[threads], *map(str, command)], stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log,
                                        start_new_session=True)

    def run(self, *words):
        return subprocess.run([HEARTH, *map(str, words)], check=True, capture_output=True, text=True).stdout

    def __enter__(self):
        end = time.monotonic() + 60
        while time.monotonic() < end:
            if self.process.poll() is not None:
                sys.exit(f"a server ended: {Path(self.folder.name, 'log').read_text()}")
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                time.sleep(1)
                return self
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("a server did not start")

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(12)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()
        self.folder.cleanup()


def measure(kind, words, seconds, threads=1):
    fields = dict(w.split("=") for w in words.split())
    with Server(kind, int(fields["rooms"]), fields.get("tls") == "1", threads) as server:
        done = subprocess.run([*PINNED, GENERATOR_CORE, str(BUILD / "hearth-load"), str(server.port), *words.split(), f"duration={seconds}",
                               f"pid={server.process.pid}", f"invite={server.invite}"], stdout=subprocess.PIPE, text=True, timeout=180, start_new_session=True)
        if done.returncode != 0:
            sys.exit(f"{kind}: {words}: the generator failed; the server said: {Path(server.folder.name, 'log').read_text()[-500:]}")
        return json.loads(done.stdout)


def flush_ms(folder):
    """The medians of a fdatasync of three pages appended, as a commit does, on the servers' core and at C's rate: time, and CPU
    time with their write. A disk and a core that had five milliseconds to fall asleep take twice what they take one after another."""
    took, used, cores = [], [], os.sched_getaffinity(0)
    os.sched_setaffinity(0, {int(SERVER_CORES[1])})
    with tempfile.NamedTemporaryFile(dir=folder) as file:
        for _ in range(200):
            before = time.process_time()
            os.write(file.fileno(), bytes(3 * 4096))
            start = time.perf_counter()
            os.fdatasync(file.fileno())
            took.append((time.perf_counter() - start) * 1000)
            used.append((time.process_time() - before) * 1000)
            time.sleep(0.005)
    os.sched_setaffinity(0, cores)
    return statistics.median(took), statistics.median(used)


def middle(results, field):
    return statistics.median(r[field] for r in results)


def times(mine, others):
    """How many times the cost of others ours is."""
    return statistics.median(m["cpu_ms_per_1000"] / o["cpu_ms_per_1000"] for m, o in zip(mine, others))


def faults(results):
    return sum(r[k] for r in results for k in ("lost", "wrong_order", "divergent", "broken"))


def table(names, rounds, seconds):
    flush, flush_cpu = flush_ms(os.environ.get("BENCH_DIR"))
    print(f"\nOne fsync of this disk: {flush:.2f} ms, {flush_cpu:.3f} ms of CPU (medians of 200)")
    wrong = 0
    for name in names:
        title, words = WORKLOADS[name]
        idle, tls = "mode=idle" in words, "tls=1" in words
        kinds = ["hearth"] if idle or tls else ["hearth", "bare-each", "bare-batch"]
        results = {kind: [] for kind in kinds}
        for _ in range(rounds):
            for kind in kinds:
                results[kind].append(measure(kind, words, seconds))
        print(f"\n{name}: {title}")
        if idle:
            r = results["hearth"]
            print(f"  {middle(r, 'bytes_per_conn') / 1024:.1f} KiB resident a connection, {middle(r, 'joined_per_s'):,.0f} joined/s, "
                  f"{middle(r, 'join_cpu_ms'):.3f} ms CPU a join, idle CPU {middle(r, 'idle_cpu'):.2%}")
        else:
            print("  | server | deliveries/s | CPU ms per 1,000 | × bare-each | × bare-batch | p50 ms | p99 ms | server core | generator busy | lost, doubled, out of order |")
            print("  |---|---|---|---|---|---|---|---|---|---|")
            for kind, r in results.items():
                ratios = [f"{times(r, results[k]):.2f}" if k in results else "–" for k in ("bare-each", "bare-batch")]
                print(f"  | {kind} | {middle(r, 'deliveries_per_s'):,.0f} | {middle(r, 'cpu_ms_per_1000'):.2f} | {ratios[0]} | {ratios[1]} | {middle(r, 'p50_ms'):.2f} | "
                      f"{middle(r, 'p99_ms'):.2f} | {middle(r, 'server_share'):.0%} | {middle(r, 'generator_busy'):.0%} | {faults(r)} |")
            if "mode=open" in words:  # with nothing in flight each message has a flush of its own
                fields = dict(w.split("=") for w in words.split())
                each = middle(results["bare-each"], "cpu_ms_per_1000")
                least = each + flush_cpu * 1000 / (int(fields["conns"]) / int(fields["rooms"]))
                print(f"  a send per delivery and a flush per message alone: {least:.2f} ms, {least / each:.2f} × bare-each")
        sys.stdout.flush()
        wrong += faults(results["hearth"])
    return wrong


def ratio(name, rounds, seconds):
    """Hearth's cost in a workload as a multiple of a send per delivery."""
    pairs = [[measure(kind, WORKLOADS[name][1], seconds) for kind in ("hearth", "bare-each")] for _ in range(rounds)]
    return times(*zip(*pairs))


def growth(rounds, seconds):
    print("\nGrowth, CPU ms per 1,000 deliveries: rooms of 20, two speakers each with one message in flight")
    for conns in (100, 1000, 5000, 10000):
        grown(f"{conns:6,} connections, {conns // 20:4} rooms", conns, conns // 20, 2, rounds, seconds)
    print("Rooms of 5, one speaker each")
    for rooms in (10, 100, 500, 2000):
        grown(f"{rooms:6,} rooms", rooms * 5, rooms, 1, rounds, seconds)
    print("100 rooms, one speaker each: a message and a delivery apart")
    points = [(size, grown(f"rooms of {size:3}", 100 * size, 100, 1, rounds, seconds)) for size in (2, 5, 20, 50)]
    delivery, message = statistics.linear_regression(*zip(*points))
    print(f"  {message:.0f} us a message (read, judged, committed, encoded) and {delivery:.1f} us a delivery of its own send")
    workers(rounds, seconds)


def grown(name, conns, rooms, publishers, rounds, seconds):
    """One line; us a message, its deliveries included."""
    words = f"mode=closed conns={conns} rooms={rooms} publishers={publishers} window=1"
    r = {kind: [] for kind in ("hearth", "bare-each")}
    for _ in range(rounds):
        for kind in r:
            r[kind].append(measure(kind, words, seconds))
    print(f"  {name}: {middle(r['hearth'], 'cpu_ms_per_1000'):.2f} (bare-each {middle(r['bare-each'], 'cpu_ms_per_1000'):.2f}), "
          f"{middle(r['hearth'], 'cpu_us_per_message'):.1f} us a message, wrong {faults(r['hearth'])}", flush=True)
    return middle(r["hearth"], "cpu_us_per_message")


def workers(rounds, seconds):
    """Two cores for generator and server: with a share g of a core for each core's worth of server, two workers cannot reach
    more than 2 / (1 + g) times one."""
    for name, words in (("B", f"{WORKLOADS['B'][1]} sleep=1"), ("texts of 300 bytes in rooms of 2", "mode=closed conns=400 rooms=200 publishers=2 window=4 size=300 sleep=1")):
        r = {threads: [] for threads in (1, 2)}
        for _ in range(rounds):
            for threads in r:
                r[threads].append(measure("hearth", words, seconds, threads))
        print(f"Workers, {name}")
        for threads, all in r.items():
            print(f"  {threads}: {middle(all, 'messages_per_s'):,.0f} messages/s, {middle(all, 'cpu_us_per_message'):.1f} us each, "
                  f"server {middle(all, 'server_share'):.2f} cores, generator {middle(all, 'generator_busy'):.2f}, wrong {faults(all)}", flush=True)
        share = middle(r[1], "generator_busy") / middle(r[1], "server_share")
        print(f"  two are {middle(r[2], 'messages_per_s') / middle(r[1], 'messages_per_s'):.2f} x one; these two cores allow at most {2 / (1 + share):.2f} x")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--workloads", default="A,B,C,D,F")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--growth", action="store_true")
    parser.add_argument("--peers", metavar="DIR", type=Path, help="where an independent bench.py with start files for peers is")
    parser.add_argument("--smoke", action="store_true")
    args = parser.parse_args()
    if args.peers:
        peers.compare(args.peers, args.workloads.split(","), args.rounds, HEARTH, lambda name: ratio(name, args.rounds, args.seconds))
        return 0
    if args.growth:
        growth(args.rounds, args.seconds)
        return 0
    if args.smoke:
        global WORKLOADS
        WORKLOADS = {"B": ("smoke", "mode=closed conns=100 rooms=5 publishers=5 window=2"), "F": ("smoke, TLS", "mode=closed conns=40 rooms=2 publishers=5 window=2 tls=1")}
        return 1 if table(["B", "F"], 1, 1) else 0
    return 1 if table(args.workloads.split(","), args.rounds, args.seconds) else 0


if __name__ == "__main__":
    sys.exit(main())
