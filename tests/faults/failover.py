#!/usr/bin/env python3
"""Takes away the primary of a Redis that others stand in for, under load, and holds what clients saw against the guarantees.

    HEARTH_TEST_STORE=sentinel|cluster failover.py [--rounds 3] [--nodes 2] [--wait-replicas 1] [--twice] [--seed N]

People speak as in kills.py. The primary is killed (SIGKILL), or stands still (SIGSTOP) until it has been replaced; the
servers go on, and so do their connections. Measured from outside: how long somebody hears nothing. The dead one comes back
as a replica, and is in step before the next round. In a cluster the slots of every room, and the one that has what belongs
to no room, are then moved from server to server while people go on speaking.

With --twice, which is for sentinels, the dead primary comes back and its successor stands still before anything was copied:
all that the successor took is lost, and what is said afterwards has to be heard by those who heard that.

With --wait-replicas the servers acknowledge what a replica has. Then nothing may be lost, and since nobody can write without
a replica, the dead one comes back as soon as it has been replaced.
"""
import argparse
import os
import random
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from kills import ROOMS, Trial
from redis_topologies import DOWN_AFTER_S, Cluster, until
from witness import demand

HOLE, MOST_LOST = 5_000, 20  # seqs go on far behind what may be lost; a few milliseconds' worth of it
LONGEST_S = (DOWN_AFTER_S + 3) * float(os.environ.get("SLOW", "1"))
LONGEST_TWICE_S = LONGEST_S + 3 * float(os.environ.get("SLOW", "1"))  # sentinels have to find the one that comes back
LONGEST_WAITING_S = LONGEST_S + 8 * float(os.environ.get("SLOW", "1"))  # the one that comes back copies all, and sentinels have to see it


class FailOver(Trial):
    silences = []

    def __init__(self, rounds, seed, nodes, waits, twice):
        self.waits, self.twice, self.apart = waits, twice, {room: set() for room in ROOMS}
        self.operator = ThreadPoolExecutor(1)  # whose thread stays: what it starts ends with it
        super().__init__(rounds, seed, nodes, *(("--redis-wait-replicas", str(waits)) if waits else ()))

    def round(self, number):
        group, standing_still = self.house.own_redis, number % 3 == 0
        if self.twice:
            return self.round_of_two(number, group)
        victim, promotions = group.primary(), self.promotions(group)
        began = self.strike(victim, signal.SIGSTOP if standing_still else signal.SIGKILL)
        common = self.heard_by_all()
        back = self.operator.submit(self.revive, group, victim, standing_still) if self.waits else None
        first, last = self.speak_until_all_hear(began)
        self.settle(self.everyone())
        back = back or self.operator.submit(self.revive, group, victim, standing_still)
        back.result()
        # A machine that stands still for a second is taken for dead, and a second fail-over loses more.
        again = self.promotions(group) - promotions > 1 and not self.waits
        lost = sum(self.lose_a_history(room, common[room]) if again else self.lose_the_tail(room) for room in ROOMS)
        self.hold_against_promises(number)
        if isinstance(group, Cluster):
            self.move_slots(number, group)
        print(f"round {number + 1}: the primary {'stood still' if standing_still else 'was killed'}; everyone heard something again after "
              f"{first:.2f} to {last:.2f} s; {lost} acknowledged and not replicated; {'a second fail-over; ' * again}{self.counts()}", flush=True)

    def round_of_two(self, number, group):
        primary = group.primary()
        successor = group.replica_of(primary)
        began = self.strike(primary, signal.SIGKILL)
        common = self.heard_by_all()
        self.operator.submit(primary.process.wait, 10).result()
        self.speak_until_all_hear(began)
        self.speak_until(lambda: group.replaced(primary))
        began = self.strike(successor, signal.SIGSTOP)
        self.operator.submit(group.start_behind, primary, successor).result()
        first, last = self.speak_until_all_hear(began)
        self.speak_until(lambda: group.replaced(successor))
        self.settle(self.everyone())
        successor.send(signal.SIGCONT)
        group.wait_until_fit()
        lost = sum(self.lose_a_history(room, common[room]) for room in ROOMS)
        self.hold_against_promises(number)
        demand(lost > 0, 1, "nothing was lost, so nothing was tried")
        print(f"round {number + 1}: the primary was killed, and replaced its successor; everyone heard something again after "
              f"{first:.2f} to {last:.2f} s; {lost} acknowledged by the successor or never replicated; {self.counts()}", flush=True)

    def heard_by_all(self):
        """Up to where, by room."""
        return {room: min(one.log.last for one in self.everyone() if one.room == room) for room in ROOMS}

    def promotions(self, group):
        return 0 if isinstance(group, Cluster) else group.promotions()

    def strike(self, victim, how):
        """Ends or stops it at an instant while people speak; returns when that was, a little later."""
        began = [0.0]

        def strike():
            began[0] = time.monotonic()
            victim.send(how)

        killer = threading.Timer(self.random.uniform(0.3, 0.8), strike)
        killer.start()
        self.speak_until(lambda: not killer.is_alive())
        self.speak_until(lambda: time.monotonic() >= began[0] + 0.2)  # what was on its way
        self.kills += 1
        return began[0]

    def speak_until(self, done):
        while not done():
            self.speak()

    def speak_until_all_hear(self, began):
        """After how many seconds from `began` the first and the last of all heard something new."""
        before, heard = {one: one.log.last for one in self.everyone()}, {}
        while len(heard) < len(before):
            self.speak()
            for one, last in before.items():
                if one.log.last > last:
                    heard.setdefault(one, time.monotonic() - began)
            demand(time.monotonic() < began + 30, 4, f"{[one.name for one in before if one not in heard]} hear nothing any more")
        self.silences.append(max(heard.values()))
        demand(not any(one.client.ended for one in self.everyone()), 4, "connections ended, though the servers went on")
        return min(heard.values()), max(heard.values())

    def revive(self, group, victim, standing_still):
        until(lambda: group.replaced(victim), "another primary that all know")
        if standing_still:
            victim.send(signal.SIGCONT)  # and finds out that it has been replaced
            victim.stop()
        else:
            victim.process.wait(10)
        group.revive(victim)

    def lose_the_tail(self, room):
        """Replication is asynchronous: the very last of the old history may be lost, and nothing else. What is missing
        anywhere else is found by the witness."""
        holes = self.holes(self.read_afresh(room))
        if not holes:
            return 0
        lost = self.forget(room, *holes[-1])
        demand(lost <= (0 if self.waits else MOST_LOST), 1, f"{room}: {lost} acknowledged messages were lost with the primary")
        return lost

    def lose_a_history(self, room, common):
        """All that one server had alone is lost, and what another had alone is back though some went on without it: nothing
        between what all had heard by then and the last history is held against anybody."""
        seqs = self.read_afresh(room)
        demand(self.holes(seqs), 2, f"{room}: the new history goes on as if nothing had been lost")
        begins = self.holes(seqs)[-1][1]
        self.apart[room] |= {seq for seq in seqs if common < seq < begins}
        return self.forget(room, common, begins)

    def holes(self, seqs):
        return [(a, b) for a, b in zip([0] + seqs, seqs) if b - a > HOLE]

    def forget(self, room, first, last):
        for one in self.everyone():
            if one.room == room:
                one.log.lose([seq for seq in one.log.events if first < seq < last])
        return self.witnesses[room].lose(first, last)

    def read_afresh(self, room):
        return [seq for seq in super().read_afresh(room) if seq not in self.apart[room]]

    def move_slots(self, number, group):
        def move():
            for slot in [group.slot_of(f"hearth:{{r{room + 1}}}:") for room in range(len(ROOMS))] + [group.slot_of("hearth:{all}:")]:
                group.move_slot(slot)

        mover, began, said = threading.Thread(target=move), time.monotonic(), self.says
        mover.start()
        while mover.is_alive():
            self.speak()
        took = time.monotonic() - began
        self.settle(self.everyone())
        self.hold_against_promises(f"{number} moved")
        print(f"four slots were moved within {took:.2f} s, while {self.says - said} things were said", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--nodes", type=int, default=2, choices=(1, 2))
    parser.add_argument("--wait-replicas", type=int, default=0, choices=(0, 1))
    parser.add_argument("--twice", action="store_true", help="needs sentinels")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    args = parser.parse_args()
    print(f"seed {args.seed}", flush=True)
    started, trial = time.monotonic(), FailOver(args.rounds, args.seed, args.nodes, args.wait_replicas, args.twice)
    trial.run()
    longest = LONGEST_WAITING_S if args.wait_replicas else LONGEST_TWICE_S if args.twice else LONGEST_S
    print(f"{trial.kills} fail-overs, {trial.says} messages, all six guarantees held, longest silence {max(trial.silences):.2f} s of {longest:.0f} s, "
          f"{time.monotonic() - started:.0f} s (seed {args.seed})")
    demand(max(trial.silences) <= longest, 4, f"a silence of {max(trial.silences):.2f} s")


if __name__ == "__main__":
    main()
