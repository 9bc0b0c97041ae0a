"""A remote classifier that answers late, wrongly or not at all: it adds eyes, and nothing waits for it."""
import http.server
import json
import ssl
import subprocess
import threading
import time
import unittest
from pathlib import Path

from house import HARMLESS, House, eventually


class Classifier(http.server.ThreadingHTTPServer):
    """A small real one on loopback: `mood` says how it behaves, `asked` what it was sent."""

    def __init__(self, certificate=None):
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked, self.mood = [], "finds"
        if certificate:
            tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            tls.load_cert_chain(certificate, certificate.with_suffix(".key"))
            self.socket = tls.wrap_socket(self.socket, server_side=True)
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append((self.headers.get("Authorization"), body))
        mood = self.server.mood
        if mood == "sleeps":
            time.sleep(1.5)
        scores = {"harassment": 0.97 if "lantern" in body["input"] else 0.01}
        answer = b"<html>" if mood == "babbles" else json.dumps({"results": [{"flagged": True, "category_scores": scores}]}).encode()
        self.send_response(500 if mood == "fails" else 200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        try:
            self.wfile.write(answer)
        except OSError:
            pass  # nobody waits any more

    def log_message(self, *_):
        pass


class Remote(unittest.TestCase):
    def setUp(self):
        self.remote = Classifier()
        self.addCleanup(self.remote.server_close)
        self.addCleanup(self.remote.shutdown)
        self.house = House("--no-rate-limits")
        self.addCleanup(self.house.__exit__)
        self.invite = self.house.room("harbour", "--open")
        key = Path(self.house.folder.name, "key")
        key.write_text("not-a-real-key\n")
        key.chmod(0o600)
        config = Path(self.house.folder.name, "hearth.toml")
        config.write_text(f'[remote_classifier]\nurl = "http://127.0.0.1:{self.remote.server_port}/v1/moderations"\n'
                          f'key_file = "{key}"\ndeadline_ms = 400\n')
        self.house.options += ["--config", str(config)]
        self.house.start()
        self.staff = self.house.staff()

    def cases(self):
        return self.house.http("GET", "/api/v1/cases?room=harbour", token=self.staff)[1]["cases"]

    def count(self, outcome):
        for line in self.house.http("GET", "/metrics")[1].decode().splitlines():
            if line.startswith("hearth_remote_questions_total") and f'"{outcome}"' in line:
                return float(line.rsplit(" ", 1)[1])
        return 0

    def test_what_it_finds_opens_a_case_for_a_message_that_is_already_out(self):
        a, b = self.house.client(self.invite, "Rowan"), self.house.client(self.invite, "Sage")
        ack = a.say("the lantern by the window is lit again")
        self.assertEqual(ack["disposition"], "published")
        b.until(lambda: b.events("message", seq=ack["seq"]))
        eventually(self.cases, "a case from the late finding")
        case = self.house.http("GET", f"/api/v1/cases/{self.cases()[0]['id']}", token=self.staff)[1]
        self.assertEqual((case["lane"], case["categories"]), ("harm", ["harassment"]))
        self.assertEqual(case["findings"][0]["rule"], "remote.harassment")
        key, body = self.remote.asked[0]
        self.assertEqual(key, "Bearer not-a-real-key")
        self.assertEqual(set(body), {"model", "input"}, "the text leaves the house, and nothing else")

    def test_its_silence_and_its_nonsense_delay_and_clear_nothing(self):
        a = self.house.client(self.invite, "Rowan")
        for count, mood in enumerate(("sleeps", "fails", "babbles"), 1):
            self.remote.mood = mood
            started = time.monotonic()
            self.assertEqual(a.say(HARMLESS + " " + mood)["disposition"], "published")
            self.assertLess(time.monotonic() - started, 1.0, mood)
            eventually(lambda: len(self.remote.asked) == count, "it was asked in that mood")
        eventually(lambda: self.count("late") >= 1 and self.count("failed") >= 2, "its failures are counted")
        self.assertEqual(self.cases(), [])

    def test_one_that_keeps_failing_is_left_alone(self):
        a = self.house.client(self.invite, "Rowan")
        self.remote.mood = "fails"
        for i in range(12):
            a.say(f"{HARMLESS} {i}")
            time.sleep(0.05)
        eventually(lambda: self.count("not_asked") >= 1, "it is no longer asked")
        self.assertLessEqual(len(self.remote.asked), 8)


class Encrypted(unittest.TestCase):
    """Over TLS: only to one whose certificate an authority we trust has signed for that name."""

    def certificate(self, name, subject="localhost"):
        path = Path(self.house.folder.name, name)
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1",
                        "-subj", f"/CN={subject}", "-addext", f"subjectAltName=DNS:{subject}",
                        "-keyout", path.with_suffix(".key"), "-out", path], check=True, capture_output=True)
        return path

    def asks(self, shown, trusted, found):
        with House("--no-rate-limits") as self.house:
            shown, trusted = self.certificate("shown.pem", shown), trusted and self.certificate("trusted.pem", trusted)
            remote = Classifier(shown)
            self.addCleanup(remote.server_close)
            self.addCleanup(remote.shutdown)
            invite = self.house.room("harbour", "--open")
            config = Path(self.house.folder.name, "hearth.toml")
            config.write_text(f'[remote_classifier]\nurl = "https://localhost:{remote.server_port}/v1/moderations"\n'
                              f'ca_file = "{trusted or shown}"\n')
            self.house.options += ["--config", str(config)]
            self.house.start()
            self.house.client(invite, "Rowan").say("the lantern by the window is lit again")
            outcome = "flagged" if found else "failed"
            eventually(lambda: any(line.startswith("hearth_remote_questions_total") and f'"{outcome}"' in line and not line.endswith(" 0")
                                   for line in self.house.http("GET", "/metrics")[1].decode().splitlines()), outcome)
            self.assertEqual(len(remote.asked), 1 if found else 0, "what a member said went to the one we trust, and to nobody else")

    def test_one_that_is_trusted_is_asked(self):
        self.asks("localhost", None, True)

    def test_one_that_nobody_vouches_for_hears_nothing(self):
        self.asks("localhost", "localhost", False)

    def test_one_with_another_name_hears_nothing(self):
        self.asks("elsewhere.example.org", None, False)


if __name__ == "__main__":
    unittest.main()
