"""Rules that change while the server runs: SIGHUP, the log, the counters, and what the judge then says."""
import json
import re
import shutil
import signal
import tempfile
import time
import unittest
from pathlib import Path

from house import HARMLESS, HEARTH, House, eventually

ASSETS = Path(HEARTH).resolve().parent / "share/hearth"
SAID = "the zorblax is best fed at noon"
PATTERN = "zorblax is best fed"
RULE = """
[[rule]]
id       = "en.suicide.active.zorblax"
patterns = ["PATTERN"]
examples = ["the zorblax is best fed at noon", "a zorblax is best fed twice"]
twins    = ["we fed the ducks", "zorblax is a silly word"]
"""


class Reload(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="hearth-assets-")
        self.addCleanup(folder.cleanup)
        self.assets = Path(folder.name, "assets")
        shutil.copytree(ASSETS, self.assets, ignore=shutil.ignore_patterns("fr", "id"))  # one language is read sooner
        self.pack = self.assets / "packs/en/suicide.active.toml"
        self.original = self.pack.read_text()
        self.house = House("--no-rate-limits", "--threads", "2", "--assets", str(self.assets))
        self.addCleanup(self.house.__exit__)
        self.invite = self.house.room("harbour", "--open")
        self.house.start()

    def count(self, outcome):
        text = self.house.http("GET", "/metrics")[1].decode()
        return int(float(re.search(rf'^hearth_rules_reloads_total{{outcome="{outcome}"}} (\S+)$', text, re.M)[1]))

    def reload(self, outcome):
        """Sends SIGHUP and waits until the counter says what became of it."""
        before = self.count(outcome)
        self.house.process.send_signal(signal.SIGHUP)
        eventually(lambda: self.count(outcome) > before, f"a reading {outcome}", within=90)

    def rule(self, pattern=PATTERN):
        self.pack.write_text(self.original + RULE.replace("PATTERN", pattern))

    def noticed(self, one):
        """Whether the new rule speaks to who says its words."""
        return one.say(SAID).get("notice", {}).get("category") == "suicide.active"

    def case_of(self, ack, token):
        cases = self.house.http("GET", "/api/v1/cases?room=harbour", token=token)[1]["cases"]
        found = next(c for c in cases if c["seq"] == ack["seq"])
        return self.house.http("GET", f"/api/v1/cases/{found['id']}", token=token)[1]

    def test_a_new_rule_acts_and_a_broken_pack_changes_nothing(self):
        staff = self.house.staff()
        people = [self.house.client(self.invite, name) for name in ("Rowan", "Sage", "Fern", "Reed")]  # both workers
        self.assertEqual((self.count("taken"), self.count("refused")), (0, 0))
        for one in people:
            self.assertFalse(self.noticed(one))

        self.rule()
        self.reload("taken")
        self.assertTrue(all(self.noticed(one) for one in people), "on every worker, without a restart")
        case = self.case_of(people[-1].say(SAID), staff)
        self.assertIn("en.suicide.active.zorblax", [f["rule"] for f in case["findings"]])
        self.assertIn(f"rules {case['pack_version'][:12]} are in force", self.house.log())

        line = self.original.count("\n") + 4
        self.rule("(zorblax is best fed")
        self.reload("refused")
        log = self.house.log()
        self.assertRegex(log, r"rules not taken, the old ones stay: 1 problem")
        self.assertIn(f"rules not taken: en/suicide.active.toml:{line}: en.suicide.active.zorblax: '(zorblax is best fed'", log)
        self.assertTrue(all(self.noticed(one) for one in people), "the rules from before stay")
        self.assertEqual(self.case_of(people[0].say(SAID), staff)["pack_version"], case["pack_version"])

        self.pack.write_text(self.original)
        self.reload("taken")
        for one in people:
            self.assertFalse(self.noticed(one))
        self.assertEqual((self.count("taken"), self.count("refused")), (2, 1))

    def test_a_missing_model_or_folder_is_refused(self):
        one = self.house.client(self.invite)
        model = self.assets / "model/hearth.model"
        model.rename(model.with_suffix(".away"))
        self.reload("refused")
        self.assertIn("hearth.model", self.house.log())
        model.with_suffix(".away").rename(model)
        (self.assets / "packs").rename(self.assets / "elsewhere")
        self.reload("refused")
        self.assertIn("cannot be read", self.house.log())
        self.assertEqual(one.say(HARMLESS)["disposition"], "published")

    def test_people_are_judged_without_a_pause_while_rules_are_read(self):
        one = self.house.client(self.invite)
        self.rule()
        self.house.process.send_signal(signal.SIGHUP)
        started, slowest, before = time.monotonic(), 0, 0
        while self.count("taken") == 0:
            begin = time.monotonic()
            noticed = self.noticed(one)
            slowest, before = max(slowest, time.monotonic() - begin), before + (not noticed)
        took = time.monotonic() - started
        self.assertTrue(self.noticed(one))
        self.assertGreater(before, 0, "the old rules act until the new ones are whole")
        # Under the sanitizers, beside other tests, reading takes half a minute and a message may take a second.
        self.assertLess(slowest, max(1.0, took / 6))

    def test_a_claim_that_was_changed_is_on_the_next_card(self):
        staff, one = self.house.staff(), self.house.client(self.invite)
        ack = one.say("methadone is just swapping one addiction for another")
        file = self.assets / "claims/misinfo.medication.toml"
        card = self.case_of(ack, staff)["cards"][0]["text"]
        self.assertIn(card["correction"], file.read_text())
        file.write_text(file.read_text().replace(card["correction"], "What is known now."))
        self.reload("taken")
        self.assertEqual(self.case_of(ack, staff)["cards"][0]["text"]["correction"], "What is known now.")
        self.assertIn("What is known now.", json.dumps(self.case_of(one.say("methadone is just swapping one addiction for another"), staff)["cards"]))

    def test_the_end_comes_also_while_rules_are_read(self):
        self.rule()
        for _ in range(20):
            self.house.process.send_signal(signal.SIGHUP)
        self.house.process.send_signal(signal.SIGTERM)
        self.assertEqual(self.house.process.wait(90), 0)  # sanitizers take their time over the packs


if __name__ == "__main__":
    unittest.main()
