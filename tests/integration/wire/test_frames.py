"""Wrong frames and wrong commands: each gets its error or close code, and nobody else notices."""
import json
import socket
import unittest

from house import HARMLESS, Client, House


class Frames(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.house = House("--no-rate-limits")
        cls.addClassCleanup(cls.house.__exit__)  # also when what follows fails
        cls.invite = cls.house.room("harbour", "--open")
        cls.house.start()
        cls.other = cls.house.client(cls.invite, "Sage")

    def still_well(self):
        """The other member's connection, and the room, go on as if nothing had happened."""
        ack = self.other.say(HARMLESS)
        self.other.until(lambda: self.other.events("message", seq=ack["seq"]))
        self.assertIsNone(self.other.close_code)

    def test_what_ends_a_connection(self):
        deep = "[" * 40_000
        cases = [
            ("no JSON", lambda c: c.frame('{"type":'), 1007),
            ("half a line of JSON among whole ones", lambda c: c.frame('{"type":"ping","id":"q","t":1}\n{"x"'), 1007),
            ("text that is no UTF-8", lambda c: c.frame(b'{"type":"ping","id":"\xff"}'), 1007),
            ("a binary frame", lambda c: c.frame(b'{"type":"ping","id":1}', opcode=2), 1003),
            ("a frame over the limit", lambda c: c.frame("x" * 65_537), 1009),
            ("a megabyte", lambda c: c.frame("x" * (1 << 20)), 1009),
            ("fragments over the limit", lambda c: [c.frame("x" * 40_000, fin=False), c.frame("x" * 40_000, opcode=0)], 1009),
            ("an unmasked frame", lambda c: c.frame("{}", mask=False), 1002),
            ("a reserved opcode", lambda c: c.frame("{}", opcode=3), 1002),
        ]
        for name, wrong, code in cases:
            with self.subTest(name):
                client = self.house.client(self.invite, "Rowan")
                client.send({"type": "say", "id": "s", "room": "harbour", "key": name, "text": HARMLESS},
                            {"type": "ping", "id": "p", "t": 1})
                wrong(client)
                self.assertEqual(client.closed(), code)
                answered = {g.get("id") for g in client.got if g["type"] in ("ack", "pong")}
                self.assertLessEqual({"s", "p"}, answered, "what was asked before is answered first")
                self.other.until(lambda: self.other.events("message", key=name))
                self.still_well()
        client = self.house.client(self.invite, "Rowan")
        client.send(deep)
        self.assertEqual(client.until(lambda: client.events("error"))[0]["code"], "bad_request")

    def test_what_a_connection_survives(self):
        client = self.house.client(self.invite, "Rowan")
        cases = [
            ("[]", "bad_request", None), ("7", "bad_request", None), ('"a"', "bad_request", None),
            ('{"type":"ping","id":1,"t":' + "[" * 20 + "]" * 20 + "}", "bad_request", None),
            ({"type": "sing", "id": "a"}, "unknown_command", "a"),
            ({"type": "say", "id": 2, "room": "harbour", "key": "k"}, "bad_request", 2),
            ({"type": "say", "id": 3, "room": "harbour", "key": 5, "text": "t"}, "bad_request", 3),
            ({"type": "say", "id": 4, "room": "harbour", "key": "k" * 65, "text": "t"}, "too_long", 4),
            ({"type": "say", "id": 5, "room": "harbour", "key": "k", "text": "é" * 4001}, "too_long", 5),
            ({"type": "say", "id": 6, "room": "nowhere", "key": "k", "text": "t"}, "unknown_room", 6),
            ({"type": "join", "id": 7, "room": "nowhere"}, "unknown_room", 7),
            ({"type": "history", "id": 8, "room": "harbour", "limit": 1000}, "bad_request", 8),
            ({"type": "retract", "id": 9, "room": "harbour", "seq": 999_999}, "not_found", 9),
            ({"type": "watch", "id": 10, "queue": "review"}, "forbidden", 10),
            ({"type": "hello", "id": 11, "invite": self.invite, "name": "Twice"}, "conflict", 11),
            ('{"type":"say","id":12,"room":"harbour","key":"k","text":"\\ud83d"}', "bad_request", None),
        ]
        for command, code, number in cases:
            with self.subTest(str(command)[:60]):
                before = len(client.got)
                client.send(command)
                errors = client.until(lambda: [g for g in client.got[before:] if g["type"] == "error"])
                self.assertEqual((errors[0]["code"], errors[0]["id"]), (code, number))
                self.assertTrue(errors[0]["message"])
        self.assertEqual(client.ask({"type": "ping", "t": [1, "x"], "what": "ever"})["t"], [1, "x"])
        self.still_well()

    def test_before_hello_nothing_is_answered_but_hello(self):
        client = Client(self.house.port)
        for command in ({"type": "join", "room": "harbour"}, {"type": "say", "room": "harbour", "key": "k", "text": "t"}):
            self.assertEqual(client.ask(command)["code"], "unauthenticated")
        self.assertEqual(client.ask({"type": "hello", "token": "x" * 22})["code"], "unauthenticated")
        self.assertEqual(client.ask({"type": "hello", "invite": "x" * 22, "name": "A"})["code"], "not_found")
        for name in ("", "   ", "a\u202eb", "x" * 41):
            reply = client.ask({"type": "hello", "invite": self.invite, "name": name})
            self.assertEqual((reply["type"], reply["field"]), ("error", "name"), name)
        self.assertEqual(client.ask({"type": "hello", "invite": self.invite, "name": "Rowan"})["type"], "welcome")

    def test_a_client_without_a_subprotocol_is_served(self):
        client = Client(self.house.port)
        self.assertIn(b"Sec-WebSocket-Protocol: hearth.v1", client.head)
        raw = Client(self.house.port, upgrade=False)
        raw.socket.sendall(b"GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                           b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n")
        head = raw.socket.recv(4096)
        self.assertIn(b"101", head.split(b"\r\n")[0])
        self.assertNotIn(b"Protocol:", head)

    def test_another_site_cannot_open_a_socket(self):
        client = Client(self.house.port, upgrade=False)
        client.socket.sendall(b"GET /ws HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                              b"Origin: https://elsewhere.example.org\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                              b"Sec-WebSocket-Version: 13\r\n\r\n" % self.house.port)
        self.assertIn(b"403", client.socket.recv(4096).split(b"\r\n")[0])

    def test_several_commands_in_one_frame_and_one_in_several_fragments(self):
        client = self.house.client(self.invite, "Rowan")
        client.send(*({"type": "ping", "id": f"m{i}", "t": i} for i in range(20)))
        client.until(lambda: len(client.events("pong")) == 20)
        text = json.dumps({"type": "ping", "id": "split", "t": "é"}, ensure_ascii=False).encode()
        cut = text.index("é".encode()) + 1  # inside a character
        client.frame(text[:cut], fin=False)
        client.frame(text[cut:], opcode=0)
        client.until(lambda: client.events("pong", id="split"))

    def test_half_a_request_and_half_a_frame_harm_nobody(self):
        half = socket.create_connection(("127.0.0.1", self.house.port))
        half.sendall(b"GET /healthz HT")
        client = self.house.client(self.invite, "Rowan")
        client.socket.sendall(b"\x81\xfe\x01")
        self.still_well()
        half.close()
        client.drop()
        self.still_well()


if __name__ == "__main__":
    unittest.main()
