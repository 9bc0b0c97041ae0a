"""A spelling that slips past: heard, suggested, accepted by a person, and from then on read as its term, also after a restart."""
import signal
import unittest

from house import House, eventually

SLIPPED = "thinspq for tonight"
TERM = "thinspo"


class Variants(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.house = House("--no-rate-limits", "--threads", "2")
        cls.addClassCleanup(cls.house.__exit__)
        cls.invite = cls.house.room("harbour", "--open")
        cls.house.start()
        cls.staff = cls.house.staff()

    def listed(self):
        status, answer, _ = self.house.http("GET", "/api/v1/variants", token=self.staff)
        self.assertEqual(status, 200, answer)
        return answer

    def decide(self, accept):
        return self.house.http("POST", "/api/v1/variants/thinspq", {"accept": accept}, self.staff)

    def surfaced(self, ack):
        cases = self.house.http("GET", "/api/v1/cases?room=harbour", token=self.staff)[1]["cases"]
        return [c["categories"] for c in cases if c["seq"] == ack["seq"]]

    def test_an_accepted_spelling_surfaces_what_it_says(self):
        people = [self.house.client(self.invite, name) for name in ("Rowan", "Sage", "Wren")]
        term = self.surfaced(people[0].say(f"{TERM} for tonight"))
        self.assertEqual(len(term), 1)
        for i, one in enumerate(people):
            self.assertEqual(self.surfaced(one.say(SLIPPED, key=f"k{i}")), [], "as typed it is only a guess")
        people[0].say(SLIPPED, key="k0")  # sent again: heard once
        one = eventually(lambda: self.listed()["variants"], "a suggestion")[0]
        self.assertEqual((one["word"], one["term"], one["count"], one["authors"]), ("thinspq", TERM, 3, 3))
        self.assertEqual(self.house.http("GET", "/api/v1/variants", token=people[0].welcome["token"])[0], 403)

        self.assertEqual(self.decide(True)[0], 200)
        for one in people:
            self.assertEqual(self.surfaced(one.say(SLIPPED)), term)
        self.assertEqual(self.listed()["variants"], [])

        self.house.stop(signal.SIGKILL)
        self.house.start()
        late = self.house.client(self.invite, "Late")
        self.assertEqual(self.surfaced(late.say(SLIPPED)), term, "it is kept")
        self.assertEqual(self.decide(False)[0], 200)
        fresh = self.house.client(self.invite, "Fresh")  # who said it twice in two minutes is read together
        self.assertEqual(self.surfaced(fresh.say(SLIPPED)), [])
        self.assertEqual([d["accepted"] for d in self.listed()["decided"]], [False])
        admin = self.house.staff("harper", "admin")
        acts = [e["action"] for e in self.house.http("GET", "/api/v1/audit", token=admin)[1]["entries"]]
        self.assertEqual([a for a in acts if a.startswith("variant.")], ["variant.accept", "variant.dismiss"])
        self.assertEqual(self.house.run("audit", "verify")[0], 0)


if __name__ == "__main__":
    unittest.main()
