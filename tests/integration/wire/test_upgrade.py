"""Two versions side by side on one Redis. The newer one is here what its functions do to Redis: the library that the servers brought,
edited as a newer version might have it, under its own name."""
import re
import secrets
import subprocess
import time
import unittest

from house import HARMLESS, HEARTH, eventually
from nodes import TwoNodes

NEWER = "hearth_0newer00"


class Upgrade(TwoNodes):
    def library(self):
        lines = self.redis.ask("FUNCTION", "LIST", "LIBRARYNAME", "hearth_*", "WITHCODE")
        return "\n".join(lines[next(i for i, line in enumerate(lines) if line.startswith("#!lua")):]) + "\n"

    def libraries(self):
        lines = self.redis.ask("FUNCTION", "LIST", "LIBRARYNAME", "hearth_*")
        return sorted(value for name, value in zip(lines, lines[1:]) if name == "library_name")

    def load_newer(self, version, *edits):
        text = self.library()
        own = re.match(r"#!lua name=(\w+)", text)[1]
        for was, becomes in ((own, NEWER), ("local FORMAT = 1\n", f"local FORMAT = {version}\n"), *edits):
            self.assertIn(was, text)
            text = text.replace(was, becomes)
        self.assertEqual(self.redis.ask("FUNCTION", "LOAD", last=text), [NEWER])
        return own

    def newer(self, function, *arguments):
        return self.redis.ask("FCALL", f"{NEWER}_{function}", 1, "hearth:{all}:", "hearth:0:changes", "hearth:0:of:newer", *arguments)

    def newer_says(self, who, text):
        at, key = int(time.time() * 1000), secrets.token_hex(6)
        event = (0, 0, at, who["id"], who["name"], 0, key, 0, "", f"+{text}", 0, '"disposition":"published"')
        return self.newer("commit", 1, f"+{who['id']}", 0, 1, at, 1, *event, 0, 0, 0, 0, 0)

    def test_what_a_newer_version_adds_is_read_as_far_as_it_is_known_and_kept(self):
        rowan, sol = self.one.client(self.invite, "Rowan"), self.two.client(self.invite, "Sol")
        own = self.load_newer(1.1, ("e.edited, e.text or false})", "e.edited, e.text or false, 'a newer field'})"),
                              ("'target', e.target)", "'target', e.target, 'newer', 'field')"))
        # Both write the same room at once, and everyone hears everything in one order.
        for i in range(20):
            self.assertEqual(self.newer_says(sol.welcome["user"], f"{HARMLESS} from the newer {i}")[0], "ok")
            self.assertEqual(rowan.say(f"{HARMLESS} from the older {i}")["type"], "ack")
        for each in (rowan, sol):
            each.until(lambda: len(each.events("message")) == 40, "what both said")
        self.assertEqual(self.log(rowan), self.log(sol))
        # An older server that starts beside the newer library leaves it alone, and reads what it wrote.
        self.two.stop()
        self.two.start()
        self.assertEqual(self.libraries(), sorted([own, NEWER]))
        self.assertEqual(self.newer_says(sol.welcome["user"], f"{HARMLESS} once more")[0], "ok")
        again = self.two.client(token=sol.welcome["token"])
        again.until(lambda: len(again.events("message")) == 41, "the whole log")
        # What it changes of the newer one's values it leaves the rest of.
        target = again.events("message")[0]
        self.assertIn("from the newer", target["text"])
        self.assertEqual(again.ask({"type": "retract", "room": "harbour", "seq": target["seq"]})["type"], "ack")
        words = "".join(self.redis.ask("HGET", "hearth:{r1}:words", target["seq"]))
        self.assertNotIn("from the newer", words)
        self.assertIn("a newer field", words)

    def test_data_of_another_format_is_refused_in_words(self):
        rowan = self.one.client(self.invite, "Rowan")
        self.assertEqual(rowan.say(HARMLESS)["type"], "ack")
        self.load_newer(2)
        self.assertEqual(self.newer("begin")[0], "ok")
        # A running server says that it is not ready, so that a balancer takes it out, and why.
        eventually(lambda: self.one.http("GET", "/readyz")[0] == 503, "not ready", 5)
        self.assertIn("of a newer version of hearth (format 2, this one knows 1)", self.one.log())
        # One that starts ends with one line.
        self.two.stop()
        done = subprocess.run([HEARTH, "serve", "--listen", f"127.0.0.1:{self.two.port}", *self.two.where], capture_output=True,
                              text=True, timeout=60)
        self.assertEqual(done.returncode, 2)
        self.assertEqual(len(done.stderr.strip().splitlines()), 1, done.stderr)
        self.assertIn("of a newer version of hearth (format 2, this one knows 1)", done.stderr)
        print(done.stderr.strip())


if __name__ == "__main__":
    unittest.main()
