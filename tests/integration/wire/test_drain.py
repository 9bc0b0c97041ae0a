"""A server that is asked to end gives its people to the other: they resume without a gap, spread in time, nothing lost or doubled."""
import http.client
import json
import signal
import threading
import time
import unittest

from house import HARMLESS, Client, eventually
from nodes import TwoNodes

PEOPLE = 24


class Member(threading.Thread):
    """Speaks without a pause and keeps the rules of docs/PROTOCOL.md: sent away, it waits as told, connects to the other server,
    resumes from what it has seen and repeats what was not answered."""

    def __init__(self, name, invite, here, there, until):
        super().__init__()
        self.name, self.here, self.there, self.until = name, here, there, until
        self.client = here.client(invite, name)
        self.token, self.acked, self.seen, self.came_back, self.codes, self.reset = self.client.welcome["token"], {}, [], None, [], False

    def take(self):
        for got in self.client.got:
            if got["type"] == "message":
                self.seen.append((got["seq"], got["key"]))
        self.client.got = [g for g in self.client.got if g["type"] != "message"]

    def run(self):
        number = 0
        while not self.until.is_set():
            key = f"{self.name}-{number}"
            self.client.send({"id": number, "type": "say", "room": "harbour", "key": key, "text": f"{HARMLESS} {key}"})
            reply = self.client.until(lambda: self.client.close_code or next((g for g in self.client.got if g.get("id") == number), None), "an ack")
            if self.client.close_code:
                self.move()
                continue
            if reply["type"] == "ack":
                assert self.acked.setdefault(key, reply["seq"]) == reply["seq"]
                number += 1
            self.take()
            time.sleep(0.02)

    def move(self):
        self.codes.append(self.client.close_code)
        self.client.frame(int(self.client.close_code).to_bytes(2, "big"), opcode=8)
        self.client.drop()
        self.take()
        wait = json.loads(self.client.close_reason)["retry_after_ms"]
        time.sleep(wait / 1000)
        self.came_back = time.monotonic()
        self.client = self.there.client(token=self.token, room=None)
        joined = self.client.ask({"type": "join", "room": "harbour", "after": max((seq for seq, _ in self.seen), default=0)})
        self.reset = self.reset or joined["reset"]


class Drain(TwoNodes):
    def test_clients_go_to_the_other_without_a_gap(self):
        enough = threading.Event()
        staying = self.two.client(self.invite, "Stays")
        members = [Member(f"Guest{i}", self.invite, self.one, self.two, enough) for i in range(PEOPLE)]
        for each in members:
            each.start()
        time.sleep(1)
        before = time.monotonic()

        def probe(path):
            try:
                status, body, _ = self.one.http("GET", path)
                return status, body
            except (OSError, http.client.HTTPException):
                return None, None
        ending = threading.Thread(target=self.one.stop, args=(signal.SIGTERM,))
        ending.start()
        # A balancer is told before anybody is sent away, and new connections are refused in words.
        eventually(lambda: probe("/readyz") == (503, b"draining\n"), "draining", 1)
        self.assertIsNone(members[0].came_back)
        self.assertEqual(probe("/healthz")[0], 200)
        refused = Client(self.one.port, upgrade=False)
        refused.socket.sendall(b"GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                               b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n")
        head = refused.socket.recv(4096)
        self.assertTrue(head.startswith(b"HTTP/1.1 503") and b"Retry-After: 1" in head, head)
        refused.drop()
        ending.join()
        took = time.monotonic() - before
        self.assertEqual(self.one.process.returncode, 0, self.one.log())
        eventually(lambda: all(each.came_back for each in members), "everyone at the other", 15)
        time.sleep(1)
        enough.set()
        for each in members:
            each.join(15)
            self.assertFalse(each.is_alive(), each.name)
        self.assertEqual({code for each in members for code in each.codes}, {4000})
        self.assertFalse(any(each.reset for each in members))
        # Everything acknowledged is in the log once, and everyone saw the same log without a gap.
        said = {key: seq for each in members for key, seq in each.acked.items()}
        end = max(said.values())
        staying.until(lambda: len(staying.events("message")) >= len(said), "all of it", 15)
        log = [(e["seq"], e["key"]) for e in staying.events("message")]
        self.assertEqual(len({key for _, key in log}), len(log))
        self.assertLessEqual({(seq, key) for key, seq in said.items()}, set(log))
        self.assertEqual([seq for seq, _ in log], list(range(1, len(log) + 1)))
        for each in members:
            each.client.until(lambda: each.take() or each.seen[-1][0] >= end, "the last message", 15)
            self.assertEqual(each.seen, [pair for pair in log if pair[0] <= each.seen[-1][0]], each.name)
        back = sorted(each.came_back for each in members)
        quarters = [sum(1 for at in back if i <= (at - back[0]) / 0.25 < i + 1) for i in range(5)]
        print(f"{PEOPLE} clients came to the other server over {back[-1] - back[0]:.2f} s, by quarters of a second {quarters}; "
              f"the server ended {took:.1f} s after it was asked; {len(said)} messages acknowledged, none lost or doubled")
        self.assertGreater(back[-1] - back[0], 0.4)
        self.assertLess(max(quarters), PEOPLE * 0.75)
        self.assertLess(took, 12)


if __name__ == "__main__":
    unittest.main()
