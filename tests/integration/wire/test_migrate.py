"""A community moves from a data folder into Redis, killed on the way and begun again, and nobody can tell that it moved."""
import os
import re
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

from house import CARE, HARMLESS, HELD, HEARTH, House, eventually
from redis_server import RedisServer

MANY = 6000
SLIPPED = "thinspq for tonight"


class Redis(RedisServer):
    @property
    def address(self):
        return f"unix://{self.socket}"


class Migrate(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        """A house with every kind of record, lived in through its own doors."""
        folder = tempfile.TemporaryDirectory(prefix="hearth-migrate-")
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name)
        cls.old = cls.enterClassContext(House("--no-rate-limits", "--threads", "2"))
        rules = cls.folder / "rules.txt"
        rules.write_text("Be kind.")
        cls.invite = cls.old.room("harbour", "--open")
        cls.quiet = cls.old.room("lagoon", "--rules", str(rules))
        cls.old.room("attic")
        cls.password = secrets.token_hex(12)
        cls.old.run("user", "add", "Harper", "--role", "admin", given=cls.password + "\n")
        cls.old.start()
        cls.admin = cls.sign_in(cls.old)
        cls.live()
        cls.before = cls.picture(cls.old)
        cls.old.stop()

    @classmethod
    def sign_in(cls, house):
        status, answer, _ = house.http("POST", "/api/v1/login", {"name": "harper", "password": cls.password})
        assert status == 200, answer
        return answer["token"]

    @classmethod
    def asked(cls, method, path, body=None, token=None, status=200):
        got, answer, _ = cls.old.http(method, f"/api/v1{path}", body, token or cls.admin)
        assert got == status, (path, got, answer)
        return answer

    @classmethod
    def decide(cls, ack, action, **more):
        case = next(c for c in cls.asked("GET", "/cases?room=harbour")["cases"] if c["seq"] == ack["seq"])["id"]
        lease = cls.asked("POST", f"/cases/{case}/claim", {})["lease"]
        cls.asked("POST", f"/cases/{case}/decisions", {"lease": lease, "action": action, "reason": "the ground rules", **more})

    @classmethod
    def live(cls):
        rowan, sage, wren = (cls.old.client(cls.invite, name) for name in ("Rowan", "Sage", "Wren"))
        cls.rowan, cls.epoch = rowan.welcome["token"], next(g for g in rowan.got if g["type"] == "joined")["epoch"]
        cls.first = rowan.say(HARMLESS, key="once")
        mended, gone = sage.say("a first thought")["seq"], sage.say("a second thought")["seq"]
        sage.ask({"type": "edit", "room": "harbour", "seq": mended, "text": "a first thought, mended"})
        sage.ask({"type": "retract", "room": "harbour", "seq": gone})
        rowan.ask({"type": "react", "room": "harbour", "seq": mended, "kind": "hear", "on": True})
        rowan.ask({"type": "report", "room": "harbour", "seq": mended, "reason": "other"})
        cls.decide(sage.say(HELD), "release")
        cls.decide(sage.say(HELD), "remove")
        cls.decide(wren.say(HELD), "mute", duration_s=86400)
        sage.say(CARE)
        sage.say(HELD)
        claimed = next(c for c in cls.asked("GET", "/cases?state=open")["cases"])["id"]
        cls.asked("POST", f"/cases/{claimed}/claim", {})
        for one, key in ((rowan, "v1"), (sage, "v2"), (rowan, "v3")):
            one.say(SLIPPED, key=key)
        eventually(lambda: cls.asked("GET", "/variants")["variants"], "a suggestion")
        cls.asked("POST", "/variants/thinspq", {"accept": True})
        cls.asked("POST", "/rooms/harbour/invites", {"uses": 7}, status=201)
        revoked = cls.asked("POST", "/rooms/harbour/invites", {"uses": 7}, status=201)["id"]
        cls.asked("DELETE", f"/rooms/harbour/invites/{revoked}", status=204)
        cls.asked("DELETE", "/rooms/attic", status=204)
        cls.asked("POST", "/staff", {"name": "Fern", "role": "moderator"}, status=201)
        visitor = cls.old.client(cls.quiet, "Lark", room=None)
        assert visitor.ask({"type": "join", "room": "lagoon"})["code"] == "agreement_required"
        visitor.ask({"type": "agree", "room": "lagoon", "version": 1})
        visitor.ask({"type": "join", "room": "lagoon"})
        visitor.say(HARMLESS, room="lagoon")
        gone = cls.old.client(cls.invite, "Moth")
        gone.say(f"{HARMLESS} and gone")
        cls.old.run("user", "erase", gone.welcome["user"]["id"])
        cls.signed_out = cls.sign_in(cls.old)
        cls.asked("POST", "/logout", token=cls.signed_out, status=204)
        cls.after = rowan.say(f"{HARMLESS} before the many")["seq"]
        for start in range(0, MANY, 200):
            sage.send(*({"type": "say", "id": i, "room": "harbour", "key": f"many{i}", "text": f"{HARMLESS} {i}"} for i in range(start, start + 200)))
            sage.until(lambda end=start + 199: any(g.get("id") == end for g in reversed(sage.got)), "acks")
        for one in (rowan, sage, wren, visitor):
            one.drop()

    @classmethod
    def picture(cls, house):
        """What members and staff see, through the doors."""
        def get(path):
            status, answer, _ = house.http("GET", f"/api/v1{path}", token=cls.admin)
            assert status == 200, (path, answer)
            return answer
        cases = get("/cases")["cases"]
        out = {"queue": cases, "cases": [get(f"/cases/{c['id']}") for c in cases], "rooms": get("/rooms"), "staff": get("/staff"),
               "variants": get("/variants")["decided"], "invites": {room: get(f"/rooms/{room}/invites") for room in ("harbour", "lagoon")}}
        entries, cursor = [], ""
        while cursor is not None:
            page = get(f"/audit?cursor={cursor}")
            entries, cursor = entries + page["entries"], page.get("cursor")
        out["audit"] = entries
        for who, token in (("member", cls.rowan), ("staff", cls.admin)):
            client = house.client(token=token)
            pages, before = [], None
            while True:
                page = client.ask({"type": "history", "room": "harbour", "before": before, "limit": 100})
                pages = page["events"] + pages
                if not page["more"]:
                    break
                before = page["events"][0]["seq"]
            out[who] = pages
            client.drop()
        return out

    def redis(self):
        one = Redis(Path(tempfile.mkdtemp(dir=self.folder)), "--appendfsync", "everysec")
        self.addCleanup(one.stop)
        return one

    def migrate(self, to, source=None):
        done = subprocess.run([HEARTH, "migrate", "--from", f"sqlite:{source or self.old.data}", "--to", to], capture_output=True, text=True, timeout=120)
        return done.returncode, done.stdout, done.stderr

    def killed_halfway(self, redis):
        """How many events had arrived when it died."""
        running = subprocess.Popen([HEARTH, "migrate", "--from", f"sqlite:{self.old.data}", "--to", redis.address],
                                   stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        end = time.monotonic() + 60
        while redis.ask("XLEN", "hearth:{r1}:log") < 300:
            self.assertIsNone(running.poll(), "it ended before it could be killed")
            self.assertLess(time.monotonic(), end)
        running.kill()
        running.wait()
        return redis.ask("XLEN", "hearth:{r1}:log")

    def test_killed_and_begun_again_it_arrives_whole(self):
        redis = self.redis()
        arrived = self.killed_halfway(redis)
        self.assertLess(arrived, MANY, "killed too late to say anything")
        refused = subprocess.run([HEARTH, "room", "add", "annexe", "--title", "Annexe", "--kind", "peer_support", "--topic", "general",
                                  "--store", "redis", "--redis", redis.address], capture_output=True, text=True, timeout=60)
        self.assertEqual(refused.returncode, 2, "half a community is not used")
        self.assertIn("run hearth migrate once more", refused.stderr)
        status, said, told = self.migrate(redis.address)
        self.assertEqual(status, 0, told)
        self.assertIn("done over", told)
        print(f"\nkilled after {arrived} events; then:\n{said}")
        lines = re.findall(r"^(\w+) +(\d+) +(\d+)  (\w{16})  (\w{16})$", said, re.M)
        self.assertEqual([kind for kind, *_ in lines], ["rooms", "people", "standings", "sessions", "invites", "events", "cases", "spellings", "audit"])
        for kind, here, there, hash_here, hash_there in lines:
            self.assertEqual((here, hash_here), (there, hash_there))
            self.assertGreater(int(here), 0, f"a test that moves no {kind} shows nothing of them")

        new = self.enterContext(House("--no-rate-limits", "--threads", "2", redis=redis))
        new.start()
        picture = self.picture(new)
        for part, expected in self.before.items():
            self.assertEqual(picture[part], expected, part)
        self.assertEqual(new.run("audit", "verify")[1], self.old.run("audit", "verify")[1])
        self.assertEqual(new.http("GET", "/api/v1/me", token=self.signed_out)[0], 401)

        rowan = new.client(token=self.rowan, room=None)
        joined = rowan.ask({"type": "join", "room": "harbour", "after": self.after, "epoch": self.epoch})
        self.assertEqual((joined["reset"], joined["epoch"]), (False, self.epoch))
        rowan.until(lambda: len(rowan.events("message")) == MANY, "what was missed")
        self.assertEqual([m["key"] for m in rowan.events("message")], [f"many{i}" for i in range(MANY)])
        again = rowan.say("Other words", key="once")
        self.assertEqual({**again, "id": 0}, {**self.first, "id": 0}, "a key is remembered")
        self.assertEqual(rowan.say(HARMLESS)["seq"], joined["seq"] + 1)
        fresh = new.client(self.invite, "Late")
        self.assertEqual(fresh.say(HARMLESS)["disposition"], "published")
        token = self.sign_in(new)
        self.assertEqual(new.http("GET", "/api/v1/audit", token=token)[0], 200)
        new.room("annexe")
        self.assertEqual(new.run("audit", "verify")[0], 0, "the chain goes on")
        status, _, told = self.migrate(redis.address)
        self.assertEqual(status, 2)
        self.assertIn("moved here before", told)

    def test_what_has_gone_between_two_tries_is_gone(self):
        copy = Path(shutil.copytree(self.old.data, self.folder / "changed", ignore=shutil.ignore_patterns("cache", "hearth.lock")))
        redis = self.redis()
        self.killed_halfway(redis)
        house = self.enterContext(House("--no-rate-limits"))
        shutil.copytree(copy, house.data, dirs_exist_ok=True)
        house.start()
        rowan = house.client(token=self.rowan)
        self.assertEqual(rowan.ask({"type": "retract", "room": "harbour", "seq": self.first["seq"]})["type"], "ack")
        house.http("POST", "/api/v1/logout", token=self.rowan)
        listed = house.http("GET", "/api/v1/rooms/harbour/invites", token=self.admin)[1]["invites"]
        revoked = next(i["id"] for i in listed if i["uses_left"] == 7)
        self.assertEqual(house.http("DELETE", f"/api/v1/rooms/harbour/invites/{revoked}", token=self.admin)[0], 204)
        house.stop()
        status, said, told = self.migrate(redis.address, house.data)
        self.assertEqual(status, 0, said + told)
        self.assertNotIn("DIFFERENT", said)
        moved = self.enterContext(House("--no-rate-limits", redis=redis))
        moved.start()
        self.assertEqual(moved.http("GET", "/api/v1/me", token=self.rowan)[0], 401)
        late = moved.client(self.invite, "Late", room=None)
        late.ask({"type": "join", "room": "harbour", "after": self.first["seq"] - 1})
        self.assertTrue(late.until(lambda: late.events("message"), "the log")[0].get("retracted"))
        self.assertNotIn(revoked, [i["id"] for i in moved.http("GET", "/api/v1/rooms/harbour/invites", token=self.admin)[1]["invites"]])

    def test_what_is_different_at_the_end_is_said_and_not_served(self):
        redis = self.redis()
        self.killed_halfway(redis)
        redis.ask("HSET", "hearth:{all}:variants", "stray", "x")
        status, said, told = self.migrate(redis.address)
        self.assertEqual(status, 1, told)
        self.assertRegex(said, r"\nspellings +1 +2 .* DIFFERENT\n")
        self.assertEqual(said.count("DIFFERENT"), 1)
        self.assertIn("no server will start on it", told)
        self.assertEqual(redis.ask("HGET", "hearth:{all}:move", "state"), "half")

    def test_what_must_not_happen_is_refused_in_one_line(self):
        redis, other = self.redis(), self.enterContext(House("--no-rate-limits"))
        other.room("hall")
        self.assertEqual(self.migrate(redis.address, other.data)[0], 0)
        empty = self.folder / "empty"
        with_server = self.enterContext(House("--no-rate-limits"))
        with_server.room("hall")
        with_server.start()
        used = self.redis()
        waiting = self.enterContext(House("--no-rate-limits", redis=used))
        waiting.start()
        half = self.redis()
        self.killed_halfway(half)
        newer = Path(shutil.copytree(other.data, self.folder / "newer", ignore=shutil.ignore_patterns("cache")))
        subprocess.run(["python3", "-c", "import sqlite3,sys; sqlite3.connect(sys.argv[1]).execute('PRAGMA user_version = 99')", str(newer / "hearth.db")], check=True)
        for name, source, to, why in (
            ("another community", self.old.data, redis.address, "--to: it holds another community"),
            ("another community half way", other.data, half.address, "--to: it holds another community"),
            ("a server on the source", with_server.data, self.redis().address, "in use by a running server"),
            ("a server on the target", other.data, used.address, "--to: a server or another command uses it"),
            ("no such data", empty, self.redis().address, "--from: there is no database"),
            ("a newer format", newer, self.redis().address, "newer version of hearth"),
            ("a cluster", other.data, "cluster://127.0.0.1:7000", "--to: a community is moved to one server, not into a cluster"),
            ("no address", self.old.data, "http://example.org", "--to: the address begins with"),
        ):
            with self.subTest(name):
                status, said, told = self.migrate(to, source)
                lines = [line for line in told.splitlines() if line]
                self.assertEqual((status, said, len(lines)), (2, "", 1), told)
                self.assertIn(why, lines[0])
        self.assertFalse(empty.exists())

    def test_a_terminal_shows_a_bar(self):
        redis = self.redis()
        leader, follower = os.openpty()
        done = subprocess.Popen([HEARTH, "migrate", "--from", f"sqlite:{self.old.data}"], env={**os.environ, "HEARTH_TO": redis.address},
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=follower)
        os.close(follower)
        shown = b""
        while True:
            try:
                more = os.read(leader, 65536)
            except OSError:
                break
            shown += more
        os.close(leader)
        with done.stdout:
            done.stdout.read()
        self.assertEqual(done.wait(60), 0)
        self.assertRegex(shown.decode(), r"\rcopying: \[#*-*\] \d+ of \d+ events")
        self.assertRegex(shown.decode(), r"\rcomparing: \[#{24}\] (\d+) of \1 audit")


if __name__ == "__main__":
    unittest.main()
