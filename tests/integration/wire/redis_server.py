"""A real redis-server of the tests' own: in a folder of theirs, on a Unix socket and, if asked, a port of loopback; ended by
its process."""
import ctypes
import signal
import socket
import subprocess
import time
from pathlib import Path


def end_with_parent():
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


class RedisServer:
    """`config`: what can only be said in a configuration file, such as whom a sentinel watches; `prefix`: what starts it elsewhere."""

    def __init__(self, folder, *settings, port=0, config=None, prefix=()):
        self.folder, self.settings, self.port, self.prefix, self.process = Path(folder), settings, port, prefix, None
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.socket = self.folder / "socket"
        self.config = [self.folder / "config"] if config else []
        if config:
            self.config[0].write_text(config)
        self.start()

    @property
    def options(self):
        """What the program is told to keep its data here."""
        return ["--store", "redis", "--redis", f"unix://{self.socket}"]

    def start(self):
        self.process = subprocess.Popen(
            [*self.prefix, "redis-server", *self.config, "--port", str(self.port), "--bind", "127.0.0.1", "--unixsocket", str(self.socket), "--dir", str(self.folder), "--save", "",
             "--appendonly", "yes", "--logfile", str(self.folder / "log"), *self.settings],
            stdin=subprocess.DEVNULL, preexec_fn=end_with_parent)
        end = time.monotonic() + 15
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > end:
                raise AssertionError(f"redis-server does not start: {(self.folder / 'log').read_text()}")
            time.sleep(0.01)
        return self

    def answers(self):
        try:
            return self.ask("PING") in ("PONG", "NOAUTH Authentication required.")
        except OSError:
            return False

    def ask(self, *words):
        """The answer as text, a number, or a list of such; None when there is none. What is no UTF-8 is bytes."""
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(30)
            client.connect(str(self.socket))
            encoded = [word if isinstance(word, bytes) else str(word).encode() for word in words]
            client.sendall(b"*%d\r\n" % len(encoded) + b"".join(b"$%d\r\n%b\r\n" % (len(word), word) for word in encoded))
            with client.makefile("rb") as answer:
                return self._read(answer)

    def _read(self, answer):
        line = answer.readline()
        if not line.endswith(b"\r\n"):
            raise ConnectionError("closed while answering")
        kind, rest = line[:1], line[1:-2]
        if kind in b"+-":
            return rest.decode()
        if kind == b":":
            return int(rest)
        if kind == b"*":
            return [self._read(answer) for _ in range(int(rest))]
        if rest == b"-1":
            return None
        content = answer.read(int(rest) + 2)[:-2]
        try:
            return content.decode()
        except UnicodeDecodeError:
            return content

    def send(self, number):
        self.process.send_signal(number)

    def stop(self, how=signal.SIGKILL):
        if self.process.poll() is None:
            self.process.send_signal(how)
            self.process.wait(15)
