"""What stood before a message counts: the one it answers, and its author's own last lines."""
import unittest

from house import HARMLESS, STORE, House


class Context(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.house = House("--no-rate-limits")
        cls.addClassCleanup(cls.house.__exit__)
        cls.invite = cls.house.room("harbour", "--open")
        cls.house.start()
        cls.staff = cls.house.staff()

    def two(self):
        return self.house.client(self.invite, "Rowan"), self.house.client(self.invite, "Sage")

    def categories(self, seq):
        cases = self.house.http("GET", "/api/v1/cases?room=harbour", token=self.staff)[1]["cases"]
        return [name for c in cases if c["seq"] == seq for name in c["categories"]]

    def test_a_push_in_answer_to_a_plan_is_held(self):
        rowan, sage = self.two()
        plan = rowan.say("I want to kill myself tonight")
        ack = sage.say("do it", reply_to=plan["seq"])
        self.assertEqual(ack["disposition"], "held")
        self.assertEqual(self.categories(ack["seq"]), ["selfharm.incitement"])

    def test_the_same_words_in_answer_to_something_else_are_not(self):
        rowan, sage = self.two()
        question = rowan.say("good morning, I slept well for once")
        ack = sage.say("same", reply_to=question["seq"])
        self.assertEqual(ack["disposition"], "published")
        self.assertEqual(self.categories(ack["seq"]), [])

    def test_to_feel_the_same_is_a_cry_too(self):
        rowan, sage = self.two()
        cry = rowan.say("I want to die, I can't do this anymore")
        ack = sage.say("same", reply_to=cry["seq"])
        self.assertEqual(ack["disposition"], "published")
        self.assertEqual(self.categories(ack["seq"]), ["suicide.active"])

    def test_an_answer_to_what_is_old_or_was_never_said(self):
        rowan, sage = self.two()
        plan = rowan.say("I want to kill myself tonight")
        for i in range(200):  # far behind what the room keeps at hand
            rowan.say(f"{HARMLESS} {i}")
        self.assertEqual(sage.say("do it", reply_to=plan["seq"])["disposition"], "held")
        self.assertEqual(sage.say("do it", reply_to=10 ** 6)["disposition"], "published")

    @unittest.skipUnless(STORE == "redis", "only there can one record be damaged while the server runs")
    def test_an_answer_to_what_cannot_be_read_goes_before_a_person(self):
        rowan = self.house.client(self.house.room("attic", "--open"), "Rowan", room="attic")
        damaged = rowan.say("I want to kill myself up here tonight", room="attic")
        words = next(key for key in self.house.redis.ask("KEYS", "hearth:*:words") if "up here" in str(self.house.redis.ask("HVALS", key)))
        self.house.redis.ask("HSET", words, str(damaged["seq"]), "damaged")
        for i in range(40):  # further up than what a case reads around it
            rowan.say(f"{HARMLESS} {i}", room="attic")
        ack = rowan.say("do it", reply_to=damaged["seq"], room="attic")
        self.assertEqual(ack["disposition"], "published")
        case = next(c for c in self.house.http("GET", "/api/v1/cases?room=attic", token=self.staff)[1]["cases"] if c["seq"] == ack["seq"])
        found = self.house.http("GET", f"/api/v1/cases/{case['id']}", token=self.staff)[1]["findings"]
        self.assertIn("engine.before_unread", [f["rule"] for f in found])

    def test_answers_and_other_words_keep_their_order(self):
        rowan, sage = self.two()
        first = rowan.say(HARMLESS)
        keys = [f"turn-{i}" for i in range(40)]
        sage.send(*[{"type": "say", "id": k, "room": "harbour", "key": k, "text": f"{HARMLESS} {k}",
                     **({"reply_to": first["seq"]} if i % 3 == 0 else {})} for i, k in enumerate(keys)])
        turns = lambda: [m["key"] for m in rowan.events("message") if m["key"].startswith("turn-")]
        rowan.until(lambda: len(turns()) == len(keys))
        self.assertEqual(turns(), keys)

    def test_who_leaves_or_is_gone_has_still_said_it(self):
        rowan, sage = self.two()
        first = rowan.say(HARMLESS)
        answer = {"type": "say", "room": "harbour", "text": HARMLESS, "reply_to": first["seq"]}
        sage.send({**answer, "id": 1, "key": "leaving"}, {"type": "leave", "id": 2, "room": "harbour"})
        other = self.house.client(self.invite, "Birch")
        other.send({**answer, "id": 1, "key": "gone"})
        other.socket.close()
        for key in ("leaving", "gone"):
            rowan.until(lambda key=key: [m for m in rowan.events("message") if m["key"] == key])

    def test_a_sentence_cut_into_lines_is_read_as_one(self):
        rowan, sage = self.two()
        rowan.say("mais va te")
        ack = rowan.say("pendre")
        self.assertEqual(ack["disposition"], "published")  # half of it stands there already
        self.assertEqual(self.categories(ack["seq"]), ["selfharm.incitement"])
        self.assertEqual(self.categories(sage.say("pendre")["seq"]), [])  # not another's lines


if __name__ == "__main__":
    unittest.main()
