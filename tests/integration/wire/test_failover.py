"""A server whose Redis is replaced by its replica goes on with its connections open, whatever the replica had."""
import signal
import tempfile
import time
import unittest

from house import HARMLESS, HELD, House, eventually
from nodes import Watcher
from redis_topologies import Cluster, Sentinels


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


class Present(unittest.TestCase):
    def stays_true_on(self, group):
        folder = tempfile.TemporaryDirectory(prefix="hearth-failover-")
        self.addCleanup(folder.cleanup)
        redis = group(folder.name)
        self.addCleanup(redis.stop)
        houses = [self.enterContext(House("--no-rate-limits", "--threads", "1", redis=redis)) for _ in range(2)]
        invite = houses[0].room("harbour", "--open")
        for each in houses:
            each.start()
        watchers = [Watcher(house.client(invite, name)) for house, name in zip(houses, ("Rowan", "Sol"))]
        for each in watchers:
            each.sees("Rowan", "Sol")
        eventually(redis.in_step, "replicas in step")
        (redis.owner(redis.slot_of("hearth:{r1}:nodes")) if group is Cluster else redis.primary()).stop()
        end = time.monotonic() + 11  # by then a server that was forgotten would have been taken out
        while time.monotonic() < end:
            for each in watchers:
                each.client.pump(0.1)
        for each in watchers:
            self.assertEqual([p["left"] for p in each.client.events("presence") if p["left"]], [])
        # And whoever comes or goes afterwards is known as before.
        fern = Watcher(houses[1].client(invite, "Fern"))
        for each in (fern, *watchers):
            each.sees("Fern", "Rowan", "Sol")
        fern.client.drop()
        for each in watchers:
            each.sees("Rowan", "Sol")

    def test_who_is_present_when_a_primary_is_replaced(self):
        self.stays_true_on(Sentinels)

    def test_who_is_present_when_the_room_s_server_in_a_cluster_is_replaced(self):
        self.stays_true_on(Cluster)


if __name__ == "__main__":
    unittest.main()
