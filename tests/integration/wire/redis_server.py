"""A real redis-server of the tests' own: in a folder of theirs, on a Unix socket, ended by its process."""
import ctypes
import signal
import socket
import subprocess
import time
from pathlib import Path


def _end_with_parent():
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


class RedisServer:
    def __init__(self, folder, *settings):
        self.folder, self.settings, self.process = Path(folder), settings, None
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.socket = self.folder / "socket"
        self.start()

    @property
    def options(self):
        """What the program is told to keep its data here."""
        return ["--store", "redis", "--redis", f"unix://{self.socket}"]

    def start(self):
        self.process = subprocess.Popen(
            ["redis-server", "--port", "0", "--unixsocket", str(self.socket), "--dir", str(self.folder), "--save", "",
             "--appendonly", "yes", "--logfile", str(self.folder / "log"), *self.settings],
            stdin=subprocess.DEVNULL, preexec_fn=_end_with_parent)
        end = time.monotonic() + 15
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > end:
                raise AssertionError(f"redis-server does not start: {(self.folder / 'log').read_text()}")
            time.sleep(0.01)
        return self

    def answers(self):
        try:
            with socket.socket(socket.AF_UNIX) as client:
                client.settimeout(1)
                client.connect(str(self.socket))
                client.sendall(b"PING\r\n")
                return client.recv(64).startswith(b"+PONG")
        except OSError:
            return False

    def ask(self, *words, last=None):
        """One command: what redis-cli prints, line by line. `last`: an argument too long for a command line."""
        given = ["-x"] if last is not None else []
        done = subprocess.run(["redis-cli", "-s", str(self.socket), *given, *(str(each) for each in words)], input=last,
                              capture_output=True, text=True, errors="replace", timeout=15)
        return done.stdout.splitlines()

    def send(self, number):
        self.process.send_signal(number)

    def stop(self, how=signal.SIGKILL):
        if self.process.poll() is None:
            self.process.send_signal(how)
            self.process.wait(15)
