"""Several real redis-servers that stand in for each other, on ports of loopback."""
import signal
import time
from pathlib import Path

from ports import free_port
from redis_server import RedisServer

DOWN_AFTER_S = 1.0


def until(probe, what, within=30):
    end = time.monotonic() + within
    while not (value := probe()):
        if time.monotonic() > end:
            raise AssertionError(f"never: {what}")
        time.sleep(0.05)
    return value


def role(node):
    """What it says it is; of one that does not answer nothing is known."""
    try:
        return node.ask("ROLE")
    except OSError:
        return ["dead"]


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
        for each in self.sentinels:  # they ask servers every ten seconds how they are, and a test would wait for it
            each.ask("SENTINEL", "DEBUG", "INFO-PERIOD", 1000)
        until(self.watched, "three sentinels that know each other and the replica")
        until(self.in_step, "a replica in step")

    @property
    def options(self):
        return ["--store", "redis", "--redis", "sentinel://" + ",".join(f"127.0.0.1:{each.port}" for each in self.sentinels) + "/hearth"]

    def watched(self):
        return all("3 usable" in each.ask("SENTINEL", "CKQUORUM", "hearth") and each.ask("SENTINEL", "REPLICAS", "hearth") for each in self.sentinels)

    def primary(self):
        return next((each for each in self.nodes if role(each)[0] == "master"), None)

    def ask(self, *words):
        return self.primary().ask(*words)

    def send(self, number):
        """To whoever has data, at once."""
        for each in self.nodes:
            each.send(number)

    def replaced(self, node):
        """Whether every sentinel names another primary: one that comes back earlier may be taken for it still."""
        return all(self.replaced_for(each, node) for each in self.sentinels)

    def replaced_for(self, sentinel, node):
        return sentinel.ask("SENTINEL", "GET-MASTER-ADDR-BY-NAME", "hearth") != ["127.0.0.1", str(node.port)]

    def promotions(self):
        """How often one was put in the other's place, by their own logs."""
        return sum((each.folder / "log").read_text().count("MASTER MODE enabled") for each in self.nodes)

    def replica_of(self, primary):
        return next(each for each in self.nodes if each is not primary)

    def revive(self, node):
        """Starts one that was killed, as a replica of the other, and waits until it may be made primary again."""
        self.start_behind(node, self.primary())
        self.wait_until_fit()

    def start_behind(self, node, primary):
        """Starts one that was killed, as a replica of the other."""
        node.settings = [each for each in node.settings if not each.startswith("127.0.0.1 ") and each != "--replicaof"]
        node.settings += ["--replicaof", f"127.0.0.1 {primary.port}"]
        node.start()

    def wait_until_fit(self):
        """Until each of the two could replace the other."""
        until(self.in_step, "a replica in step")
        until(lambda: all(self.fit(each) for each in self.sentinels), "sentinels that see a primary and its replica")

    def fit(self, sentinel):
        """Whether it could replace the primary. Which of the two that is does not matter: on a busy machine sentinels may change their mind."""
        primary, replicas = self.primary(), sentinel.ask("SENTINEL", "REPLICAS", "hearth")
        about = dict(zip(replicas[0][::2], replicas[0][1::2]))
        return primary is not None and not self.replaced_for(sentinel, primary) and about.get("port") == str(self.replica_of(primary).port) \
            and about.get("flags") == "slave" and about.get("master-link-status") == "ok"

    def in_step(self):
        """Whether the replica has all that is written now."""
        primary = self.primary()
        if not primary:
            return False
        written, there = role(primary)[1], role(self.replica_of(primary))
        return there[0] == "slave" and there[3] == "connected" and there[4] >= written

    def stop(self, how=signal.SIGKILL):
        for each in self.sentinels + self.nodes:
            each.stop(how)


class Cluster:
    """Three primaries that share the slots, and a replica of each."""

    def __init__(self, folder, *settings):
        folder, buses = Path(folder), [free_port() for _ in range(6)]
        self.nodes = [RedisServer(folder / f"node{i}", "--cluster-enabled", "yes", "--cluster-port", str(buses[i]), "--cluster-node-timeout",
                                  str(int(DOWN_AFTER_S * 1000)), "--cluster-replica-validity-factor", "0", "--repl-diskless-sync-delay", "0", *settings,
                                  port=free_port()) for i in range(6)]
        for i, node in enumerate(self.nodes):
            node.ask("CLUSTER", "SET-CONFIG-EPOCH", i + 1)
            if i < 3:
                node.ask("CLUSTER", "ADDSLOTSRANGE", 16384 * i // 3, 16384 * (i + 1) // 3 - 1)
            node.ask("CLUSTER", "MEET", "127.0.0.1", self.nodes[0].port, buses[0])
        for i in range(3, 6):
            until(lambda: self.nodes[i].ask("CLUSTER", "REPLICATE", self.nodes[i - 3].ask("CLUSTER", "MYID")) == "OK", "a replica")
        until(self.well, "a cluster that is well")

    @property
    def options(self):
        return ["--store", "redis", "--redis", "cluster://" + ",".join(f"127.0.0.1:{node.port}" for node in self.nodes[:3])]

    def well(self):
        return all(self.is_well(node) for node in self.nodes)

    def is_well(self, node):
        info = node.ask("CLUSTER", "INFO")
        linked = role(node)[0] == "master" or "master_link_status:up" in node.ask("INFO", "replication")
        return linked and "cluster_state:ok" in info and "cluster_known_nodes:6" in info

    def slots(self):
        """(first, last, the node that has them), as the others see it."""
        return self.slots_of(next(node for node in self.nodes if node.answers()))

    def slots_of(self, witness):
        out = []
        for line in witness.ask("CLUSTER", "NODES").splitlines():
            words = line.split()
            if "master" not in words[2] or "fail" in words[2].split(","):
                continue
            node = next(each for each in self.nodes if f":{each.port}@" in words[1])
            for span in words[8:]:
                if span[0] != "[":
                    first, _, last = span.partition("-")
                    out.append((int(first), int(last or first), node))
        return out

    def owner(self, slot):
        return next(node for first, last, node in self.slots() if first <= slot <= last)

    def slot_of(self, key):
        return int(self.nodes[0].ask("CLUSTER", "KEYSLOT", key))

    def ask(self, *words):
        """Whoever has the slot of the first key, or of the first pattern with a room's whole tag."""
        return self.owner(self.slot_of(next(word for word in words if str(word).startswith("hearth:")))).ask(*words)

    def send(self, number):
        """To all, at once."""
        for each in self.nodes:
            each.send(number)

    def primary(self):
        """One of the three: whose loss is felt most, since it has what belongs to no room."""
        return self.owner(self.slot_of("hearth:{all}:"))

    def replaced(self, node):
        return all(node not in (owner for _, _, owner in self.slots_of(each)) for each in self.nodes if each is not node)

    def in_step(self):
        return self.well()

    def revive(self, node):
        """Starts one that was killed: it finds out by itself that it has been replaced."""
        node.start()
        until(self.well, "a cluster that is well")

    def move_slot(self, slot):
        """To the next primary, as an operator does it, key by key."""
        source = self.owner(slot)
        primaries = sorted({node.port: node for _, _, node in self.slots()}.values(), key=lambda node: node.port)
        target = primaries[(primaries.index(source) + 1) % len(primaries)]
        ids = {node: node.ask("CLUSTER", "MYID") for node in (source, target)}
        assert target.ask("CLUSTER", "SETSLOT", slot, "IMPORTING", ids[source]) == "OK"
        assert source.ask("CLUSTER", "SETSLOT", slot, "MIGRATING", ids[target]) == "OK"
        while keys := source.ask("CLUSTER", "GETKEYSINSLOT", slot, 20):
            done = source.ask("MIGRATE", "127.0.0.1", target.port, "", 0, 5000, "KEYS", *keys)
            assert done == "OK", done
        for node in (target, source):
            assert node.ask("CLUSTER", "SETSLOT", slot, "NODE", ids[target]) == "OK"

    def stop(self, how=signal.SIGKILL):
        for node in self.nodes:
            node.stop(how)
