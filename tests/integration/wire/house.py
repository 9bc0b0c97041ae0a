"""A running server on data of its own, and clients that speak to it in raw bytes."""
import base64
import http.client
import json
import os
import secrets
import select
import signal
import socket
import ssl
import struct
import subprocess
import tempfile
import time
from pathlib import Path

from ports import free_port
from redis_server import RedisServer
from redis_topologies import Cluster, Sentinels

HEARTH = os.environ.get("HEARTH", "build/release/hearth")
STORE = os.environ.get("HEARTH_TEST_STORE", "sqlite")  # or redis, sentinel, cluster: each house then has servers of its own
STORES = {"redis": RedisServer, "sentinel": Sentinels, "cluster": Cluster}
HARMLESS = "Good morning all, the walk by the river helped me"
HELD = "Proud pro-ana here, looking for starving buddies"
CARE = "I relapsed last night and I want to die"


def eventually(probe, what, within=15):
    end = time.monotonic() + within
    while True:
        value = probe()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"never: {what}")
        time.sleep(0.02)


class House:
    """One data folder, and the server on it. Use as a context: leaving ends what was started.

    `redis`: keeps its data there, beside whoever else does, and leaves it running.
    """
    program = HEARTH
    prefix = ()  # what the server is started by, where it is to run elsewhere

    def __init__(self, *options, redis=None):
        self.options, self.port, self.process = list(options), free_port(), None
        self.folder = tempfile.TemporaryDirectory(prefix="hearth-wire-")
        self.data = Path(self.folder.name, "data")
        made = STORES.get(STORE)
        self.own_redis = made(Path(self.folder.name, "redis"), "--appendfsync", "always") if made and not redis else None
        self.redis = redis or self.own_redis
        self.where = ["--data", str(self.data), *(self.redis.options if self.redis else [])]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop(signal.SIGKILL)
        if self.own_redis:
            self.own_redis.stop()
        self.folder.cleanup()

    def run(self, *words, given="", check=True):
        """A command on this data: (status, standard output, standard error)."""
        done = subprocess.run([self.program, *words, *self.where], input=given, capture_output=True, text=True, timeout=60)
        if check and done.returncode != 0:
            raise AssertionError(f"hearth {words}: {done.returncode} {done.stderr}")
        return done.returncode, done.stdout, done.stderr

    def start(self):
        self.launch()
        eventually(self.ready, "/readyz", within=180)  # sanitizers take their time over the packs
        return self

    def launch(self):
        # The packs are compiled once for all houses of one build: a sanitized server takes a minute over them.
        shared, own = Path(HEARTH).resolve().parent / "test-cache", self.data / "cache"
        shared.mkdir(exist_ok=True)
        self.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not own.exists():
            own.symlink_to(shared)
        log = open(Path(self.folder.name, "log"), "ab")
        self.process = subprocess.Popen([*self.prefix, self.program, "serve", "--listen", f"127.0.0.1:{self.port}", *self.where, *self.options],
                                        stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        log.close()

    def ready(self):
        if self.process.poll() is not None:
            raise AssertionError(f"the server ended: {self.log()}")
        try:
            return self.http("GET", "/readyz")[0] == 200
        except OSError:
            return False

    def log(self):
        return Path(self.folder.name, "log").read_text()

    def stop(self, how=signal.SIGTERM):
        if self.process and self.process.poll() is None:
            self.process.send_signal(how)
            self.process.wait(15)
        return self.process.returncode if self.process else None

    def room(self, slug="harbour", *more):
        self.run("room", "add", slug, "--title", slug.title(), "--kind", "peer_support", "--topic", "eating", "--language", "en", *more)
        return self.run("invite", slug, "--uses", "1000", "--expires", "1d")[1].strip()

    def staff(self, name="moss", role="moderator"):
        """Makes an account and signs in: the token."""
        password = secrets.token_hex(12)
        self.run("user", "add", name, "--role", role, given=password + "\n")
        status, answer, _ = self.http("POST", "/api/v1/login", {"name": name, "password": password})
        assert status == 200, answer
        return answer["token"]

    def connection(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)

    def http(self, method, path, body=None, token=None, headers=None):
        connection = self.connection()
        try:
            more = dict(headers or {})
            if token:
                more["Authorization"] = f"Bearer {token}"
            if isinstance(body, (dict, list)):
                body = json.dumps(body)
            connection.request(method, path, body, more)
            reply = connection.getresponse()
            content = reply.read()
            kind = reply.headers.get_content_type()
            return reply.status, json.loads(content) if content and kind.endswith("json") else content, reply.headers
        finally:
            connection.close()

    def connect(self):
        return Client(self.port)

    def client(self, invite=None, name="Rowan", token=None, room="harbour"):
        """A connection that has said hello and, if `room` is given, joined it."""
        one = self.connect()
        one.welcome = one.ask({"type": "hello", "invite": invite, "name": name} if invite else {"type": "hello", "token": token})
        assert one.welcome["type"] == "welcome", one.welcome
        if room:
            reply = one.ask({"type": "join", "room": room})
            assert reply["type"] == "joined", reply
        return one


class Client:
    """A WebSocket client of few lines: it sends any bytes it is asked to, and keeps what it gets."""

    def __init__(self, port, tls=None, headers=(), upgrade=True, source="127.0.0.1", first=b""):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=15, source_address=(source, 0))
        self.socket.sendall(first)
        if tls:
            self.socket = tls.wrap_socket(self.socket, server_hostname="localhost")
        self.bytes, self.got, self.close_code, self.number, self.ended = b"", [], None, 1000, False
        if upgrade:
            key = base64.b64encode(secrets.token_bytes(16)).decode()
            lines = ["GET /ws HTTP/1.1", f"Host: 127.0.0.1:{port}", "Upgrade: websocket", "Connection: Upgrade",
                     f"Sec-WebSocket-Key: {key}", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Protocol: hearth.v1", *headers]
            self.socket.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
            while b"\r\n\r\n" not in self.bytes:
                more = self.socket.recv(65536)
                assert more, "closed during the upgrade"
                self.bytes += more
            self.head, self.bytes = self.bytes.split(b"\r\n\r\n", 1)
            while self._take_frame():  # what came with it
                pass

    def frame(self, payload, opcode=1, fin=True, mask=True):
        payload = payload.encode() if isinstance(payload, str) else payload
        size = len(payload)
        head = bytes([(0x80 if fin else 0) | opcode])
        flag = 0x80 if mask else 0
        head += bytes([flag | size]) if size < 126 else bytes([flag | 126]) + struct.pack(">H", size) if size < 65536 \
            else bytes([flag | 127]) + struct.pack(">Q", size)
        if mask:
            key = secrets.token_bytes(4)
            payload = bytes(b ^ key[i % 4] for i, b in enumerate(payload)) if size < 100_000 else \
                (int.from_bytes(payload, "big") ^ int.from_bytes((key * (size // 4 + 1))[:size], "big")).to_bytes(size, "big")
            head += key
        self.socket.sendall(head + payload)

    def send(self, *commands):
        self.frame("\n".join(c if isinstance(c, str) else json.dumps(c) for c in commands))

    def pump(self, wait):
        """Reads what comes within `wait` seconds; False when nothing more will come."""
        readable = getattr(self.socket, "pending", lambda: 0)() or select.select([self.socket], [], [], wait)[0]
        if not readable:
            return True
        try:
            more = self.socket.recv(1 << 20)
        except (ConnectionError, ssl.SSLError):
            more = b""
        if not more:
            self.ended = True
            return False
        self.bytes += more
        while self._take_frame():
            pass
        return True

    def _take_frame(self):
        if len(self.bytes) < 2:
            return False
        size, at = self.bytes[1] & 127, 2
        if size > 125:
            width = 2 if size == 126 else 8
            if len(self.bytes) < 2 + width:
                return False
            size, at = int.from_bytes(self.bytes[2:2 + width], "big"), 2 + width
        if len(self.bytes) < at + size:
            return False
        opcode, payload, self.bytes = self.bytes[0] & 15, self.bytes[at:at + size], self.bytes[at + size:]
        if opcode == 8:
            self.close_code = int.from_bytes(payload[:2], "big") if payload else 1005
            self.close_reason = payload[2:].decode()
        elif opcode == 9:
            self.frame(payload, opcode=10)
        elif opcode == 1:
            self.got += [json.loads(line) for line in payload.decode().split("\n")]
        return True

    def until(self, probe, what="an answer", within=15):
        end = time.monotonic() + within
        while True:
            value = probe()
            if value:
                return value
            if self.ended or time.monotonic() > end:
                raise AssertionError(f"never: {what}; got {self.got[-5:]}, close code {self.close_code}")
            self.pump(0.1)

    def ask(self, command):
        """Sends one command and returns its reply."""
        self.number += 1
        self.send({"id": self.number, **{k: v for k, v in command.items() if v is not None}})
        number = self.number
        return self.until(lambda: next((g for g in self.got if g.get("id") == number), None), f"a reply to {command['type']}")

    def say(self, text, key=None, room="harbour", **more):
        return self.ask({"type": "say", "room": room, "key": key or secrets.token_hex(6), "text": text, **more})

    def closed(self, within=15):
        end = time.monotonic() + within
        while self.close_code is None and time.monotonic() < end and self.pump(0.1):
            pass
        return self.close_code

    def events(self, kind, /, **fields):
        return [g for g in self.got if g["type"] == kind and all(g.get(k) == v for k, v in fields.items())]

    def heard(self, text):
        return any(text in json.dumps(g) for g in self.got)

    def drop(self):
        self.socket.close()
