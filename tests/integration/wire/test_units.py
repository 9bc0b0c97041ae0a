"""What deploy/ ships is what its tools take: systemd's own judge, HAProxy's, and the program on the very command lines."""
import os
import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from house import HEARTH
from ports import free_port
from redis_server import RedisServer

DEPLOY = Path(__file__).resolve().parents[3] / "deploy"


class Units(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="hearth-units-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def units(self):
        for name in ("hearth.service", "hearth@.service"):
            text = (DEPLOY / name).read_text().replace("/usr/local/bin/hearth", str(Path(HEARTH).resolve()))
            (self.folder / name).write_text(text)
        return str(self.folder / "hearth.service"), str(self.folder / "hearth@a.service")

    @unittest.skipUnless(shutil.which("systemd-analyze"), "systemd is not installed")
    def test_systemd_takes_the_units(self):
        done = subprocess.run(["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", *self.units()], capture_output=True, text=True, timeout=60)
        self.assertEqual((done.returncode, done.stdout + done.stderr), (0, ""))

    @unittest.skipUnless(shutil.which("systemd-analyze"), "systemd is not installed")
    def test_systemd_finds_the_service_well_shut_in(self):
        done = subprocess.run(["systemd-analyze", "security", "--offline=yes", "--threshold=20", self.units()[0]], capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stdout[-300:])

    def checked(self, words):
        """What the program says of a command line that is shipped."""
        self.assertEqual(words[0], "serve")
        cache, data = Path(HEARTH).resolve().parent / "test-cache", Path(words[words.index("--data") + 1])
        cache.mkdir(exist_ok=True)  # the packs are compiled once for all suites of one build
        data.mkdir(mode=0o700, parents=True)
        (data / "cache").symlink_to(cache)
        done = subprocess.run([HEARTH, "check-config", *words[1:]], capture_output=True, text=True, timeout=120)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_the_program_takes_the_units_command_lines(self):
        config = self.folder / "hearth.toml"
        config.write_text(f'listen = "127.0.0.1:{free_port()}"\n')
        own = {"/etc/hearth/hearth.toml": str(config), "/var/lib/hearth": str(self.folder / "data"), "${HEARTH_LISTEN}": f"127.0.0.1:{free_port()}", "%i": "a"}
        for name in ("hearth.service", "hearth@.service"):
            line = re.search(r"^ExecStart=/usr/local/bin/hearth (.*)$", (DEPLOY / name).read_text(), re.M)[1]
            for what, instead in own.items():
                line = line.replace(what, instead)
            self.checked(line.split())

    def test_the_program_takes_the_compose_file_s_command_line(self):
        redis = RedisServer(self.folder / "redis")
        self.addCleanup(redis.stop)
        text = re.search(r"command: >-\n((?: {4}\S.*\n)+)", (DEPLOY / "compose.yaml").read_text())[1]
        line = re.sub(r"\$\{HEARTH_URL:[^}]*\}", "https://hearth.example.org", text)
        self.checked(line.replace("redis://redis:6379", f"unix://{redis.socket}").replace("/var/lib/hearth", str(self.folder / "data")).split())

    def test_haproxy_finds_nothing_odd(self):
        pem = self.folder / "hearth.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                        "-keyout", pem, "-out", self.folder / "chain.pem"], check=True, capture_output=True)
        pem.write_text((self.folder / "chain.pem").read_text() + pem.read_text())
        done = subprocess.run(["haproxy", "-c", "-q", "-dW", "-f", DEPLOY / "haproxy.cfg"], capture_output=True, text=True, timeout=30,
                              env={**os.environ, "PATH": os.environ["PATH"] + ":/usr/sbin", "HEARTH_CERT": str(pem)})
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)


if __name__ == "__main__":
    unittest.main()
