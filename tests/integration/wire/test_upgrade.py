"""Two versions side by side on one Redis. The newer one is the same program with the library inside it edited, in place, as a newer
version might have it: another name, a newer format, values that hold more."""
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

from house import HARMLESS, HEARTH, House, eventually
from nodes import TwoNodes

NEWER = "hearth_0newer00"
MORE = (("e.edited, e.text or false})", "e.edited, e.text or false, 'a newer field'})"),
        ("'target', e.target)", "'target', e.target, 'newer', 'field')"))


def newer_program(folder, version, edits=()):
    """A copy of the program that brings another library."""
    binary = Path(HEARTH).read_bytes()
    begin = binary.index(b"#!lua name=hearth_")
    size = binary.index(b"\0", begin) - begin
    text = binary[begin:begin + size].decode()
    own = re.match(r"#!lua name=(\w+)", text)[1]
    for was, becomes in ((own, NEWER), ("local FORMAT = 1\n", f"local FORMAT = {version}\n"), *edits):
        assert was in text, was
        text = text.replace(was, becomes)
    while len(text.encode()) > size:  # comments give the room
        text, cut = re.subn(r"^-- .*\n", "", text, count=1, flags=re.M)
        assert cut
    text = text.encode().ljust(size)
    program = Path(folder, "hearth")
    program.write_bytes(binary[:begin] + text + binary[begin + size:].replace(own.encode(), NEWER.encode()))
    if own.encode() in binary[:begin]:
        program.write_bytes(program.read_bytes().replace(own.encode(), NEWER.encode()))
    program.chmod(0o755)
    return own, str(program)


class Upgrade(TwoNodes):
    def libraries(self):
        return sorted(dict(zip(each[::2], each[1::2]))["library_name"] for each in self.redis.ask("FUNCTION", "LIST"))

    def become_newer(self, house, version, edits=()):
        """Replaces the server in the house, as an upgrade does."""
        # Rules, wording and crisis lines are found one folder above the program.
        folder = tempfile.TemporaryDirectory(prefix="newer-", dir=Path(HEARTH).resolve().parent)
        self.addCleanup(folder.cleanup)
        own, house.program = newer_program(folder.name, version, edits)
        house.stop()
        return own

    def test_what_a_newer_version_adds_is_read_as_far_as_it_is_known_and_kept(self):
        older, newer = self.one, self.two
        own = self.become_newer(newer, 1.1, MORE)
        newer.start()
        self.assertEqual(self.libraries(), sorted([own, NEWER]))
        # Both write the same room at once, and everyone hears everything in one order.
        rowan, sol = older.client(self.invite, "Rowan"), newer.client(self.invite, "Sol")
        for i in range(20):
            self.assertEqual(sol.say(f"{HARMLESS} from the newer {i}")["type"], "ack")
            self.assertEqual(rowan.say(f"{HARMLESS} from the older {i}")["type"], "ack")
        for each in (rowan, sol):
            each.until(lambda: len(each.events("message")) == 40, "what both said")
        self.assertEqual(self.log(rowan), self.log(sol))
        # An older server that starts beside a newer one leaves its library alone, and reads what it wrote.
        older.stop()
        older.start()
        self.assertEqual(self.libraries(), sorted([own, NEWER]))
        self.assertEqual(sol.say(f"{HARMLESS} once more")["type"], "ack")
        again = older.client(token=sol.welcome["token"])
        again.until(lambda: len(again.events("message")) == 41, "the whole log")
        self.assertEqual(self.log(again), self.log(sol))
        # What it does not know of a value it leaves there when it changes the rest.
        target = again.events("message")[0]["seq"]
        words = str(self.redis.ask("HGET", "hearth:{r1}:words", target))
        self.assertTrue("from the newer 0" in words and "a newer field" in words, words)
        self.assertEqual(again.ask({"type": "retract", "room": "harbour", "seq": target})["type"], "ack")
        words = str(self.redis.ask("HGET", "hearth:{r1}:words", target))
        self.assertTrue("from the newer 0" not in words and "a newer field" in words, words)

    def test_data_of_another_format_is_refused_in_words(self):
        older, newer = self.one, self.two
        self.assertEqual(older.client(self.invite, "Rowan").say(HARMLESS)["type"], "ack")
        self.become_newer(newer, 2)
        newer.start()
        # A running server says that it is not ready, so that a balancer takes it out, and why.
        eventually(lambda: older.http("GET", "/readyz")[0] == 503, "not ready", 5)
        why = "its data is of a newer version of hearth (format 2, this one knows 1)"
        self.assertIn(why, older.log())
        # One that starts ends with one line.
        older.stop()
        done = subprocess.run([HEARTH, "serve", "--listen", f"127.0.0.1:{older.port}", *older.where], capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 2)
        self.assertEqual(len(done.stderr.strip().splitlines()), 1, done.stderr)
        self.assertIn(why, done.stderr)
        print(done.stderr.strip())


if __name__ == "__main__":
    unittest.main()
