"""A conversation that slides although no single line would be stopped, over real sockets."""
import unittest

from house import CARE, HARMLESS, Client, House


class Drift(unittest.TestCase):
    def setUp(self):
        self.house = House("--no-rate-limits")
        self.addCleanup(self.house.__exit__)
        self.invite = self.house.room("harbour", "--open")
        self.house.start()
        self.staff = self.house.staff()
        self.people = [self.house.client(self.invite, name) for name in ("Rowan", "Sage", "Wren")]
        self.watcher = Client(self.house.port)
        self.watcher.ask({"type": "hello", "token": self.staff})
        self.watcher.ask({"type": "watch", "queue": "review"})

    def cases(self):
        return self.house.http("GET", "/api/v1/cases?room=harbour", token=self.staff)[1]["cases"]

    def compare(self, first, count):
        """Figures nobody has: what is told apart is that people compare them."""
        said = []
        for i in range(first, first + count):
            ack = self.people[i % 3].say(f"my weight is {900 + i} kg")
            self.assertEqual(ack["disposition"], "published")
            said.append(ack["seq"])
        return said

    def test_a_group_slides_and_one_case_shows_it(self):
        said = self.compare(0, 3)
        self.people[0].say(HARMLESS)
        self.assertEqual(self.cases(), [], "no single line is a case")
        said += self.compare(3, 2)
        opened = self.watcher.until(lambda: self.watcher.events("case_opened"))[0]["case"]
        self.assertEqual(opened["drift"], {"kind": "numbers"})
        self.assertEqual((opened["lane"], opened["page"], opened["categories"]), ("harm", False, ["eating.numbers"]))
        self.assertNotIn("weight", str(opened), "an announcement holds nobody's words")
        status, case, _ = self.house.http("GET", f"/api/v1/cases/{opened['id']}", token=self.staff)
        self.assertEqual(status, 200)
        evidence = case["drift"]["evidence"]
        self.assertGreaterEqual(len(evidence), 4)
        self.assertTrue({e["seq"] for e in evidence} <= set(said))
        self.assertEqual(len({e["from"]["name"] for e in evidence}), 3)
        self.assertTrue(all(e["text"].startswith("my weight is") for e in evidence))
        self.assertEqual([f["rule"] for f in case["findings"]], ["engine.drift.numbers"])
        self.assertEqual(case["seq"], evidence[-1]["seq"])

        self.compare(5, 8)
        self.people[0].say(HARMLESS)
        self.assertEqual(len(self.cases()), 1, "one slide is one case")
        for one in self.people:
            self.assertFalse(any(g["type"].startswith("case_") or g["type"] == "retracted" for g in one.got), "members see nothing of it")

        status, claim, _ = self.house.http("POST", f"/api/v1/cases/{case['id']}/claim", {}, self.staff)
        decide = f"/api/v1/cases/{case['id']}/decisions"
        order = {"lease": claim["lease"], "reason": "other"}
        self.assertEqual(self.house.http("POST", decide, {**order, "action": "ban"}, self.staff)[0], 403)
        self.assertEqual(self.house.http("POST", decide, {**order, "action": "keep"}, self.staff)[0], 200)
        self.assertEqual(self.people[1].say(HARMLESS)["disposition"], "published")

    def test_several_against_one_is_shown_on_the_last_lines_own_case(self):
        said = []
        for i, text in enumerate(("@wren is such a liar", "@wren is an attention seeker", "@wren is such a liar")):
            ack = self.people[i % 2].say(text)
            self.assertEqual(ack["disposition"], "published")
            said.append(ack["seq"])
        heard = lambda: self.watcher.events("case_opened") + self.watcher.events("case_updated")
        slid = self.watcher.until(lambda: [g for g in heard() if "drift" in g["case"]])[0]["case"]
        self.assertEqual((slid["drift"]["kind"], slid["drift"]["about"]["name"], slid["seq"]), ("ganging", "Wren", said[-1]))
        case = self.house.http("GET", f"/api/v1/cases/{slid['id']}", token=self.staff)[1]
        self.assertEqual([e["seq"] for e in case["drift"]["evidence"]], said)
        self.assertEqual(len([c for c in self.cases() if c["id"] == slid["id"]]), 1, "one slide is one case, on its last line")
        self.assertIn("engine.drift.ganging", [f["rule"] for f in case["findings"]])

    def test_pain_and_one_person_alone_are_no_slide(self):
        for i in range(6):
            self.people[0].say(f"my weight is {900 + i} kg")
            self.people[1].say(HARMLESS)
        self.assertEqual(self.cases(), [])
        for i in range(6):
            self.people[i % 3].say(f"{CARE}, my weight is {900 + i} kg")
        self.assertEqual({c["lane"] for c in self.cases()}, {"care"})
        self.assertFalse([c for c in self.cases() if "drift" in c])

    def test_what_was_taken_back_counts_no_more_and_its_case_is_the_same_message(self):
        said = self.compare(0, 3)
        for seq, one in zip(said, self.people):
            one.ask({"type": "retract", "room": "harbour", "seq": seq})
        self.compare(3, 2)
        self.assertEqual(self.cases(), [])
        # The line that tips it has a case already: somebody reported the one before it is edited.
        tipping = self.people[2].say("my thoughts on today")["seq"]
        self.people[0].ask({"type": "report", "room": "harbour", "seq": tipping, "reason": "other"})
        self.compare(3, 2)
        self.people[2].ask({"type": "edit", "room": "harbour", "seq": tipping, "text": "my weight is 999 kg"})
        slid = self.watcher.until(lambda: [g for g in self.watcher.events("case_updated") + self.watcher.events("case_opened") if "drift" in g["case"]])
        self.assertEqual(len({g["case"]["id"] for g in slid}), 1)


if __name__ == "__main__":
    unittest.main()
