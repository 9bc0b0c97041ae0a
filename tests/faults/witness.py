"""What clients were promised and what they saw, held against the six guarantees of docs/PROTOCOL.md from outside.

Nothing here knows the server's insides: it reads what came over the wire, and says in words what does not fit.
"""


class Broken(AssertionError):
    """A guarantee did not hold."""


def demand(fits, guarantee, why):
    if not fits:
        raise Broken(f"guarantee {guarantee}: {why}")


class Log:
    """A room's events as one client saw them, over all its connections."""

    def __init__(self, who):
        self.who, self.events, self.last, self.epoch = who, {}, 0, None
        self.checked = 0  # up to here it was held against the staff's log

    def joined(self, reply):
        demand(self.epoch in (None, reply["epoch"]), 4, f"{self.who}: the epoch changed")
        demand(not (self.epoch and reply["reset"]), 4, f"{self.who}: {self.last} was seen and could not be resumed")
        self.epoch = reply["epoch"]

    def take(self, event):
        seq = event["seq"]
        demand(seq > self.last, 2, f"{self.who}: {seq} after {self.last}, so repeated or out of order")
        self.events[seq], self.last = event, seq


    def lose(self, seqs):
        for seq in seqs:
            self.events.pop(seq, None)


def essence(event):
    """What must be the same for everyone who sees an event; its text may since be gone."""
    return event["type"], event.get("key"), event.get("target"), event.get("from", {}).get("id")


class Witness:
    """Everything that was promised in one room, and the staff's log of it, which misses nothing."""

    def __init__(self, room, staff_log):
        self.room, self.log = room, staff_log
        self.acks = {}   # (author, key) -> what the first ack said
        self.where = {}  # (author, key) -> its place in the log
        self.unplaced = set()  # acknowledged, not yet found there

    def acknowledged(self, author, ack):
        told = (ack["seq"], ack["at"], ack["disposition"])
        first = self.acks.setdefault((author, ack["key"]), told)
        demand(first == told, 3, f"{self.room}: {ack['key']} was acknowledged as {first}, then as {told}")
        self.unplaced.add((author, ack["key"]))

    def lose(self, first, last):
        """What stood between the two was acknowledged and is lost, as asynchronous replication may: it counts no more."""
        lost = {name for name, (seq, _, _) in self.acks.items() if first < seq < last}
        for name in lost:
            del self.acks[name]
            self.where.pop(name, None)
        self.unplaced -= lost
        return len(lost)

    def check_acks(self):
        """1 and 3: what was acknowledged is in the log, there only, and once."""
        for seq, event in self.log.events.items():
            if seq > self.log.checked and event["type"] == "message":
                name = event["from"]["id"], event["key"]
                demand(name not in self.where, 3, f"{self.room}: {name} is at {self.where.get(name)} and at {seq}")
                self.where[name] = seq
        self.log.checked = self.log.last
        for name in self.unplaced:
            seq, found = self.acks[name][0], self.where.get(name)
            demand(found == seq, 1, f"{self.room}: {name} was acknowledged at {seq} and is at {found}")
        self.unplaced.clear()

    def check_member(self, log):
        """2 and 4: a member saw what staff saw, in that order, without what is not theirs, and nothing is missing."""
        due = {}
        for seq, event in self.log.events.items():
            if log.checked < seq <= log.last and self.visible(event, log.who):
                due[seq] = event
        missing = [seq for seq in due if seq not in log.events]
        demand(not missing, 4, f"{log.who} in {self.room}: never got {missing[:10]} of {len(due)}")
        for seq, event in log.events.items():
            if seq <= log.checked or event["type"] == "notice":  # a notice is to this person alone
                continue
            demand(seq in due, 2, f"{log.who} in {self.room}: got {seq}, which nobody else did or which is not theirs")
            demand(essence(event) == essence(due[seq]), 2, f"{self.room} {seq}: {essence(event)} for {log.who}, {essence(due[seq])} for staff")
        log.checked = log.last

    def visible(self, event, who):
        if event["type"] == "message" and (event.get("held") or event.get("blocked")):
            return event["from"]["id"] == who
        target = self.log.events.get(event.get("target"))
        if target and (target.get("held") or target.get("blocked")):
            return target["from"]["id"] == who
        return event["type"] != "sanction" or event["user"]["id"] == who

    def check_cases(self, cases):
        """5: every flagged message has its one case."""
        of = {}
        for case in cases:
            seq = case["message"]["seq"]
            demand(seq not in of, 5, f"{self.room}: two cases of {seq}")
            of[seq] = case
        for (author, key), (seq, _, disposition) in self.acks.items():
            demand(disposition == "published" or seq in of, 5, f"{self.room}: {author} {key} was {disposition} at {seq} and has no case")
        for seq, event in self.log.events.items():
            demand(not event.get("held") or seq in of, 5, f"{self.room}: {seq} is held and has no case")
