"""HAProxy for real, on the configuration that is shipped, before servers that share one Redis."""
import ctypes
import grp
import os
import pwd
import signal
import socket
import ssl
import subprocess
from pathlib import Path

from house import Client, House, eventually
from ports import free_port

SHIPPED = Path(__file__).resolve().parents[3] / "deploy/haproxy.cfg"


def _end_with_parent():
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


class Node(House):
    """A server that trusts a proxy on this machine, so that whoever speaks to it directly begins with a PROXY header, too."""

    def __init__(self, *options, redis):
        super().__init__("--proxy-protocol", "127.0.0.1", *options, redis=redis)

    def connection(self):
        one = super().connection()
        one.connect()
        one.sock.sendall(b"PROXY UNKNOWN\r\n")
        return one


class Edge:
    """`ports` of two nodes. Variables of the configuration can be set by name."""

    def __init__(self, folder, ports, **variables):
        self.folder, self.port, self.plain = Path(folder), free_port(), free_port()
        self.folder.mkdir(parents=True, exist_ok=True)
        pem = self.folder / "hearth.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                        "-addext", "subjectAltName=DNS:localhost", "-keyout", pem, "-out", self.folder / "chain.pem"], check=True, capture_output=True)
        pem.write_text((self.folder / "chain.pem").read_text() + pem.read_text())
        self.tls = ssl.create_default_context(cafile=self.folder / "chain.pem")
        self.admin = self.folder / "admin"
        environment = {"HEARTH_EDGE_TLS": f"127.0.0.1:{self.port}", "HEARTH_EDGE_PLAIN": f"127.0.0.1:{self.plain}", "HEARTH_CERT": pem,
                       "HEARTH_EDGE_ADMIN": self.admin, **{f"HEARTH_NODE_{i}": f"127.0.0.1:{port}" for i, port in enumerate(ports, 1)}, **variables}
        if os.geteuid() != 0:  # who is not root cannot become somebody else
            environment |= {"HEARTH_EDGE_USER": pwd.getpwuid(os.geteuid()).pw_name, "HEARTH_EDGE_GROUP": grp.getgrgid(os.getegid()).gr_name}
        with open(self.folder / "log", "wb") as log:
            self.process = subprocess.Popen(["haproxy", "-W", "-f", SHIPPED], stdin=subprocess.DEVNULL, stdout=log, stderr=log, preexec_fn=_end_with_parent,
                                            env={**os.environ, "PATH": os.environ["PATH"] + ":/usr/sbin", **{k: str(v) for k, v in environment.items()}})
        eventually(self.answers, "the edge", within=15)

    def answers(self):
        if self.process.poll() is not None:
            raise AssertionError(f"haproxy ended: {self.log()}")
        try:
            return bool(self.states())
        except OSError:
            return False

    def log(self):
        return (self.folder / "log").read_text()

    def ask(self, command):
        with socket.socket(socket.AF_UNIX) as one:
            one.settimeout(5)
            one.connect(str(self.admin))
            one.sendall(f"{command}\n".encode())
            return b"".join(iter(lambda: one.recv(65536), b"")).decode()

    def states(self):
        """Of each node: UP or DOWN, the connections it has, those it ever got."""
        rows = [line.split(",") for line in self.ask("show stat").splitlines()]
        names = rows[0]
        found = [dict(zip(names, row)) for row in rows[1:]]
        return {r["svname"]: (r["status"].split()[0], int(r["scur"]), int(r["stot"])) for r in found if r.get("svname", "").startswith("node")}

    def client(self, source="127.0.0.1", **more):
        return Client(self.port, tls=self.tls, source=source, **more)

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
