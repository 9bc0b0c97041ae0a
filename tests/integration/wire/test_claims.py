"""Misinformation from the first word to the fact card in the room: the whole server, raw sockets, a moderator over HTTP."""
import signal
import unittest

from house import HARMLESS, Client, House

CLAIM = "claim.methadone.swaps-addictions"
SAID = "methadone is just swapping one addiction for another"
HELD = "just quit the xanax overnight, you'll be fine"


class Claims(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.house = House("--no-rate-limits")
        cls.addClassCleanup(cls.house.__exit__)
        cls.invite = cls.house.room("harbour", "--open")
        cls.house.start()
        cls.staff = cls.house.staff()

    def case_of(self, seq, locale="en"):
        found = [c for c in self.house.http("GET", "/api/v1/cases?room=harbour", token=self.staff)[1]["cases"] if c["seq"] == seq]
        self.assertEqual(len(found), 1)
        return self.house.http("GET", f"/api/v1/cases/{found[0]['id']}", token=self.staff, headers={"Accept-Language": locale})[1]

    def test_a_card_reaches_everyone_in_every_language_and_can_be_taken_back(self):
        a, b = self.house.client(self.invite, "Rowan"), self.house.client(self.invite, "Sage")
        ack = a.say(SAID)
        self.assertEqual(ack["disposition"], "published")
        watcher = Client(self.house.port)
        watcher.ask({"type": "hello", "token": self.staff})
        watcher.ask({"type": "watch", "queue": "review"})
        for locale, word in (("en", "treatment"), ("fr", "traitement"), ("id", "pengobatan")):
            case = self.case_of(ack["seq"], locale)
            card = case["cards"][0]
            self.assertEqual((card["claim"], card["matched"]), (CLAIM, True))
            self.assertIn(word, card["text"]["correction"])
            self.assertNotIn("reviewed_by", card, "nobody has read it yet, and nobody is invented")
        self.assertTrue(all(c["category"] == "misinfo.medication" for c in case["cards"]))
        self.assertFalse(b.heard("Cochrane"), "no card enters a room by itself")

        status, shown, _ = self.house.http("POST", f"/api/v1/cases/{case['id']}/cards", {"claim": CLAIM}, self.staff)
        self.assertEqual(status, 200, shown)
        notice = b.until(lambda: b.events("notice"))[0]
        self.assertEqual(shown["cards"][0]["shared"]["seq"], notice["seq"])
        self.assertEqual(set(notice["card"]["texts"]), {"en", "fr", "id"})
        self.assertEqual(notice["notice"]["resources"], [])
        self.assertIn(notice["card"]["texts"]["en"]["correction"], notice["notice"]["explanation"])
        self.assertNotIn("Rowan", str(notice))
        self.assertNotIn("target", notice)
        self.assertNotIn("from", notice)
        a.until(lambda: a.events("notice", seq=notice["seq"]))
        watcher.until(lambda: [g for g in watcher.events("case_updated") if g["case"]["id"] == case["id"]])

        self.house.stop(signal.SIGKILL)
        self.house.start()
        late = self.house.client(self.invite, "Late")
        late.until(lambda: late.events("notice", seq=notice["seq"]))
        status, undone, _ = self.house.http("DELETE", f"/api/v1/cases/{case['id']}/cards/{CLAIM}", token=self.staff)
        self.assertEqual(status, 200, undone)
        self.assertNotIn("shared", undone["cards"][0])
        late.until(lambda: late.events("retracted", target=notice["seq"], by="moderator"))
        for after in (None, ack["seq"]):
            later = self.house.client(self.invite, "Later", room=None)
            later.ask({"type": "join", "room": "harbour", "after": after})
            gone = later.until(lambda: later.events("notice", seq=notice["seq"]))[0]
            self.assertTrue(gone["retracted"])
            self.assertFalse(later.heard("Cochrane"), "what was taken back is never sent again")

        admin = self.house.staff("harper", "admin")
        acts = [e["action"] for e in self.house.http("GET", "/api/v1/audit", token=admin)[1]["entries"]]
        self.assertEqual([a for a in acts if a.startswith("card.")], ["card.share", "card.take_back"])
        self.assertEqual(self.house.run("audit", "verify")[0], 0)

    def test_a_dangerous_claim_waits_while_its_card_may_go_out(self):
        a, b = self.house.client(self.invite, "Rowan"), self.house.client(self.invite, "Sage")
        ack = a.say(HELD)
        self.assertEqual((ack["disposition"], ack["notice"]["category"]), ("held", "misinfo.withdrawal"))
        case = self.case_of(ack["seq"])
        self.assertIn("claim.benzo.stop-at-once", [f["rule"] for f in case["findings"]])
        path = f"/api/v1/cases/{case['id']}/cards"
        self.assertEqual(self.house.http("POST", path, {"claim": "claim.vaccine.autism"}, self.staff)[0], 400)
        self.assertEqual(self.house.http("POST", path, {"claim": "claim.no.such"}, self.staff)[0], 404)
        self.assertEqual(self.house.http("POST", path, {"claim": "claim.benzo.stop-at-once"})[0], 401)
        self.assertEqual(self.house.http("POST", path, {"claim": "claim.benzo.stop-at-once"}, a.welcome["token"])[0], 403)
        self.assertEqual(self.house.http("POST", path, {"claim": "claim.benzo.stop-at-once"}, self.staff)[0], 200)
        self.assertEqual(self.house.http("POST", path, {"claim": "claim.benzo.stop-at-once"}, self.staff)[0], 409)
        b.until(lambda: [n for n in b.events("notice") if n.get("card", {}).get("claim") == "claim.benzo.stop-at-once"])
        self.assertFalse(b.heard("xanax overnight"), "the message itself still waits")
        b.say(HARMLESS)


if __name__ == "__main__":
    unittest.main()
