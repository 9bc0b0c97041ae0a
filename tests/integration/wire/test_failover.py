"""A server whose Redis is replaced by its replica goes on with its connections open, whatever the replica had."""
import signal
import tempfile
import unittest

from house import HARMLESS, HELD, House, eventually
from redis_topologies import Sentinels


class FailOver(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="hearth-failover-")
        self.addCleanup(folder.cleanup)
        self.group = Sentinels(folder.name)
        self.addCleanup(self.group.stop)
        self.house = self.enterContext(House("--no-rate-limits", "--threads", "2", redis=self.group))
        self.invite = self.house.room("harbour", "--open")
        self.house.start()

    def say_until_taken(self, client, text, key):
        return eventually(lambda: (reply := client.say(text, key=key))["type"] == "ack" and reply, "an ack", within=20)

    def texts(self, client):
        return [e["text"] for e in client.events("message")]

    def test_what_the_replica_had_not_got_is_gone_for_all_and_nothing_after_it_is_missed(self):
        rowan, sol = self.house.client(self.invite, "Rowan"), self.house.client(self.invite, "Sol")
        rowan.say(f"{HARMLESS} before")
        eventually(self.group.in_step, "a replica in step")
        primary = self.group.primary()
        replica = self.group.replica_of(primary)
        replica.send(signal.SIGSTOP)
        self.assertEqual(primary.ask("CLIENT", "KILL", "TYPE", "replica"), 1)
        lost = rowan.say(f"{HARMLESS} lost")
        self.assertEqual(lost["type"], "ack")  # so little asynchronous replication promises
        sol.until(lambda: len(self.texts(sol)) == 2, "what will be lost")
        primary.stop()
        replica.send(signal.SIGCONT)
        after = self.say_until_taken(rowan, f"{HARMLESS} after", "after")
        self.assertGreater(after["seq"], lost["seq"])
        for client in (rowan, sol):
            client.until(lambda: f"{HARMLESS} after" in self.texts(client), "what was said after")
        # Who saw the lost one goes on from there; who did not, never sees it.
        self.assertEqual(self.say_until_taken(rowan, f"{HARMLESS} later", "later")["seq"], after["seq"] + 1)
        back = self.house.client(token=sol.welcome["token"], room=None)
        self.assertFalse(back.ask({"type": "join", "room": "harbour", "after": lost["seq"]})["reset"])
        back.until(lambda: len(self.texts(back)) == 2, "what came after the lost one")
        self.assertEqual(self.texts(back), [f"{HARMLESS} after", f"{HARMLESS} later"])
        wanted = [f"{HARMLESS} {word}" for word in ("before", "after", "later")]

        def seen_by_a_newcomer():
            client = self.house.client(self.invite, "Wren")
            client.until(lambda: f"{HARMLESS} later" in self.texts(client), "the newest")
            client.drop()
            return self.texts(client) == wanted
        eventually(seen_by_a_newcomer, "the log as it is")

    def test_what_staff_do_goes_on(self):
        sol, moderator = self.house.client(self.invite, "Sol"), self.house.staff()
        self.assertEqual(sol.say(HELD)["disposition"], "held")
        eventually(self.group.in_step, "a replica in step")
        self.group.primary().stop()
        cases = eventually(lambda: self.ask("GET", "/api/v1/cases", None, moderator), "the queue", within=20)["cases"]
        path = f"/api/v1/cases/{cases[0]['id']}"
        lease = eventually(lambda: self.ask("POST", f"{path}/claim", {}, moderator), "a claim")["lease"]
        self.assertTrue(self.ask("POST", f"{path}/decisions", {"lease": lease, "action": "release", "reason": "other"}, moderator))
        sol.until(lambda: sol.events("released"), "the release")
        status, _, err = self.house.run("audit", "verify", check=False)
        self.assertEqual(status, 0, err)

    def ask(self, method, path, body, token):
        status, answer, _ = self.house.http(method, path, body, token=token)
        return answer if status == 200 else None


if __name__ == "__main__":
    unittest.main()
