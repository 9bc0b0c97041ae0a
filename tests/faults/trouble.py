"""What else may go wrong around a server: a full disk, a store that is slow or fails, peers that are slow or dead, no
descriptors left, a storm of reconnections, more than it can take. Each time: those who do nothing wrong go on, what was
acknowledged stays, and the server recovers without a restart."""
import os
import random
import resource
import select
import socket
import sqlite3
import statistics
import sys
import time
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "integration" / "wire"))
from house import HARMLESS, Client, House, eventually  # noqa: E402

SEED = int(os.environ.get("SEED", random.SystemRandom().randrange(1 << 32)))
RANDOM = random.Random(SEED)
print(f"seed {SEED} (SEED={SEED} repeats this run)", flush=True)
SLOW = float(os.environ.get("SLOW", "1"))  # sanitizers: bounds times this


class Around(unittest.TestCase):
    options = ("--no-rate-limits",)
    config = ""

    def setUp(self):
        self.house = House(*self.options)
        self.addCleanup(self.house.__exit__)
        if self.config:
            file = Path(self.house.folder.name, "hearth.toml")
            file.write_text(self.config)
            self.house.options += ["--config", str(file)]
        self.invite = self.house.room("harbour", "--open")

    def prompt(self, client, count=20, bound=0.5):
        """The client's pings come back soon: the worker waits for nobody."""
        times = []
        for _ in range(count):
            start = time.monotonic()
            client.ask({"type": "ping", "t": 1})
            times.append(time.monotonic() - start)
        self.assertLess(statistics.quantiles(times, n=10)[-1], bound * SLOW, times)
        return times

    def cpu(self):
        fields = Path(f"/proc/{self.house.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def messages(self, client):
        """Every key in the room's log."""
        keys, before = [], None
        while True:
            page = client.ask({"type": "history", "room": "harbour", "limit": 100, "before": before})
            keys = [e["key"] for e in page["events"] if e["type"] == "message"] + keys
            if not page["more"]:
                return keys
            before = page["events"][0]["seq"]


class Disk(Around):
    def test_a_full_disk_refuses_and_recovers(self):
        self.house.start()
        one, two = self.house.client(self.invite, "Rowan"), self.house.client(self.invite, "Sage")
        kept = [one.say(HARMLESS, key=f"before{i}") for i in range(20)]
        pid = self.house.process.pid
        usual = resource.prlimit(pid, resource.RLIMIT_FSIZE)
        # A write past the first page of a file fails, as on a full disk.
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (4096, usual[1]))
        replies = [one.say(HARMLESS, key=f"full{i}") for i in range(40)]
        refused = [r for r in replies if r["type"] == "error"]
        self.assertTrue(refused, "the disk was never full")
        self.assertEqual({r["code"] for r in refused}, {"try_later"})
        self.assertTrue(all(r["retry_after_ms"] > 0 for r in refused))
        self.prompt(two)
        self.assertEqual(self.house.http("GET", "/healthz")[0], 200)
        eventually(lambda: self.house.http("GET", "/readyz")[0] == 503, "/readyz tells")
        resource.prlimit(pid, resource.RLIMIT_FSIZE, usual)
        eventually(lambda: self.house.http("GET", "/readyz")[0] == 200, "/readyz tells again")
        again = [one.say(HARMLESS, key=f"full{i}") for i in range(40)]
        for first, second in zip(replies, again):
            self.assertEqual(second["type"], "ack")
            if first["type"] == "ack":
                self.assertEqual((first["seq"], first["at"]), (second["seq"], second["at"]))
        keys = [f"before{i}" for i in range(20)] + [a["key"] for a in again]
        self.assertEqual(len(kept), 20)
        self.assertEqual(sorted(self.messages(two)), sorted(keys), "each once, and nothing that was refused beside it")
        two.until(lambda: len(two.events("message")) == 60)
        seqs = [e["seq"] for e in two.events("message")]
        self.assertEqual(seqs, sorted(seqs))

    def test_a_slow_store_delays_what_is_said_and_nothing_else(self):
        self.house.start()
        one, two = self.house.client(self.invite, "Rowan"), self.house.client(self.invite, "Sage")
        other = sqlite3.connect(next(self.house.data.glob("*.db")), isolation_level=None, timeout=10)
        self.addCleanup(other.close)
        other.execute("BEGIN IMMEDIATE")  # nobody else writes meanwhile
        one.send({"type": "say", "id": "slow", "room": "harbour", "key": "slow", "text": HARMLESS})
        self.prompt(two)
        two.ask({"type": "history", "room": "harbour"})
        one.pump(0.3)
        self.assertFalse(one.events("ack"), "nothing is acknowledged that is not stored")
        self.assertFalse(two.events("message"), "and nobody sees it")
        other.execute("COMMIT")
        one.until(lambda: one.events("ack", key="slow"))
        two.until(lambda: two.events("message", key="slow"))
        # Past five seconds the store fails; then it is as if nothing had been said.
        other.execute("BEGIN IMMEDIATE")
        reply = one.say(HARMLESS, key="failed")
        self.assertEqual(reply["code"], "try_later")
        other.execute("COMMIT")
        self.assertEqual(one.say(HARMLESS, key="failed")["type"], "ack")
        self.assertEqual(self.messages(two), ["slow", "failed"])


class Peers(Around):
    config = "[limits]\nping_interval_s = 1\noutbox_bytes = 262144\n"

    def test_slow_and_dead_peers_delay_nobody(self):
        self.house.start()
        speaker, reader = self.house.client(self.invite, "Rowan"), self.house.client(self.invite, "Sage")
        stopped = [self.house.client(self.invite, f"Stopped {i}") for i in range(3)]  # never read again
        for each in stopped:
            each.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        trickle = self.house.client(self.invite, "Trickle")
        trickle.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self.house.client(self.invite, "Silent")  # reads nothing, says nothing
        text, latencies, next_byte, alone = (HARMLESS + ". ") * 70, [], 0.0, False
        for count in range(1, 1501):  # far more than a client may have waiting
            start = time.monotonic()
            ack = speaker.say(text, key=f"k{count}")
            self.assertEqual(ack["type"], "ack")
            reader.until(lambda: reader.events("message", seq=ack["seq"]))
            latencies.append(time.monotonic() - start)
            alone = alone or any(e["count"] == 2 for e in reader.events("presence"))
            reader.got.clear()
            speaker.got.clear()
            if time.monotonic() > next_byte:  # one byte a second
                next_byte = time.monotonic() + 1
                if select.select([trickle.socket], [], [], 0)[0]:
                    trickle.socket.recv(1)
        latencies.sort()
        self.assertLess(latencies[len(latencies) * 99 // 100], 0.5 * SLOW, "the rest waits for nobody")

        def only_two_left():
            for one in (speaker, reader):
                one.pump(0.05)
            return alone or any(e["count"] == 2 for e in reader.events("presence"))

        eventually(only_two_left, "those who do not read or answer are let go", within=20 * SLOW)
        self.assertIsNone(reader.close_code)
        # Whoever was let go resumes from what they have, with nothing lost.
        back = self.house.client(token=stopped[0].welcome["token"], room=None)
        back.ask({"type": "join", "room": "harbour", "after": 0})
        back.until(lambda: len(back.events("message")) == count, within=30 * SLOW)
        self.assertEqual([e["key"] for e in back.events("message")], [f"k{i + 1}" for i in range(count)])

    def test_a_peer_that_vanished_is_let_go(self):
        """Half-open: the connection is there, but nothing answers its pings."""
        self.house.start()
        client = self.house.client(self.invite, "Rowan")
        start = time.monotonic()
        while select.select([client.socket], [], [], 6 * SLOW)[0] and client.socket.recv(65536):
            pass  # reads, and answers nothing
        self.assertLess(time.monotonic() - start, 8 * SLOW)
        other = self.house.client(self.invite, "Sage")
        end = time.monotonic() + 3
        while time.monotonic() < end:
            other.pump(0.1)  # answers pings
        self.assertIsNone(other.close_code, "who answers stays")


class Doors(Around):
    @unittest.skipIf(SLOW > 1, "the sanitizers' own checks need a descriptor, and take its lack for a broken object")
    def test_no_descriptors_left(self):
        usual = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (80, usual[1]))
        try:
            self.house.start()
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, usual)
        inside, beside = self.house.client(self.invite, "Rowan"), self.house.client(self.invite, "Sage")
        crowd = [socket.create_connection(("127.0.0.1", self.house.port)) for _ in range(120)]
        eventually(lambda: "accept failed" in self.house.log(), "the log tells")
        before, start = self.cpu(), time.monotonic()
        for i in range(20):
            self.assertEqual(inside.say(HARMLESS, key=f"k{i}")["type"], "ack")
        beside.until(lambda: len(beside.events("message")) == 20)
        self.prompt(inside)
        time.sleep(1)
        self.assertLess((self.cpu() - before) / (time.monotonic() - start), 0.5, "it backs off instead of spinning")
        self.assertLess(self.house.log().count("accept failed"), 100)
        for each in crowd:
            each.close()
        late = eventually(lambda: self.try_in(), "the doors open again")
        self.assertEqual(late.say(HARMLESS)["type"], "ack")

    def try_in(self):
        try:
            return self.house.client(self.invite, "Late")
        except (OSError, AssertionError):
            return None


class Storm(Around):
    def test_reconnection_storms_are_absorbed(self):
        self.house.start()
        crowd = [self.house.client(self.invite, f"Member {i}") for i in range(150)]
        watch = self.house.client(self.invite, "Watch")
        speaker = self.house.client(self.invite, "Speaker")
        for wave in range(3):
            for each in crowd:
                each.last = max([g["seq"] for g in each.got if g.get("seq")], default=0)
                each.epoch = next(g["epoch"] for g in each.got if g["type"] == "joined")
                each.drop()
            missed = [speaker.say(HARMLESS, key=f"w{wave}-{i}")["seq"] for i in range(10)]
            back = []
            for each in crowd:  # all at once: nobody waits for an answer
                one = Client(self.house.port)
                one.before = each
                one.send({"type": "hello", "id": 1, "token": each.welcome["token"]})
                back.append(one)
            for one in back:
                one.welcome = one.before.welcome
                one.until(lambda: any(g.get("id") == 1 for g in one.got))
                one.send({"type": "join", "id": 2, "room": "harbour", "after": one.before.last, "epoch": one.before.epoch})
            self.prompt(watch)
            for one in back:
                one.until(lambda: len(one.events("message")) >= len(missed), "what was missed")
                self.assertEqual([e["seq"] for e in one.events("message")], [s for s in missed if s > one.before.last])
            crowd = back

    def test_wrong_passwords_starve_nobody(self):
        self.house.start()
        member = self.house.client(self.invite, "Rowan")
        self.house.staff("moss")
        attempts = []
        for _ in range(40):  # each costs an Argon2id
            one = socket.create_connection(("127.0.0.1", self.house.port))
            body = b'{"name":"moss","password":"not this one"}'
            one.sendall(b"POST /api/v1/login HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
            attempts.append(one)
        self.prompt(member)
        for i in range(10):
            self.assertEqual(member.say(HARMLESS, key=f"k{i}")["type"], "ack")
        for one in attempts:
            one.close()


class Overload(Around):
    config = "[limits]\ncommits_waiting = 20\n"
    options = ("--no-rate-limits", "--threads", "1")

    def test_more_than_the_disk_takes_is_shed_politely(self):
        self.house.start()
        crowd = [self.house.client(self.invite, f"Member {i}") for i in range(4)]
        other = sqlite3.connect(next(self.house.data.glob("*.db")), isolation_level=None, timeout=10)
        self.addCleanup(other.close)
        other.execute("BEGIN IMMEDIATE")
        for n, one in enumerate(crowd):
            one.send(*({"type": "say", "id": i, "room": "harbour", "key": f"m{n}-{i}", "text": HARMLESS} for i in range(20)))
        shed = lambda: sum(len(one.events("error", code="try_later")) for one in crowd)  # noqa: E731
        eventually(lambda: [one.pump(0.01) for one in crowd] and shed() == 60, "what is too much is refused at once")
        self.assertTrue(all(e["retry_after_ms"] > 0 for one in crowd for e in one.events("error")))
        self.prompt(crowd[0])
        other.execute("COMMIT")
        eventually(lambda: [one.pump(0.01) for one in crowd] and sum(len(one.events("ack")) for one in crowd) == 20, "the rest is stored")
        for n, one in enumerate(crowd):
            for i in range(20):
                self.assertEqual(one.say(HARMLESS, key=f"m{n}-{i}")["type"], "ack")
        self.assertEqual(len(set(self.messages(crowd[0]))), 80)


class Crowded(Around):
    options = ()
    config = "[limits]\nconnections = 10\n"

    def test_too_many_connections_are_told_so(self):
        self.house.start()
        inside = [self.house.client(self.invite, f"Member {i}") for i in range(10)]
        for _ in range(3):
            self.assertEqual(Client(self.house.port).closed(), 4129)
        self.assertEqual(inside[0].say(HARMLESS)["type"], "ack")
        inside.pop().drop()
        late = eventually(lambda: self.try_in(), "there is room again")
        self.assertEqual(late.say(HARMLESS)["type"], "ack")

    def try_in(self):
        try:
            return self.house.client(self.invite, "Late")
        except (OSError, AssertionError):
            return None


if __name__ == "__main__":
    unittest.main()
