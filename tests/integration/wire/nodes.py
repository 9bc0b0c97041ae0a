"""Two real servers on one real Redis, or on a group of them, and a room that is open on both."""
import tempfile
import time
import unittest

from house import STORE, STORES, House
from redis_server import RedisServer


class TwoNodes(unittest.TestCase):
    OPTIONS = ("--no-rate-limits", "--threads", "2")

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="hearth-nodes-")
        self.addCleanup(folder.cleanup)
        self.redis = STORES.get(STORE, RedisServer)(folder.name)
        self.addCleanup(self.redis.stop)
        self.one, self.two = (House(*self.OPTIONS, redis=self.redis) for _ in range(2))
        for house in (self.one, self.two):
            self.enterContext(house)
        self.invite = self.one.room("harbour", "--open")
        self.one.start()
        self.two.start()

    def log(self, client):
        return [(e["seq"], e.get("text")) for e in client.events("message")]


class Watcher:
    """A client in the room, and who it believes is present: as docs/PROTOCOL.md tells clients to count."""

    def __init__(self, client):
        self.client = client

    def present(self):
        self.client.pump(0)
        ids, count = {}, None
        for got in self.client.got:
            if got["type"] == "joined":
                ids, count = {u["id"]: u["name"] for u in got["room"].get("members", [])}, got["room"]["count"]
            elif got["type"] == "presence":
                ids.update({u["id"]: u["name"] for u in got.get("joined", [])})
                for gone in got.get("left", []):
                    ids.pop(gone, None)
                count = got["count"]
        return sorted(ids.values()), count

    def sees(self, *names, within=15):
        """Seconds until exactly these are present."""
        began = time.monotonic()
        self.client.until(lambda: self.present() == (sorted(names), len(names)), f"{names} present", within)
        return time.monotonic() - began
