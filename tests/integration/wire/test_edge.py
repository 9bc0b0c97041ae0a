"""HAProxy in front of two servers, with the configuration that is shipped: whose connection it is, who dies, who drains."""
import random
import signal
import socket
import statistics
import tempfile
import threading
import time
import unittest
from pathlib import Path

from edge import Edge, Node
from house import HARMLESS, eventually
from ports import free_port
from redis_server import RedisServer


class Member:
    """Says and hears through the edge, and comes back when its connection ends: after a moment of its own, then at once."""

    def __init__(self, edge, invite, name):
        self.edge, self.name, self.heard, self.acked, self.waits, self.back = edge, name, {}, set(), [], 0
        self.token, self.ends, self.lost, self.said, self.repeats = None, threading.Event(), None, 0, 0
        self.speaks, self.unanswered, self.problem = False, None, None
        self.connect(invite)
        self.thread = threading.Thread(target=self.live)

    def connect(self, invite=None):
        self.client = self.edge.client()
        hello = {"type": "hello", "invite": invite, "name": self.name} if invite else {"type": "hello", "token": self.token}
        welcome = self.client.ask(hello)
        assert welcome["type"] == "welcome", welcome
        self.token = self.token or welcome["token"]
        joined = self.client.ask({"type": "join", "room": "harbour", "after": max(self.heard, default=0)})
        assert joined["type"] == "joined" and not joined["reset"], joined
        self.take()

    def take(self):
        for got in self.client.got:
            if got["type"] == "message":
                assert got["seq"] not in self.heard, "heard twice"
                assert got["seq"] > max(self.heard, default=0), "heard out of order"
                self.heard[got["seq"]] = (got["key"], time.monotonic())
                if self.lost:
                    self.waits.append(time.monotonic() - self.lost)
                    self.lost = None
            elif got["type"] == "ack":
                self.acked.add(got["key"])
                self.unanswered = None
        self.client.got.clear()

    def say(self):
        if self.unanswered is None:
            self.unanswered, self.said = f"{self.name}-{self.said}", self.said + 1
        self.client.send({"type": "say", "id": 1, "room": "harbour", "key": self.unanswered, "text": f"{HARMLESS} {self.unanswered}"})

    def live(self):
        try:
            while not self.ends.is_set():
                try:
                    if self.speaks and self.unanswered is None:
                        self.say()
                    if not self.client.pump(0.02):
                        raise ConnectionError
                    self.take()
                except OSError:
                    self.take()
                    self.lost, self.back = time.monotonic(), self.back + 1
                    self.client.drop()
                    time.sleep(random.uniform(0, 0.5))
                    while True:
                        try:
                            self.connect()
                            break
                        except (OSError, AssertionError) as problem:
                            if time.monotonic() - self.lost > 10:
                                raise AssertionError(f"no way back: {problem}") from problem
                            time.sleep(0.1)
                    if self.unanswered is not None:
                        self.repeats += 1
                        self.say()
        except Exception as problem:
            self.problem = problem


class Behind(unittest.TestCase):
    """Two servers, one Redis, one edge."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="hearth-edge-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.redis = RedisServer(self.folder / "redis")
        self.addCleanup(self.redis.stop)

    def two(self, *options, **variables):
        self.nodes = [self.enterContext(Node("--no-rate-limits", "--threads", "1", *options, redis=self.redis)) for _ in range(2)]
        self.invite = self.nodes[0].room("harbour", "--open")
        for node in self.nodes:
            node.start()
        self.edge = Edge(self.folder / "edge", [node.port for node in self.nodes], **variables)
        self.addCleanup(self.edge.stop)
        self.wait_for("UP", "UP")

    def wait_for(self, *states):
        eventually(lambda: tuple(state for state, *_ in self.edge.states().values()) == states, f"nodes {states}")

    def joined(self, name, **more):
        one = self.edge.client(**more)
        one.welcome = one.ask({"type": "hello", "invite": self.invite, "name": name})
        self.assertEqual(one.ask({"type": "join", "room": "harbour"})["type"], "joined")
        return one

    def test_a_conversation_over_wss(self):
        self.two()
        rowan, sol = self.joined("Rowan"), self.joined("Sol")
        self.assertEqual([here for _, here, _ in self.edge.states().values()], [1, 1], "one on each node")
        for i in range(20):
            ack = (rowan if i % 2 else sol).say(f"{HARMLESS} {i}")
            for one in (rowan, sol):
                one.until(lambda one=one, seq=ack["seq"]: one.events("message", seq=seq), "what was said")
        self.assertEqual([m["text"] for m in rowan.events("message")], [m["text"] for m in sol.events("message")])
        for path, expected in (("/", 200), ("/readyz", 404), ("/metrics", 404), ("/healthz", 404)):
            with socket.create_connection(("127.0.0.1", self.edge.port), timeout=5) as raw, self.edge.tls.wrap_socket(raw, server_hostname="localhost") as one:
                one.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
                answer = b"".join(iter(lambda: one.recv(65536), b""))
                self.assertEqual(int(answer.split()[1]), expected, path)
                self.assertEqual(b"strict-transport-security" in answer.lower(), expected == 200)
        with socket.create_connection(("127.0.0.1", self.edge.plain), timeout=5) as one:
            one.sendall(b"GET /join/x HTTP/1.1\r\nHost: localhost\r\n\r\n")
            self.assertIn(b"308", one.recv(4096).split(b"\r\n")[0])
        self.assertNotIn("127.0.0.1", "".join(line for line in self.edge.log().splitlines() if "status" in line), "no address in the log")

    def test_limits_hold_for_the_client_and_not_for_the_edge(self):
        config = self.folder / "hearth.toml"
        config.write_text("[limits]\nconnections_per_address = 3\n")
        node = self.enterContext(Node("--config", str(config), "--threads", "1", redis=self.redis))
        self.invite = node.room("harbour", "--open")
        node.start()
        self.edge = Edge(self.folder / "edge", [node.port, free_port()], HEARTH_PER_NETWORK=5)
        self.addCleanup(self.edge.stop)
        self.wait_for("UP", "DOWN")
        crowd = [self.joined(f"Rowan{i}", source=f"127.10.0.{i}") for i in range(1, 4)]
        fourth = self.edge.client(source="127.10.0.4")
        self.assertEqual(fourth.closed(), 4129, "the node counts the client's network")
        self.joined("Sol", source="127.20.0.1")
        crowding, refused = [], 0
        for i in range(1, 7):  # whichever of them the edge takes last
            try:
                crowding.append(socket.create_connection(("127.0.0.1", self.edge.port), timeout=5, source_address=(f"127.30.0.{i}", 0)))
            except ConnectionError:
                refused += 1
        time.sleep(0.5)
        for one in crowding:
            one.settimeout(0.05)
            try:
                refused += one.recv(1) == b""
            except TimeoutError:
                pass  # still there
            except ConnectionError:
                refused += 1
            one.close()
        self.assertEqual(refused, 1, "the edge counts, too")
        self.assertEqual(crowd[0].say(HARMLESS)["type"], "ack")

    def test_a_killed_node_s_people_hear_again_on_the_other(self):
        self.two()
        members = [Member(self.edge, self.invite, f"Rowan{i}") for i in range(24)]
        for one in members[:8]:
            one.speaks = True
        for one in members:
            one.thread.start()
        time.sleep(1.5)
        killed_at = time.monotonic()
        self.nodes[0].stop(signal.SIGKILL)
        time.sleep(4)
        for one in members:
            one.speaks = False
        eventually(lambda: all(one.unanswered is None or one.problem for one in members), "answers to all")
        last = max(max(one.heard) for one in members)
        eventually(lambda: all(max(one.heard) == last or one.problem for one in members), "all of it, everywhere")
        for one in members:
            one.ends.set()
            one.thread.join(15)
        self.assertEqual([one.problem for one in members if one.problem], [])
        log = [(seq, key) for seq, (key, _) in sorted(members[0].heard.items())]
        self.assertEqual([seq for seq, _ in log], list(range(1, last + 1)), "nothing is missing")
        self.assertEqual(len({key for _, key in log}), len(log), "nothing is doubled")
        for one in members:
            self.assertEqual([(seq, key) for seq, (key, _) in sorted(one.heard.items())], log)
            self.assertLessEqual(one.acked, {key for _, key in log}, "nothing that was acknowledged is lost")
        moved = [one for one in members if one.back]
        self.assertEqual(len(moved), 12, "half of them were there")
        waits = sorted(wait for one in moved for wait in one.waits)
        self.assertEqual(len(waits), len(moved))
        others = [one for one in members if not one.back]
        gap = max(b - a for one in others for a, b in zip(sorted(t for _, t in one.heard.values()), sorted(t for _, t in one.heard.values())[1:]) if b > killed_at)
        print(f"\n{len(log)} messages by 8 of 24 members; the killed node's 12 heard again after {statistics.median(waits):.2f} s at the median, "
              f"{waits[-1]:.2f} s at most (0 to 0.5 s of that their own pause); {sum(one.repeats for one in members)} messages asked again; "
              f"the longest silence for the others {gap:.2f} s")
        self.assertLess(waits[-1], 2)
        self.wait_for("DOWN", "UP")

    def test_a_node_that_drains_gets_nobody_new(self):
        self.two()
        members = [Member(self.edge, self.invite, f"Rowan{i}") for i in range(8)]
        for one in members:
            one.thread.start()
        deaf = [self.joined(f"Deaf{i}") for i in range(2)]  # one of them on it, and never answers its goodbye: so it goes on draining
        self.nodes[0].process.send_signal(signal.SIGTERM)
        for i in range(10):  # none is turned away, also before the edge has noticed
            self.joined(f"Sol{i}").drop()
        self.wait_for("DOWN", "UP")
        before = self.edge.states()["node1"][2]
        for i in range(20):
            self.joined(f"Wren{i}").drop()
        self.assertIsNone(self.nodes[0].process.poll(), "it still drains")
        self.assertEqual(self.edge.states()["node1"][2], before, "nobody new comes to it")
        for one in deaf:
            one.drop()
        self.assertEqual(self.nodes[0].process.wait(15), 0)
        eventually(lambda: self.edge.states()["node2"][1] == 8, "the eight on the other")
        one = self.joined("Late")
        one.say(HARMLESS, key="at the end")
        eventually(lambda: all(any(key == "at the end" for key, _ in m.heard.values()) or m.problem for m in members), "what is said then")
        for one in members:
            one.ends.set()
            one.thread.join(15)
        self.assertEqual([one.problem for one in members if one.problem], [])


if __name__ == "__main__":
    unittest.main()
