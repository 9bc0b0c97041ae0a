"""Several real redis-servers that stand in for each other, on ports of loopback."""
import signal
import time
from pathlib import Path

from redis_server import RedisServer, free_port

DOWN_AFTER_S = 1.0


def until(probe, what, within=30):
    end = time.monotonic() + within
    while not (value := probe()):
        if time.monotonic() > end:
            raise AssertionError(f"never: {what}")
        time.sleep(0.05)
    return value


class Sentinels:
    """A primary and its replica, watched by three sentinels."""

    def __init__(self, folder, *settings):
        folder = Path(folder)
        ports = [free_port() for _ in range(2)]
        self.nodes = [RedisServer(folder / f"node{i}", "--repl-diskless-sync-delay", "0", *settings,
                                  *(["--replicaof", f"127.0.0.1 {ports[0]}"] if i else []), port=port) for i, port in enumerate(ports)]
        watched = f"sentinel monitor hearth 127.0.0.1 {ports[0]} 2\nsentinel down-after-milliseconds hearth {DOWN_AFTER_S * 1000:.0f}\n" \
            "sentinel failover-timeout hearth 1000\n"
        self.sentinels = [RedisServer(folder / f"sentinel{i}", "--sentinel", port=free_port(), config=watched) for i in range(3)]
        until(self.watched, "three sentinels that know each other and the replica")
        until(self.in_step, "a replica in step")

    @property
    def options(self):
        return ["--store", "redis", "--redis", "sentinel://" + ",".join(f"127.0.0.1:{each.port}" for each in self.sentinels) + "/hearth"]

    def watched(self):
        return all("3 usable" in each.ask("SENTINEL", "CKQUORUM", "hearth") and "slave" in each.ask("SENTINEL", "REPLICAS", "hearth")
                   for each in self.sentinels)

    def primary(self):
        return next((each for each in self.nodes if each.ask("ROLE").startswith("master")), None)

    def replica_of(self, primary):
        return next(each for each in self.nodes if each is not primary)

    def revive(self, node):
        """Starts one that was killed, as a replica of the other, and waits until it may be made primary again."""
        node.settings = [each for each in node.settings if not each.startswith("127.0.0.1 ") and each != "--replicaof"]
        node.settings += ["--replicaof", f"127.0.0.1 {self.primary().port}"]
        node.start()
        until(self.in_step, "a replica in step")
        until(lambda: all(self.fit(each.ask("SENTINEL", "REPLICAS", "hearth").split("\n"), node) for each in self.sentinels),
              "sentinels that see it")

    def fit(self, fields, node):
        about = dict(zip(fields[::2], fields[1::2]))
        return about.get("port") == str(node.port) and about.get("flags") == "slave" and about.get("master-link-status") == "ok"

    def in_step(self):
        """Whether the replica has all that is written now."""
        primary = self.primary()
        if not primary:
            return False
        written = int(primary.ask("ROLE").split()[1])
        role = self.replica_of(primary).ask("ROLE").split()
        return len(role) == 5 and role[3] == "connected" and int(role[4]) >= written

    def stop(self, how=signal.SIGKILL):
        for each in self.sentinels + self.nodes:
            each.stop(how)
