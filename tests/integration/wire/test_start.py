"""The server never starts half-configured: what is wrong is one line that names it, and exit status 2."""
import os
import signal
import socket
import sqlite3
import subprocess
import tempfile
import unittest
from pathlib import Path

from house import HEARTH, House
from ports import free_port


def refused(*words, given=""):
    """Runs a command that must fail: (status, its one line)."""
    done = subprocess.run([HEARTH, *words], input=given, capture_output=True, text=True, timeout=90)
    return done.returncode, done.stderr.strip()


class Start(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="hearth-start-")
        self.addCleanup(self.folder.cleanup)
        self.path = Path(self.folder.name)

    def serve(self, *more):
        return refused("serve", "--listen", f"127.0.0.1:{free_port()}", "--data", str(self.path / "data"), *more)

    def certificate(self, name="cert"):
        pair = [str(self.path / f"{name}.pem"), str(self.path / f"{name}.key")]
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-days", "1",
                        "-out", pair[0], "-keyout", pair[1]], check=True, capture_output=True)
        return pair

    def test_what_is_wrong_is_named(self):
        (self.path / "file").write_text("x")
        (self.path / "bad.toml").write_text('listen = "127.0.0.1:1"\nspeed = 5\n')
        (self.path / "type.toml").write_text('[limits]\ntext_chars = "many"\n')
        (self.path / "broken.toml").write_text("listen = \n")
        (self.path / "replicas.toml").write_text("redis_wait_replicas = 17\n")
        (self.path / "empty").mkdir()
        for name, line in {"plain": 'url = "http://moderation.example.org/"', "name": 'url = "http://127.0.0.1:80@moderation.example.org/"',
                           "trust": f'url = "https://moderation.example.org/"\nca_file = "{self.path / "none.pem"}"'}.items():
            (self.path / f"{name}.toml").write_text(f"[remote_classifier]\n{line}\n")
        mine, other = self.certificate(), self.certificate("other")
        cases = [
            (["--speed", "5"], "--speed"),
            (["--threads", "many"], "--threads"),
            (["--listen", "here"], "--listen"),
            (["--listen", "192.0.2.1:8080", "--behind-proxy"], "--listen"),
            (["--listen", "0.0.0.0:8080"], "--tls-cert"),
            (["--store", "paper"], "--store"),
            (["--redis-wait-replicas", "17"], "--redis-wait-replicas: Value 17 not in range"),
            (["--redis-wait-replicas", "-1"], "--redis-wait-replicas: Value -1 not in range"),
            (["--redis-wait-replicas", "some"], "--redis-wait-replicas"),
            (["--redis-wait-replicas", "1"], "--redis-wait-replicas: sqlite has none"),
            (["--config", str(self.path / "replicas.toml")], '"redis_wait_replicas" must be a whole number from 0 to 16'),
            (["--config", str(self.path / "missing.toml")], "--config"),
            (["--config", str(self.path / "bad.toml")], "speed"),
            (["--config", str(self.path / "type.toml")], '"limits.text_chars" must be a whole number from 1 to 1000000000'),
            (["--config", str(self.path / "broken.toml")], "broken.toml"),
            (["--config", str(self.path / "plain.toml")], "remote_classifier.url: only https"),
            (["--config", str(self.path / "name.toml")], "remote_classifier.url: only https"),
            (["--config", str(self.path / "trust.toml")], "remote_classifier.ca_file"),
            (["--tls-cert", mine[0]], "--tls-key"),
            (["--tls-cert", mine[0], "--tls-key", str(self.path / "none.key")], "none.key"),
            (["--tls-cert", mine[0], "--tls-key", other[1]], "--tls-key"),
            (["--tls-cert", str(self.path / "file"), "--tls-key", mine[1]], "--tls-cert"),
            (["--assets", str(self.path / "empty")], "--assets"),
            (["--data", str(self.path / "file")], "file"),
        ]
        for words, named in cases:
            with self.subTest(" ".join(words)):
                status, line = self.serve(*words)
                self.assertEqual(status, 2, line)
                self.assertIn(named, line)
                self.assertEqual(line.count("\n"), 0, line)

    def test_commands_name_what_is_wrong(self):
        data = ["--data", str(self.path / "data")]
        cases = [
            (["room", "add", "Bad Slug", "--title", "T", "--kind", "peer_support", "--topic", "general"], 2, "SLUG"),
            (["room", "add", "a", "--title", "", "--kind", "peer_support", "--topic", "general"], 2, "--title"),
            (["room", "add", "a", "--title", "T", "--kind", "party", "--topic", "general"], 2, "--kind"),
            (["room", "add", "a", "--title", "T", "--kind", "peer_support", "--topic", "sports"], 2, "--topic"),
            (["room", "add", "a", "--title", "T", "--kind", "peer_support", "--topic", "general", "--language", "xx"], 2, "--language"),
            (["user", "add", "moss", "--role", "king"], 2, "--role"),
            (["invite", "nowhere"], 1, "no such room"),
            (["invite", "nowhere", "--expires", "soon"], 2, "--expires"),
            (["user", "erase", "nobody"], 1, "nobody"),
            ([], 2, "subcommand"),
        ]
        for words, status, named in cases:
            with self.subTest(" ".join(words)):
                code, line = refused(*words, *(data if words else []))
                self.assertEqual(code, status, line)
                self.assertIn(named, line)
        code, line = refused("user", "add", "moss", "--role", "moderator", *data, given="short\n")
        self.assertEqual((code, "password" in line), (2, True), line)

    def test_a_busy_port_and_a_busy_folder(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            status, line = refused("serve", "--listen", f"127.0.0.1:{taken.getsockname()[1]}", "--data", str(self.path / "data"))
            self.assertEqual(status, 2)
            self.assertIn(str(taken.getsockname()[1]), line)
        with House() as house:
            house.start()
            status, line = refused("serve", "--listen", f"127.0.0.1:{free_port()}", "--data", str(house.data))
            self.assertEqual(status, 2)
            self.assertIn(str(house.process.pid), line)

    def test_data_of_a_newer_version(self):
        with House() as house:
            house.room()
            file = next(house.data.glob("*.db"), None) or next(house.data.glob("*.sqlite*"))
            with sqlite3.connect(file) as database:
                database.execute("PRAGMA user_version = 9999")
            database.close()
            status, line = refused("serve", "--listen", f"127.0.0.1:{free_port()}", "--data", str(house.data))
            self.assertEqual(status, 2)
            self.assertIn("newer", line)

    def test_a_sound_configuration_is_said_to_be_sound(self):
        config = self.path / "hearth.toml"
        config.write_text(f'listen = "127.0.0.1:{free_port()}"\nthreads = 1\ndata = "{self.path / "data"}"\n[limits]\ntext_chars = 500\n')
        done = subprocess.run([HEARTH, "check-config", "--config", str(config)], capture_output=True, text=True, timeout=90)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_backup_restore_and_audit(self):
        with House("--no-rate-limits") as house:
            invite = house.room("harbour", "--open")
            house.start()
            one = house.client(invite, "Rowan")
            ack = one.say("words worth keeping")
            copy = self.path / "copy"
            house.run("backup", str(copy))
            self.assertEqual(os.stat(copy).st_mode & 0o777, 0o600)
            self.assertIn("unbroken", house.run("audit", "verify")[1])
            self.assertNotEqual(house.run("restore", str(copy), check=False)[0], 0, "not over data that is in use")
            house.stop(signal.SIGKILL)
            with House("--no-rate-limits") as again:
                again.run("restore", str(copy))
                again.start()
                two = again.client(token=one.welcome["token"])
                two.until(lambda: two.events("message", seq=ack["seq"], text="words worth keeping"))


if __name__ == "__main__":
    unittest.main()
