#!/usr/bin/env python3
"""Cuts a network in two under load, mends it, and holds what clients saw against the guarantees.

    partition.py [--seed N]

On this side of the cable are a Redis and a server, on the other one a second server with people of its own. People speak as
in kills.py. While the cable is cut some of the far server's people come over to the near one, the others stay and are told
to try later; who is present is watched from outside.

Across the same cable lie three pairs of Redis, each a primary on this side, with a server, and its replica on the other, with
the sentinels: the row of docs/OPERATIONS.md in which a primary is cut off from them but not from a server, setting by setting.

Both hosts are network namespaces. Where those cannot be made the test ends with status 77: skipped.
"""
import argparse
import contextlib
import random
import sys
import tempfile
import time
from pathlib import Path
from types import SimpleNamespace

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "integration" / "wire"))
from house import HARMLESS, House, eventually  # noqa: E402
from kills import Trial  # noqa: E402
from namespaces import HERE, THERE, OtherHost, go_into_a_network_of_its_own  # noqa: E402
from nodes import Watcher  # noqa: E402
from ports import free_port  # noqa: E402
from redis_server import RedisServer  # noqa: E402
from witness import demand  # noqa: E402

GONE_WITHIN_S = 15
SHORTEST_CUT_S = 8  # longer than a call may take, and than a server is believed
OPTIONS = ("--no-rate-limits", "--threads", "1")


class FarHouse(House):
    """A server on the other host, and connections to it from there."""

    def __init__(self, host, *options, redis):
        super().__init__(*options, redis=redis)
        self.host, self.prefix = host, host.prefix

    def connect(self):
        with self.host.inside():
            return super().connect()

    def http(self, *request, **more):
        with self.host.inside():
            return super().http(*request, **more)


class Parted:
    """A primary here and its replica there; a server here, in which somebody speaks without a pause."""

    def __init__(self, name, folder, host, settings, options):
        self.name, self.options = name, options
        self.here, self.there = (
            RedisServer(folder / f"{name}-{where}", "--bind", f"127.0.0.1 {address}", "--protected-mode", "no", "--repl-diskless-sync-delay", "0",
                        *settings, *replicates, port=free_port(), prefix=prefix)
            for where, address, prefix, replicates in (("here", HERE, (), ()), ("there", THERE, host.prefix, ())))
        assert self.there.ask("REPLICAOF", HERE, self.here.port) == "OK"
        self.acks, self.refusals, self.n, self.due, self.client = {}, [], 0, None, None

    def watched(self):
        return f"sentinel monitor {self.name} {HERE} {self.here.port} 2\nsentinel down-after-milliseconds {self.name} 1000\n" \
            f"sentinel failover-timeout {self.name} 1000\n"

    def in_step(self):
        there = self.there.ask("ROLE")
        return there[0] == "slave" and there[3] == "connected" and there[4] >= self.here.ask("ROLE")[1]

    def open(self, sentinels):
        where = f"sentinel://{','.join(f'{THERE}:{each.port}' for each in sentinels)}/{self.name}"
        self.house = House(*OPTIONS, *self.options, redis=SimpleNamespace(options=["--store", "redis", "--redis", where]))
        return self.house

    def arrive(self):
        self.client = self.house.client(self.house.room("harbour", "--open"), "Rowan")
        self.say()

    def say(self):
        self.due = None
        self.client.send({"type": "say", "id": self.n, "room": "harbour", "key": f"k{self.n}", "text": HARMLESS})

    def speak(self):
        self.client.pump(0)
        got, self.client.got = self.client.got, []
        for line in got:
            if line.get("id") != self.n:
                continue
            if line["type"] == "ack":
                self.acks[line["key"]] = time.monotonic()
                self.n, self.due = self.n + 1, time.monotonic() + 0.01
            else:
                demand(line.get("code") == "try_later", 1, f"{self.name}: refused with {line}")
                self.refusals.append(time.monotonic())
                self.due = time.monotonic() + 0.1
                break
        if self.due and self.due <= time.monotonic():
            self.say()

    def newest(self):
        return max(self.acks.values())

    def lost(self):
        """When each was acknowledged that the log as it is does not have."""
        keys, before = set(), None
        while True:
            page = self.client.ask({"type": "history", "room": "harbour", "limit": 100, "before": before})
            keys |= {event["key"] for event in page["events"] if event["type"] == "message"}
            if not page["more"]:
                return sorted(at for key, at in self.acks.items() if key not in keys)
            before = page["events"][0]["seq"]


class Partition(Trial):
    def __init__(self, seed, host, folder):
        self.rounds, self.random, self.host = 1, random.Random(seed), host
        self.kills = self.says = 0
        self.redis = RedisServer(folder / "redis", "--bind", f"127.0.0.1 {HERE}", "--protected-mode", "no", port=free_port())
        self.house = House(*OPTIONS, redis=self.redis)
        self.far = FarHouse(host, *OPTIONS, redis=SimpleNamespace(options=["--store", "redis", "--redis", f"redis://{HERE}:{self.redis.port}"]))
        self.houses = [self.house, self.far]
        lag = ("--min-replicas-to-write", "1", "--min-replicas-max-lag", "2")
        self.parted = [Parted("plain", folder, host, (), ()), Parted("min", folder, host, lag, ()),
                       Parted("waiting", folder, host, (), ("--redis-wait-replicas", "1"))]
        self.sentinels = [RedisServer(folder / f"sentinel{i}", "--sentinel", "--bind", f"127.0.0.1 {THERE}", port=free_port(), prefix=host.prefix,
                                      config="".join(each.watched() for each in self.parted)) for i in range(3)]
        eventually(lambda: all(each.in_step() for each in self.parted), "replicas in step")
        eventually(self.watched, "three sentinels that know each other and the replicas")

    def watched(self):
        return all("3 usable" in each.ask("SENTINEL", "CKQUORUM", one.name) and each.ask("SENTINEL", "REPLICAS", one.name)
                   for each in self.sentinels for one in self.parted)

    def stop(self):
        for each in [self.redis, *self.sentinels, *(one for pair in self.parted for one in (pair.here, pair.there))]:
            each.stop()

    def run(self):
        with contextlib.ExitStack() as stack:
            stack.callback(self.stop)
            for each in self.parted:
                stack.enter_context(each.open(self.sentinels)).launch()
            for each in self.parted:
                eventually(each.house.ready, "/readyz", within=180)
                each.arrive()
            super().run()

    def tick(self):
        self.speak()
        for each in self.parted:
            each.speak()
        time.sleep(0.01)  # enough is said in so many seconds

    def round(self, number):
        dock = self.house.room("dock", "--open")
        near, far = (Watcher(house.client(dock, name, room="dock")) for house, name in ((self.house, "Rowan"), (self.far, "Sol")))
        for each in (near, far):
            each.sees("Rowan", "Sol")
        if not any(one.house is self.far for one in self.people):
            raise AssertionError("nobody is on the far side; another seed")
        began = time.monotonic()
        while time.monotonic() < began + 0.5:
            self.tick()

        self.host.cut()
        cut, gone_after = time.monotonic(), None
        while time.monotonic() < cut + 0.3:  # what was on its way
            self.tick()
        asked = {one: (set(one.waiting), one.n) for one in self.everyone() if one.house is self.far}
        moving = self.random.sample([one for one in self.people if one in asked], sum(one in asked for one in self.people) // 2)
        while gone_after is None or time.monotonic() < cut + SHORTEST_CUT_S:
            self.tick()
            if gone_after is None and near.present()[0] == ["Rowan"]:
                gone_after = time.monotonic() - cut
            demand(time.monotonic() < cut + GONE_WITHIN_S + 1, 4, "those behind the cut stay present")
            if moving and time.monotonic() > cut + 2:
                for one in moving:
                    one.take(self.witnesses[one.room])
                    one.client.drop()
                    one.house = self.house
                    one.arrive()
                    one.repeat()
                moved, moving = moving, []
        demand(gone_after <= GONE_WITHIN_S, 4, f"those behind the cut were present for {gone_after:.1f} s")
        stayed = [one for one in asked if one not in moved]
        for one in stayed:
            before, count = asked[one]
            demand(before | {f"{one.name}-{i}" for i in range(count + 1, one.n + 1)} == set(one.waiting), 1, f"{one.name} got an answer from behind the cut")
            demand(not one.client.ended, 4, f"{one.name} was sent away")
        spoke = [one for one in stayed if one.waiting]
        demand(spoke, 4, "nobody spoke behind the cut")
        demand(all(one.refusals for one in spoke), 4, f"{[one.name for one in spoke if not one.refusals]} were told nothing")

        self.host.mend()
        mended = time.monotonic()
        last, heard = {one: one.log.last for one in stayed}, {}
        while len(heard) < len(stayed) or not all(each.newest() > mended + 0.5 for each in self.parted):
            self.tick()
            for one in stayed:
                if one.log.last > last[one]:
                    heard.setdefault(one, time.monotonic() - mended)
            demand(time.monotonic() < mended + 30, 4, f"{[one.name for one in stayed if one not in heard]} hear nothing any more; "
                   f"{[each.name for each in self.parted if each.newest() <= mended]} take nothing any more")
        for each in (near, far):
            each.sees("Rowan", "Sol")
        self.settle(self.everyone())
        self.hold_against_promises(number)
        print(f"cut for {mended - cut:.1f} s: those behind were gone after {gone_after:.1f} s and heard again {max(heard.values()):.1f} s after it was mended; "
              f"{len(moved)} came over, {len(stayed)} stayed and were told {sum(one.refusals for one in stayed)} times to try later; {self.counts()}", flush=True)
        for each in self.parted:
            self.check_parted(each, cut, mended)

    def check_parted(self, each, cut, mended):
        lost = each.lost()
        later = [at for at in each.refusals if at > cut]
        print(f"primary cut off, {each.name}: {len(lost)} of {len(each.acks)} acknowledged messages lost, the last {(lost[-1] - cut if lost else 0):.1f} s after "
              f"the cut; told to try later {f'after {later[0] - cut:.1f} s' if later else 'never'}", flush=True)
        if each.name == "plain":
            demand(lost and lost[0] > cut - 1, 1, "nothing was lost, so this shows nothing")
        if each.name == "min":
            demand(not lost or lost[-1] < cut + 4, 1, "more was lost than min-replicas-max-lag lets through")
        if each.name == "waiting":
            demand(not lost, 1, f"{len(lost)} acknowledged messages were lost, though a replica was waited for")
        if each.name != "plain":
            demand(later and later[0] < mended, 1, f"{each.name}: nobody was told to try later")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    args = parser.parse_args()
    go_into_a_network_of_its_own()
    print(f"seed {args.seed}", flush=True)
    started = time.monotonic()
    with OtherHost() as host, tempfile.TemporaryDirectory(prefix="hearth-partition-") as folder:
        Partition(args.seed, host, Path(folder)).run()
    print(f"all six guarantees held, {time.monotonic() - started:.0f} s (seed {args.seed})")


if __name__ == "__main__":
    main()
