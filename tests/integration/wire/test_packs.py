"""`hearth packs` as who writes rules uses it: status, standard output, and what stands on standard error."""
import os
import pty
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from house import HEARTH

ASSETS = Path(HEARTH).resolve().parent / "share/hearth"
CLAIM = "claim.methadone.swaps-addictions"
RULES = """language = "en"
category = "harassment"
[words]
feed = ["feed", "fed"]
[[rule]]
id       = "en.harassment.zorblax"
patterns = ["zorblax is {feed}"]
voice    = "any"
note     = "for a test"
examples = ["the zorblax is fed at noon", "a zorblax is fed twice"]
twins    = ["we fed the ducks", "zorblax is a silly word"]
"""


def packs(*words):
    done = subprocess.run([HEARTH, "packs", *map(str, words)], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120)
    return done.returncode, done.stdout, done.stderr


class Packs(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="hearth-packs-")
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self.ours = self.small("ours", RULES)

    def small(self, name, rules):
        folder = self.root / name / "packs"
        (folder / "en").mkdir(parents=True)
        shutil.copy(ASSETS / "packs/en/voice.toml", folder / "en")
        shutil.copy(ASSETS / "packs/en/words.toml", folder / "en")
        (folder / "en/harassment.toml").write_text(rules)
        return folder

    def test_lint_is_silent_about_sound_packs_and_names_file_line_and_reason_else(self):
        status, out, err = packs("lint", "--packs", self.ours)
        self.assertEqual((status, err), (0, ""), out)
        self.assertIn("checked 1 rules, 2 examples, 2 twins: 0 problems", out)
        for name, change, told in [
            ("unmatched", ("a zorblax is fed twice", "a zorblax sleeps"),
             "en/harassment.toml:10: en.harassment.zorblax: example is not matched"),
            ("matched", ("we fed the ducks", "your zorblax is fed"), "en/harassment.toml:11: en.harassment.zorblax: twin is matched"),
            ("pattern", ("zorblax is {feed}", "(zorblax"), "en/harassment.toml:7: en.harassment.zorblax: '(zorblax'"),
            ("toml", ("[[rule]]", "[[rule"), "en/harassment.toml:5: "),
            ("key", ("note ", "notes"), "en/harassment.toml:9: unknown key 'notes'"),
        ]:
            with self.subTest(name):
                status, out, _ = packs("lint", "--packs", self.small(name, RULES.replace(*change)))
                self.assertEqual(status, 1, out)
                self.assertIn(told, out)
        self.assertEqual(packs("lint", "--packs", self.ours, "--language", "xx")[0], 2)
        self.assertEqual(packs("lint", "--packs", self.root / "nowhere")[0], 2)

    def test_lint_tells_its_progress_to_a_terminal(self):
        ours, theirs = pty.openpty()
        self.addCleanup(os.close, ours)
        subprocess.run([HEARTH, "packs", "lint", "--packs", str(self.ours)], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                       stderr=theirs, timeout=120)
        os.close(theirs)
        self.assertIn(b"packs: [########################] 1 of 1 rules", os.read(ours, 4096))

    def test_show_tells_what_a_rule_a_claim_and_a_category_say(self):
        status, out, _ = packs("show", "en.harassment.zorblax", "--packs", self.ours)
        self.assertEqual(status, 0)
        for told in ("en/harassment.toml:6", "patterns: zorblax is {feed}", "{feed}:", "    fed\n", "voice: any", "note: for a test",
                     "we fed the ducks"):
            self.assertIn(told, out)
        status, out, _ = packs("show", "harassment", "--packs", self.ours)
        self.assertEqual(status, 0)
        self.assertIn("harassment: harm, severity 3, hold, notice", out)
        self.assertIn("en: 1 rules, 1 patterns, 2 examples, 2 twins", out)
        status, out, _ = packs("show", CLAIM)  # those beside the program
        self.assertEqual((status, out.count(f"\n{CLAIM} (")), (0, 3))
        self.assertIn("correction: ", out)
        self.assertRegex(out, r"claims/misinfo\.medication\.toml:\d+")
        status, out, err = packs("show", "zorblax", "--packs", self.ours)
        self.assertEqual((status, out), (1, ""))
        self.assertIn("there is en.harassment.zorblax", err)

    def test_diff_tells_what_came_went_and_changed(self):
        self.assertEqual(packs("diff", self.ours, "--packs", self.ours)[0], 0)
        more = RULES.replace('"any"', '"you"').replace('"feed", "fed"', '"feed", "feeds"')
        more += RULES[RULES.index("[[rule]]"):].replace("zorblax", "quimble").replace("{feed}", "kept")
        other = self.small("other", more)
        status, out, _ = packs("diff", other, "--packs", self.ours)
        self.assertEqual(status, 1)
        self.assertIn("~ en.harassment.zorblax (en)  en/harassment.toml:6\n    voice: any -> you\n    {feed} - fed\n    {feed} + feeds\n", out)
        self.assertIn("+ en.harassment.quimble (en)", out)
        self.assertIn("1 added, 0 removed, 1 changed", out)
        self.assertIn("0 added, 1 removed, 1 changed", packs("diff", self.ours, "--packs", other.parent)[1])  # the folder of both

    def test_try_tells_what_the_rules_make_of_a_text(self):
        status, out, _ = packs("try", "so the zorblax is fed", "--packs", self.ours, "--topic", "mood")
        self.assertEqual(status, 0)
        self.assertTrue(out.startswith("hold harassment severity 3"), out)
        self.assertIn("en.harassment.zorblax", out)
        self.assertTrue(packs("try", "good morning", "--packs", self.ours)[1].startswith("publish nothing"))


if __name__ == "__main__":
    unittest.main()
