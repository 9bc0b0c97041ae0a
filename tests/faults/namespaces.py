"""Two hosts on one machine: this process' network and another, joined by a cable that can be pulled (network_namespaces(7)).

They have no names: they go with the last process in them, however that ends.
"""
import contextlib
import ctypes
import os
import subprocess
import sys
import time

from redis_server import end_with_parent

SKIPPED = 77  # ctest's SKIP_RETURN_CODE
NETWORK_OF_ITS_OWN = ["unshare", "--net"] + ([] if os.geteuid() == 0 else ["--map-root-user"])
HERE, THERE = "198.18.0.1", "198.18.0.2"  # for such tests: RFC 2544
CLONE_NEWNET = 0x40000000


def go_into_a_network_of_its_own():
    """Runs the program anew there; where that cannot be done it ends as skipped, with the reason."""
    if os.environ.get("HEARTH_TEST_NETWORK") == "own":
        return
    try:
        tried = subprocess.run([*NETWORK_OF_ITS_OWN, "ip", "link", "add", "near", "type", "veth", "peer", "name", "far"], capture_output=True, text=True)
        why = tried.stderr.strip() if tried.returncode else None
    except OSError as problem:
        why = problem
    if why:
        print(f"skipped: no network can be made here: {why}")
        sys.exit(SKIPPED)
    os.environ["HEARTH_TEST_NETWORK"] = "own"
    os.execvp(NETWORK_OF_ITS_OWN[0], [*NETWORK_OF_ITS_OWN, sys.executable, *sys.orig_argv[1:]])


def do(*words):
    subprocess.run(words, check=True, timeout=15)


class OtherHost:
    """`prefix` starts a program there; what is connected `inside` is connected from there. Use as a context."""

    def __enter__(self):
        self.holder = subprocess.Popen(["unshare", "--net", "sleep", "infinity"], preexec_fn=end_with_parent)
        self.network = f"/proc/{self.holder.pid}/ns/net"
        end = time.monotonic() + 15
        while os.readlink(self.network) == os.readlink("/proc/self/ns/net"):
            assert time.monotonic() < end, "no other network"
            time.sleep(0.01)
        self.prefix = ["nsenter", f"--net={self.network}", "--"]
        do("ip", "link", "set", "lo", "up")
        do("ip", "link", "add", "near", "type", "veth", "peer", "name", "far", "netns", str(self.holder.pid))
        do("ip", "address", "add", f"{HERE}/30", "dev", "near")
        do(*self.prefix, "ip", "address", "add", f"{THERE}/30", "dev", "far")
        do(*self.prefix, "ip", "link", "set", "lo", "up")
        do(*self.prefix, "ip", "link", "set", "far", "up")
        self.mend()
        return self

    def __exit__(self, *_):
        self.holder.kill()
        self.holder.wait(15)

    def cut(self):
        do("ip", "link", "set", "near", "down")

    def mend(self):
        do("ip", "link", "set", "near", "up")

    @contextlib.contextmanager
    def inside(self):
        libc = ctypes.CDLL(None, use_errno=True)
        with open("/proc/self/ns/net") as ours, open(self.network) as theirs:
            self._go(libc, theirs)
            try:
                yield
            finally:
                self._go(libc, ours)

    def _go(self, libc, where):
        if libc.setns(where.fileno(), CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), "setns")
