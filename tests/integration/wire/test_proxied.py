"""What a server makes of PROXY headers: whose connection it is, and what begins otherwise."""
import socket
import tempfile
import time
import unittest
from pathlib import Path

from edge import Node
from house import Client, House
from redis_server import RedisServer


class Proxied(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="hearth-proxied-")
        cls.addClassCleanup(folder.cleanup)
        config = Path(folder.name, "hearth.toml")
        config.write_text("[limits]\nconnections_per_address = 2\nhellos_per_minute_and_address = 1000\n")
        cls.redis = RedisServer(Path(folder.name, "redis"))
        cls.addClassCleanup(cls.redis.stop)
        cls.node = cls.enterClassContext(Node("--config", str(config), "--threads", "2", redis=cls.redis))
        cls.invite = cls.node.room("harbour", "--open")
        cls.node.start()
        cls.silent = socket.create_connection(("127.0.0.1", cls.node.port))
        cls.silent_since = time.monotonic()
        cls.silent.sendall(b"PROXY TCP4 203.0.113")

    def announced(self, address, **more):
        return Client(self.node.port, first=f"PROXY TCP4 {address} 198.51.100.1 5000 443\r\n".encode(), **more)

    def hello(self, client, name="Rowan"):
        """What came of it: "welcome", or the code that the connection is closed with."""
        client.send({"type": "hello", "id": 1, "invite": self.invite, "name": name})
        return client.until(lambda: client.close_code or (client.got and client.got[0]["type"]), "an answer")

    def test_connections_count_by_the_address_that_is_announced(self):
        here = [self.announced(f"192.0.2.{i}") for i in (1, 2)]
        self.assertEqual([self.hello(c) for c in here], ["welcome", "welcome"])
        self.assertEqual(self.hello(self.announced("192.0.2.3")), 4129)
        pretending = self.announced("192.0.2.4", headers=["X-Forwarded-For: 203.0.113.77"])
        self.assertEqual(self.hello(pretending), 4129, "what a client says of itself is not believed")
        self.assertEqual(self.hello(self.announced("198.18.0.1")), "welcome")
        binary = b"\r\n\r\n\0\r\nQUIT\n\x21\x11\x00\x0f" + bytes([192, 0, 2, 5, 198, 51, 100, 1, 0x13, 0x88, 1, 0xBB]) + b"\x04\x00\x00"
        self.assertEqual(self.hello(Client(self.node.port, first=binary)), 4129)

    def test_what_begins_otherwise_is_closed_and_harms_nobody(self):
        talking = self.announced("198.19.0.1")
        self.assertEqual(self.hello(talking), "welcome")
        for wrong in (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00", b"PROXY TCP4 x y 1 2\r\n" + b"GET / HTTP/1.1\r\n\r\n",
                      b"PROXY UNKNOWN " + b"x" * 5000, b"\r\n\r\n\0\r\nQUIT\n\x21\x11\xff\xff" + b"x" * 70000, b"\0" * 100):
            with self.subTest(wrong[:20]), socket.create_connection(("127.0.0.1", self.node.port), timeout=5) as one:
                try:
                    one.sendall(wrong)
                    one.shutdown(socket.SHUT_WR)
                    self.assertEqual(one.recv(100), b"")
                except OSError as problem:  # closed before all of it was sent
                    self.assertNotIsInstance(problem, TimeoutError)
        self.assertEqual(self.node.log().count("does not begin with a PROXY header"), 1, "once a minute")
        self.assertEqual(talking.ask({"type": "join", "room": "harbour"})["type"], "joined")

    def test_a_header_that_does_not_come_is_not_waited_for(self):
        self.silent.settimeout(20)
        try:
            self.assertEqual(self.silent.recv(1), b"")
        except ConnectionError:
            pass
        self.assertLess(time.monotonic() - self.silent_since, 18)

    def test_whoever_is_no_proxy_speaks_for_itself(self):
        near = Client(self.node.port, source="127.0.0.2")
        self.assertEqual(self.hello(near), "welcome")

    def test_options_that_make_no_sense_are_named(self):
        for options, why in ((["--proxy-protocol", "proxy.example"], '"proxy.example" is no IP address'),
                             (["--proxy-protocol", "10.0.0.1", "--behind-proxy"], "give one")):
            house = self.enterContext(House())
            status, _, told = house.run("check-config", *options, check=False)
            self.assertEqual(status, 2)
            self.assertIn(why, told)


if __name__ == "__main__":
    unittest.main()
