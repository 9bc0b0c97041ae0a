"""Somebody in a room who goes on over every break, as the pages do."""
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "integration" / "wire"))
from house import eventually  # noqa: E402
from witness import Log, demand  # noqa: E402


class Person:
    """A member over all their connections: what they asked for and have no answer to, and what they saw."""

    def __init__(self, house, room, invite, name, token=None):
        self.house, self.room, self.invite, self.name, self.token = house, room, invite, name, token
        self.log, self.waiting, self.put_off, self.client, self.n, self.refusals = Log(name), {}, {}, None, 0, 0

    def arrive(self):
        self.client = self.house.connect()
        hello = {"type": "hello", "token": self.token} if self.token else {"type": "hello", "invite": self.invite, "name": self.name}
        reply = self.ask_until_taken(hello)
        assert reply["type"] == "welcome", reply
        self.token = reply.get("token", self.token)
        self.id = self.log.who = reply["user"]["id"]
        self.join()

    def join(self):
        reply = self.ask_until_taken({"type": "join", "room": self.room, "after": self.log.last, "epoch": self.log.epoch})
        assert reply["type"] == "joined", reply
        self.log.joined(reply)

    def ask_until_taken(self, command):
        """A server that goes on without its Redis says try_later for a while."""
        return eventually(lambda: (reply := self.client.ask(command)).get("code") != "try_later" and reply, f"an answer to {command['type']}")

    def ask(self, command):
        self.n += 1
        number = f"{self.name}-{self.n}"
        self.waiting[number] = {**command, "id": number, "room": self.room}
        self.client.send(self.waiting[number])
        return number

    def repeat(self):
        """After a break: what was not answered is asked again, under the same keys."""
        self.put_off.clear()
        for command in self.waiting.values():
            self.client.send(command)

    def repeat_put_off(self):
        """What was answered with try_later is asked again a little later, as the pages do."""
        due = [number for number, at in self.put_off.items() if at <= time.monotonic()]
        for number in due:
            del self.put_off[number]
            self.client.send(self.waiting[number])

    def take(self, witness):
        """Sorts what came; True if anything did."""
        got, self.client.got = self.client.got, []
        for line in got:
            if "seq" in line and line["type"] in ("message", "edited", "retracted", "released", "reaction", "notice", "sanction"):
                self.log.take(line)
            elif line["type"] == "ack":
                asked = self.waiting.pop(line["id"], None)
                if asked and asked["type"] == "say":
                    witness.acknowledged(self.id, line)
            elif line["type"] == "error":
                asked = self.waiting.get(line["id"])
                if line["code"] == "try_later":
                    self.refusals += 1
                    self.put_off[line["id"]] = time.monotonic() + 0.1  # stays among what waits
                    continue
                # An edit or retraction repeated after a break may find its message gone already.
                fine = asked and asked["type"] in ("edit", "retract", "react") and line["code"] in ("not_found", "conflict", "forbidden")
                fine = fine or (asked and line["code"] == "muted")
                demand(fine, 6, f"{self.name}: {asked} was refused: {line}")
                self.waiting.pop(line["id"], None)
        return bool(got)
