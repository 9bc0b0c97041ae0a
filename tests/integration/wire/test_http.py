"""HTTP beside the interface: probes, pages, bounds, and TLS in the server itself."""
import gzip
import ssl
import subprocess
import tempfile
import unittest
from pathlib import Path

from house import Client, House


class Http(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.pages = tempfile.TemporaryDirectory(prefix="hearth-pages-")
        cls.addClassCleanup(cls.pages.cleanup)
        folder = Path(cls.pages.name)
        (folder / "assets").mkdir()
        (folder / "index.html").write_text("<!doctype html><title>Hearth</title>")
        (folder / "assets/app-1.js").write_text("let a = 1;")
        (folder / "assets/app-1.js.gz").write_bytes(gzip.compress(b"let a = 1;"))
        cls.house = House("--pages", cls.pages.name)
        cls.addClassCleanup(cls.house.__exit__)  # also when what follows fails
        cls.house.room("harbour", "--open")
        cls.house.start()

    def test_probes(self):
        for path in ("/healthz", "/readyz"):
            self.assertEqual(self.house.http("GET", path)[0], 200)
        status, text, _ = self.house.http("GET", "/metrics")
        self.assertEqual(status, 200)
        self.assertIn(b"hearth_messages_total", text)
        forwarded = self.house.http("GET", "/metrics", headers={"X-Forwarded-For": "192.0.2.7"})
        self.assertEqual(forwarded[0], 403, "a proxy on this machine shows its visitors no metrics")

    def test_pages_with_entity_tags_and_packed_siblings(self):
        status, body, headers = self.house.http("GET", "/room/harbour")
        self.assertEqual((status, headers.get_content_type()), (200, "text/html"))
        self.assertIn("default-src 'self'", headers["Content-Security-Policy"])
        self.assertEqual(self.house.http("GET", "/", headers={"If-None-Match": headers["ETag"]})[0], 304)
        status, body, headers = self.house.http("GET", "/assets/app-1.js", headers={"Accept-Encoding": "gzip"})
        self.assertEqual((headers["Content-Encoding"], gzip.decompress(body)), ("gzip", b"let a = 1;"))
        self.assertIn("immutable", headers["Cache-Control"])
        status, body, headers = self.house.http("GET", "/assets/app-1.js")
        self.assertEqual((headers["Content-Encoding"], body), (None, b"let a = 1;"))
        self.assertEqual(self.house.http("HEAD", "/")[0], 200)
        self.assertEqual(self.house.http("GET", "/assets/nothing.js")[0], 404)
        self.assertEqual(self.house.http("GET", "/../../etc/passwd")[0], 404)
        self.assertEqual(self.house.http("POST", "/", "x")[0], 405)

    def test_bounds(self):
        status, answer, headers = self.house.http("POST", "/api/v1/login", {"name": "x" * 70_000, "password": "y"})
        self.assertEqual((status, headers.get_content_type()), (413, "application/problem+json"))
        self.assertEqual(self.house.http("GET", "/", headers={"X-Long": "x" * 20_000})[0], 431)
        raw = Client(self.house.port, upgrade=False)
        raw.socket.sendall(b"NONSENSE\r\n\r\n")
        self.assertIn(b"400", raw.socket.recv(4096).split(b"\r\n")[0])
        self.assertEqual(self.house.http("GET", "/ws")[0], 426)

    def test_wrong_calls_name_the_field(self):
        status, answer, _ = self.house.http("POST", "/api/v1/login", {"name": 5, "password": "x"})
        self.assertEqual((status, answer["field"], answer["code"]), (400, "name", "bad_request"))
        self.assertEqual(self.house.http("POST", "/api/v1/login", "{")[0], 400)
        self.assertEqual(self.house.http("GET", "/api/v1/cases")[0], 401)
        self.assertEqual(self.house.http("GET", "/api/v1/nothing")[0], 404)

    def test_a_guest_gets_a_cookie_that_opens_the_socket(self):
        code = self.house.run("invite", "harbour", "--uses", "3")[1].strip()
        origin = f"http://127.0.0.1:{self.house.port}"
        status, answer, headers = self.house.http("POST", "/api/v1/guests", {"invite": code, "name": "Rowan"}, headers={"Origin": origin})
        self.assertIn(status, (200, 201), answer)
        cookie = headers["Set-Cookie"]
        for word in ("HttpOnly", "SameSite=Strict", "Path=/"):
            self.assertIn(word, cookie)
        client = Client(self.house.port, headers=[f"Cookie: {cookie.split(';')[0]}", f"Origin: {origin}"])
        welcome = client.ask({"type": "hello"})
        self.assertEqual(welcome["user"]["name"], "Rowan")
        self.assertNotIn("token", welcome)

    def test_rates_are_a_persons_and_say_how_long_to_wait(self):
        code = self.house.run("invite", "harbour", "--uses", "3")[1].strip()
        one = self.house.client(code, "Rowan")
        two = self.house.client(token=one.welcome["token"])
        acks = [client.say(f"a quiet thought {i}") for i in range(6) for client in (one, two)]
        refused = [ack for ack in acks if ack["type"] == "error"]
        self.assertEqual(len(acks) - len(refused), one.welcome["server"]["limits"].get("say_burst", 10))
        self.assertEqual(refused[0]["code"], "rate_limited")
        counted = self.house.http("GET", "/metrics")[1].decode()
        self.assertIn(f'hearth_messages_total{{disposition="published"}} {len(acks) - len(refused)}', counted)
        self.assertRegex(counted, r"hearth_people_connected [1-9]")
        self.assertGreater(refused[0]["retry_after_ms"], 0)

    def test_tls_serves_pages_and_sockets(self):
        with tempfile.TemporaryDirectory() as folder:
            cert, key = f"{folder}/cert.pem", f"{folder}/key.pem"
            subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1",
                            "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-out", cert, "-keyout", key],
                           check=True, capture_output=True)
            trust = ssl.create_default_context(cafile=cert)
            with House("--tls-cert", cert, "--tls-key", key) as house:
                invite = house.room("harbour", "--open")

                def ready():
                    try:
                        client = Client(house.port, tls=trust, upgrade=False)
                        client.socket.sendall(b"GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n")
                        return b"200 OK" in client.socket.recv(4096)
                    except OSError:
                        return False
                house.ready = ready
                house.start()
                one, two = (Client(house.port, tls=trust) for _ in range(2))
                for client, name in ((one, "Rowan"), (two, "Sage")):
                    self.assertEqual(client.ask({"type": "hello", "invite": invite, "name": name})["type"], "welcome")
                    self.assertEqual(client.ask({"type": "join", "room": "harbour"})["type"], "joined")
                long = "the walk by the river helped me today " * 100
                for i in range(20):
                    one.send({"type": "say", "id": f"t{i}", "room": "harbour", "key": f"t{i}", "text": f"{long} {i}"})
                two.until(lambda: len(two.events("message")) >= 10)
                plain = Client(house.port, upgrade=False)
                plain.socket.sendall(b"GET / HTTP/1.1\r\n\r\n")
                try:
                    self.assertNotIn(b"200", plain.socket.recv(4096)[:20])
                except ConnectionResetError:
                    pass  # as good an answer


if __name__ == "__main__":
    unittest.main()
