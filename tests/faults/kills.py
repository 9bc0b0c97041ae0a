#!/usr/bin/env python3
"""Kills the server at random instants under load, again and again, and holds what clients saw against the guarantees.

    kills.py [--rounds 20] [--seed N] [--nodes 2]

People speak in three rooms, edit, retract, are held and are muted; the server is killed (SIGKILL), sometimes again while
it comes back, sometimes its Redis before it (HEARTH_TEST_STORE=redis); everyone resumes with what they have seen and
repeats what was not answered. With two nodes on one Redis one of them is killed and its people go on at the other. After
each round every promise is checked; at the end also a log read afresh, the review
queue and the audit chain. The seed is printed.
"""
import argparse
import contextlib
import random
import signal
import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "integration" / "wire"))
from house import CARE, HARMLESS, HELD, Client, House, eventually  # noqa: E402
from person import Person  # noqa: E402
from redis_server import RedisServer  # noqa: E402
from witness import Broken, Witness, demand  # noqa: E402

ROOMS = ("harbour", "meadow", "orchard")
MEMBERS = 4  # in each room


class Trial:
    def __init__(self, rounds, seed, nodes, *options):
        self.rounds, self.random = rounds, random.Random(seed)
        self.house = House("--no-rate-limits", *options)
        self.houses = [self.house, *(House("--no-rate-limits", *options, redis=self.house.redis) for _ in range(nodes - 1))]
        self.kills = self.says = 0

    def run(self):
        with contextlib.ExitStack() as stack:
            for house in self.houses:
                stack.enter_context(house)
            self.people, self.staff, self.witnesses = [], {}, {}
            invites = {room: self.house.room(room, "--open") for room in ROOMS}
            for house in self.houses:
                house.start()
            self.moderator = self.house.staff()
            for room in ROOMS:
                self.staff[room] = Person(self.random.choice(self.houses), room, None, f"staff of {room}", self.moderator)
                self.witnesses[room] = Witness(room, self.staff[room].log)
                self.people += [Person(self.random.choice(self.houses), room, invites[room], f"{room}{i}") for i in range(MEMBERS)]
            # One of each room is muted before anything else happens, and must stay so over every kill.
            self.silenced = [Person(self.house, room, invites[room], f"{room}-muted") for room in ROOMS]
            for one in self.everyone():
                one.arrive()
            for one in self.silenced:
                self.mute(one)
            for number in range(self.rounds):
                self.round(number)
                if number % 10 == 9:
                    self.check_queue()
            self.check_queue()
            self.check_afresh()
            for one in self.everyone():  # so that nobody has to be sent away
                one.client.drop()
            for house in self.houses:  # each takes the time of its draining
                house.process.send_signal(signal.SIGTERM)
            for house in self.houses:
                assert house.stop() == 0, house.log()
            status, out, err = self.house.run("audit", "verify", check=False)
            demand(status == 0, 1, f"the audit chain: {out}{err}")

    def everyone(self):
        return [*self.staff.values(), *self.people, *self.silenced]

    def mute(self, one):
        number = one.ask({"type": "say", "key": "first", "text": HELD})
        self.settle([one])
        seq = self.witnesses[one.room].acks[(one.id, "first")][0]
        assert number not in one.waiting
        case = eventually(lambda: next((c for c in self.cases(one.room) if c["message"]["seq"] == seq), None), "a case")
        lease = self.post(f"/api/v1/cases/{case['id']}/claim", {})["lease"]
        self.post(f"/api/v1/cases/{case['id']}/decisions", {"lease": lease, "action": "mute", "reason": "other", "duration_s": 86_400})

    def post(self, path, body):
        status, answer, _ = self.house.http("POST", path, body, token=self.moderator)
        assert status == 200, (path, status, answer)
        return answer

    def cases(self, room):
        found, cursor = [], ""
        while True:
            status, page, _ = self.house.http("GET", f"/api/v1/cases?room={room}&cursor={cursor}", token=self.moderator)
            assert status == 200, page
            found += page["cases"]
            cursor = page.get("cursor", "")
            if not cursor:
                return found

    def act(self, one):
        """Something that somebody does."""
        choice = self.random.random()
        mine = [s for (who, _), (s, _, _) in self.witnesses[one.room].acks.items() if who == one.id]
        if choice < 0.85 or not mine:
            self.says += 1
            text = self.random.choices((HARMLESS, HELD, CARE), (90, 5, 5))[0]
            one.ask({"type": "say", "key": f"k{one.n}", "text": f"{text} {one.n}" if text == HARMLESS else text})
        elif choice < 0.9:
            one.ask({"type": "react", "seq": self.random.choice(mine), "kind": "hear", "on": True})
        elif choice < 0.95:
            one.ask({"type": "edit", "seq": self.random.choice(mine), "text": f"{HARMLESS}, said better"})
        else:
            one.ask({"type": "retract", "seq": self.random.choice(mine)})

    def speak(self):
        """Some of the people do something, and everyone hears what comes."""
        for one in self.random.sample(self.people, 3):
            if len(one.waiting) < 4 and not one.client.ended:
                with contextlib.suppress(OSError):  # killed meanwhile: it waits and is repeated
                    self.act(one)
        self.pump(self.everyone(), 0)

    def pump(self, people, wait):
        moved = False
        for one in people:
            if not one.client.ended:
                one.client.pump(wait)
            moved = one.take(self.witnesses[one.room]) or moved
            if one.put_off and not one.client.ended:
                with contextlib.suppress(OSError):  # killed meanwhile: it is repeated after the break
                    one.repeat_put_off()
        return moved

    def settle(self, people, within=30):
        """Until everyone has an answer to everything."""
        end = time.monotonic() + within
        while any(one.waiting for one in people):
            self.pump(people, 0.002)
            if time.monotonic() > end:
                raise Broken(f"no answer to {[w for one in people for w in one.waiting.values()][:3]}")

    def round(self, number):
        victim = self.random.choice(self.houses)
        process = victim.process
        instant = self.random.uniform(0.0, 0.5)
        killer = threading.Timer(instant, process.send_signal, (signal.SIGKILL,))
        killer.start()
        redis, first = self.house.own_redis, None
        if isinstance(redis, RedisServer) and self.random.random() < 0.4:  # the Redis goes before the server does
            first = threading.Timer(instant * self.random.random(), redis.stop)
            first.start()
        while process.poll() is None:
            self.speak()
        killer.join()
        self.kills += 1
        if first:
            first.join()
            redis.start()
            self.kills += 1
        theirs = [one for one in self.everyone() if one.house is victim]
        for one in theirs:
            while not one.client.ended and one.client.pump(0.05):
                one.take(self.witnesses[one.room])
            one.take(self.witnesses[one.room])
            one.client.drop()
        others = [house for house in self.houses if house is not victim]
        for one in theirs if others else ():  # at once, while the other goes on
            one.house = self.random.choice(others)
            one.arrive()
        if self.random.random() < 0.25:  # and once more while it comes back
            again = threading.Thread(target=self.kill_soon, args=(victim,))
            again.start()
            try:
                victim.start()
            except AssertionError:
                pass
            again.join()
            victim.process.wait(10)
            self.kills += 1
        victim.start()
        for one in self.everyone():
            if others:  # people come and go between them
                one.take(self.witnesses[one.room])
                one.client.drop()
                one.house = self.random.choice(self.houses)
            one.arrive()
            one.repeat()
        self.hold_against_promises(number)
        print(f"round {number + 1}: killed after {instant * 1000:.0f} ms; {self.counts()}", flush=True)

    def counts(self):
        return f"{self.says} said, {sum(len(w.acks) for w in self.witnesses.values())} acknowledged"

    def hold_against_promises(self, number):
        for one in self.silenced:
            one.ask({"type": "say", "key": f"m{number}", "text": HARMLESS})
        self.settle(self.everyone())
        self.catch_up()
        for witness in self.witnesses.values():
            witness.check_acks()
            for one in self.silenced:
                demand((one.id, f"m{number}") not in witness.acks, 6, f"{one.name} is muted and was heard")
            for one in [*self.people, *self.silenced]:
                if one.room == witness.room:
                    witness.check_member(one.log)

    def kill_soon(self, victim):
        before = victim.process
        eventually(lambda: victim.process is not before, "a new process")
        time.sleep(self.random.uniform(0, 0.4))
        victim.process.send_signal(signal.SIGKILL)

    def catch_up(self):
        """Everyone of a room has what its staff have: a last word, seen by all."""
        for room in ROOMS:
            here = [one for one in self.everyone() if one.room == room]
            speaker = next(one for one in here if one in self.people)
            speaker.ask({"type": "say", "key": f"k{speaker.n}", "text": HARMLESS})
            self.settle([speaker])
            last = max(seq for seq, _, _ in self.witnesses[room].acks.values())
            end = time.monotonic() + 15
            while any(one.log.last < last for one in here):
                self.pump(here, 0.002)
                demand(time.monotonic() < end, 4, f"{[one.name for one in here if one.log.last < last]} never saw {last} of {room}")

    def check_queue(self):
        for room, witness in self.witnesses.items():
            witness.check_cases(self.cases(room))

    def check_afresh(self):
        """The log as somebody reads it who was never there before is the log that was seen."""
        for room, witness in self.witnesses.items():
            seen = self.read_afresh(room)
            demand(sorted(seen) == sorted(witness.log.events), 4, f"{room}: the log read afresh has other events than were seen")

    def read_afresh(self, room):
        """Every seq of the room that staff may see."""
        client = Client(self.house.port)
        client.ask({"type": "hello", "token": self.moderator})
        client.ask({"type": "join", "room": room})
        seen, before = [], None
        while True:
            page = client.ask({"type": "history", "room": room, "limit": 100, **({"before": before} if before else {})})
            seen = [e["seq"] for e in page["events"]] + seen
            if not page["more"]:
                client.drop()
                return seen
            before = page["events"][0]["seq"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--nodes", type=int, default=1, choices=(1, 2), help="2 needs HEARTH_TEST_STORE=redis")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    args = parser.parse_args()
    print(f"seed {args.seed}", flush=True)
    started, trial = time.monotonic(), Trial(args.rounds, args.seed, args.nodes)
    trial.run()
    print(f"{trial.kills} kills, {trial.says} messages, all six guarantees held, {time.monotonic() - started:.0f} s (seed {args.seed})")


if __name__ == "__main__":
    main()
