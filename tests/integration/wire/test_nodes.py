"""Two servers on one Redis are one house: what is said through one is heard through the other, once and in one order."""
import secrets
import signal
import statistics
import subprocess
import threading
import time
import unittest

from house import HARMLESS, HEARTH, HELD, eventually
from nodes import TwoNodes


class Nodes(TwoNodes):
    def test_what_is_said_here_is_heard_there_soon(self):
        rowan, sol = self.one.client(self.invite, "Rowan"), self.two.client(self.invite, "Sol")
        waits = {True: [], False: []}
        for i in range(60):
            for near, (speaker, listener) in ((False, (rowan, sol)), (False, (sol, rowan)), (True, (rowan, rowan))):
                text = f"{HARMLESS} {secrets.token_hex(4)}"
                asked = time.monotonic()
                speaker.send({"id": i, "type": "say", "room": "harbour", "key": secrets.token_hex(6), "text": text})
                listener.until(lambda: listener.events("message", text=text), "the message")
                waits[near].append((time.monotonic() - asked) * 1000)
        here, there = (statistics.median(waits[near]) for near in (True, False))
        print(f"heard after {here:.2f} ms on the same server, {there:.2f} ms on the other (median)")
        self.assertLess(there - here, 10)
        self.assertLess(max(waits[False]), 1000)

    def test_everyone_hears_one_order_while_both_talk_at_once(self):
        clients = [house.client(self.invite, f"{name}{i}") for i, house in enumerate((self.one, self.two) * 2) for name in ("Rowan",)]

        def talk(client, who):
            for i in range(150):
                client.say(f"{HARMLESS} {who} {i}", key=f"{who}-{i}")
        talkers = [threading.Thread(target=talk, args=(client, n)) for n, client in enumerate(clients)]
        for each in talkers:
            each.start()
        for each in talkers:
            each.join()
        for client in clients:
            client.until(lambda: len(client.events("message")) >= 600, "all messages")
        logs = [self.log(client) for client in clients]
        self.assertEqual([seq for seq, _ in logs[0]], list(range(1, 601)))
        for other in logs[1:]:
            self.assertEqual(other, logs[0])

    def test_a_killed_server_s_people_go_on_at_the_other(self):
        rowan, sol = self.one.client(self.invite, "Rowan"), self.two.client(self.invite, "Sol")
        token, seen, said = rowan.welcome["token"], [], {}
        killer = threading.Timer(0.5, self.one.stop, (signal.SIGKILL,))
        killer.start()
        for i in range(100_000):
            said[f"k{i}"] = f"{HARMLESS} {i}"
            try:
                rowan.say(said[f"k{i}"], key=f"k{i}")
            except (AssertionError, OSError):
                break
        killer.join()
        seen = rowan.events("message")
        again = self.two.client(token=token, room=None)
        joined = again.ask({"type": "join", "room": "harbour", "after": max((e["seq"] for e in seen), default=0)})
        self.assertFalse(joined["reset"])
        last = f"k{len(said) - 1}"
        again.say(said[last], key=last)  # unanswered: asked again under its key
        again.until(lambda: any(e["key"] == last for e in again.events("message")) or any(e["key"] == last for e in seen), "the last message")
        heard = [(e["seq"], e["key"], e["text"]) for e in seen + again.events("message")]
        self.assertEqual(heard, [(i + 1, f"k{i}", said[f"k{i}"]) for i in range(len(said))])
        sol.until(lambda: len(sol.events("message")) == len(said), "all of it at the other")
        self.assertEqual([(e["seq"], e["key"], e["text"]) for e in sol.events("message")], heard)

    def test_staff_here_see_and_decide_what_is_said_there(self):
        moderator = self.one.staff()
        watching = self.one.client(token=moderator, room=None)
        self.assertEqual(watching.ask({"type": "watch", "queue": "review"})["type"], "watching")
        sol, rowan = self.two.client(self.invite, "Sol"), self.one.client(self.invite, "Rowan")
        self.assertEqual(sol.say(HELD)["disposition"], "held")
        opened = watching.until(lambda: watching.events("case_opened"), "case_opened")[0]
        case = opened.get("case", opened)["id"]
        path = f"/api/v1/cases/{case}"
        lease = self.one.http("POST", f"{path}/claim", {}, token=moderator)[1]["lease"]
        # A claim holds on every server.
        self.assertEqual(self.two.http("POST", f"{path}/claim", {}, token=self.two.staff("fern"))[0], 409)
        status, answer, _ = self.one.http("POST", f"{path}/decisions", {"lease": lease, "action": "ban", "reason": "other", "duration_s": 3600}, token=moderator)
        self.assertEqual(status, 200, answer)
        sol.until(lambda: sol.events("sanction") or sol.close_code, "the ban")
        self.assertEqual(sol.closed() if sol.close_code is None and sol.ended else sol.close_code or 4103, 4103)
        reply = self.two.client(token=sol.welcome["token"], room=None).ask({"type": "say", "room": "harbour", "key": "k", "text": HARMLESS})
        self.assertIn(reply["code"], ("banned", "not_a_member"))
        self.assertFalse(rowan.heard(HELD))

    def test_an_erasing_that_was_cut_off_is_finished_by_whoever_is_there(self):
        moderator = self.one.staff()
        fern = self.one.client(token=moderator)
        self.assertEqual(fern.say("words that shall go")["type"], "ack")
        # Whoever erases gets no further than the first step: the rooms are closed to them.
        self.redis.ask("ACL", "SETUSER", "half", "on", ">secret", "~hearth:{all}:*", "&*", "+@all")
        where = f"unix://half:secret@{self.redis.socket}"
        done = subprocess.run([HEARTH, "user", "erase", "moss", "--store", "redis", "--redis", where], capture_output=True, timeout=60)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertEqual(self.redis.ask("ZCARD", "hearth:{all}:erasing"), 1)
        words = ("HGET", "hearth:{r1}:words", "1")
        self.assertIn("words that shall go", str(self.redis.ask(*words)))
        # Balancers ask both servers; one of them hears that time has passed.
        eventually(lambda: self.one.ready() and self.two.ready() and "words that shall go" not in str(self.redis.ask(*words)),
                   "the words are gone", 30)
        eventually(lambda: self.redis.ask("ZCARD", "hearth:{all}:erasing") == 0, "done", 5)
        acts = str(self.redis.ask("XRANGE", "hearth:{all}:audit", "-", "+"))
        self.assertEqual(acts.count("person.erase"), 1)

    def test_a_redis_that_stood_still_is_caught_up_with(self):
        rowan, sol = self.one.client(self.invite, "Rowan"), self.two.client(self.invite, "Sol")
        rowan.say(f"{HARMLESS} before")
        self.redis.send(signal.SIGSTOP)
        key = secrets.token_hex(6)
        reply = rowan.say(f"{HARMLESS} meanwhile", key=key)
        self.assertEqual(reply.get("code"), "try_later")
        self.redis.send(signal.SIGCONT)
        eventually(lambda: rowan.say(f"{HARMLESS} meanwhile", key=key)["type"] == "ack", "an ack")
        sol.until(lambda: len(sol.events("message")) == 2, "both messages")
        self.assertEqual([text for _, text in self.log(sol)], [f"{HARMLESS} before", f"{HARMLESS} meanwhile"])
        rowan.until(lambda: len(rowan.events("message")) == 2, "both messages")
        self.assertEqual(self.log(sol), self.log(rowan))

    def test_a_redis_that_was_started_again_is_caught_up_with(self):
        rowan, sol = self.one.client(self.invite, "Rowan"), self.two.client(self.invite, "Sol")
        self.assertEqual(rowan.say(f"{HARMLESS} before")["type"], "ack")
        self.redis.stop()
        self.assertEqual(rowan.say(f"{HARMLESS} meanwhile").get("code"), "try_later")
        self.redis.start()
        eventually(lambda: rowan.say(f"{HARMLESS} after")["type"] == "ack", "an ack")
        for client in (rowan, sol):
            client.until(lambda: any("after" in text for _, text in self.log(client)), "what was said after")
        self.assertEqual(self.log(sol), self.log(rowan))
        self.assertIn("before", self.log(sol)[0][1])


if __name__ == "__main__":
    unittest.main()
