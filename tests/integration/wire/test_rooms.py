"""What happens in a room: order, resuming, taking words back, holding, reporting, sanctions; over restarts and kills."""
import json
import signal
import unittest

from house import CARE, HARMLESS, HELD, Client, House, eventually


class Rooms(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.house = House("--no-rate-limits")
        cls.addClassCleanup(cls.house.__exit__)  # also when what follows fails
        cls.invite = cls.house.room("harbour", "--open")
        cls.house.start()
        cls.staff = cls.house.staff()

    def two(self):
        return self.house.client(self.invite, "Rowan"), self.house.client(self.invite, "Sage")

    def case_of(self, seq):
        found = [c for c in self.house.http("GET", "/api/v1/cases?room=harbour", token=self.staff)[1]["cases"] if c["seq"] == seq]
        self.assertEqual(len(found), 1)
        return found[0]

    def decide(self, seq, action, **more):
        case = self.case_of(seq)["id"]
        status, claim, _ = self.house.http("POST", f"/api/v1/cases/{case}/claim", {}, self.staff)
        self.assertEqual(status, 200, claim)
        status, answer, _ = self.house.http("POST", f"/api/v1/cases/{case}/decisions",
                                            {"lease": claim["lease"], "action": action, "reason": "the ground rules", **more}, self.staff)
        self.assertEqual(status, 200, answer)

    def flushed(self, author, other):
        """Whatever was said before has reached the other by now."""
        ack = author.say(HARMLESS)
        other.until(lambda: other.events("message", seq=ack["seq"]))

    def test_everyone_sees_the_same_order(self):
        a, b = self.two()
        for i in range(50):
            for one, who in ((a, "a"), (b, "b")):
                one.send({"type": "say", "id": f"{who}{i}", "room": "harbour", "key": f"order-{who}{i}", "text": f"{HARMLESS} {i}"})
        for one in (a, b):
            one.until(lambda one=one: len([m for m in one.events("message") if m["key"].startswith("order-")]) == 100)
            seqs = [m["seq"] for m in one.events("message")]
            self.assertEqual(seqs, sorted(set(seqs)))
        self.assertEqual([m["key"] for m in a.events("message") if m["key"].startswith("order-")],
                         [m["key"] for m in b.events("message") if m["key"].startswith("order-")])

    def test_a_key_is_said_once_whatever_happens(self):
        a, b = self.two()
        first = a.say(HARMLESS, key="once")
        held = a.say(HELD, key="once-held")
        self.house.stop(signal.SIGKILL)
        self.house.start()
        a = self.house.client(token=a.welcome["token"])
        for key, ack in (("once", first), ("once-held", held)):
            again = a.say("Other words", key=key)
            self.assertEqual({**again, "id": 0}, {**ack, "id": 0})
        b = self.house.client(token=b.welcome["token"])
        self.assertEqual(len(b.events("message", key="once")), 1)

    def test_resuming_brings_all_that_was_missed(self):
        a, b = self.two()
        start = a.say(HARMLESS)["seq"]
        b.until(lambda: b.events("message", seq=start))
        epoch = [g for g in b.got if g["type"] == "joined"][0]["epoch"]
        b.drop()
        kept = a.say("first thought")["seq"]
        gone = a.say("second thought")["seq"]
        a.ask({"type": "edit", "room": "harbour", "seq": kept, "text": "first thought, mended"})
        a.ask({"type": "retract", "room": "harbour", "seq": gone})
        for i in range(200):  # beyond what the room keeps in memory
            a.say(f"{HARMLESS} {i}")
        c = self.house.client(token=b.welcome["token"], room=None)
        reply = c.ask({"type": "join", "room": "harbour", "after": start, "epoch": epoch})
        self.assertEqual(reply["reset"], False)
        c.until(lambda: len(c.events("message")) == 202)
        self.assertEqual(c.events("message", seq=kept)[0]["text"], "first thought, mended")
        self.assertTrue(c.events("message", seq=gone)[0]["retracted"])
        self.assertFalse(c.heard("second thought"), "what was taken back is never sent again")
        self.assertEqual(len(c.events("edited", target=kept)), 1)
        self.assertEqual(len(c.events("retracted", target=gone)), 1)
        seqs = [g["seq"] for g in c.got if "seq" in g and g["type"] != "joined"]
        self.assertEqual(seqs, sorted(set(seqs)))
        d = self.house.client(self.invite, "Late", room=None)
        for after, epoch in ((10**9, None), (1, "another")):
            reply = d.ask({"type": "join", "room": "harbour", "after": after, "epoch": epoch})
            self.assertTrue(reply["reset"])
            d.until(lambda: len([g for g in d.got if "seq" in g and g["type"] != "joined"]) == 50)
            d.ask({"type": "leave", "room": "harbour"})
            d.got.clear()

    def test_history_goes_back_page_by_page(self):
        a = self.house.client(self.invite, "Rowan")
        for i in range(30):
            a.say(f"{HARMLESS} {i}")
        before, seen = None, []
        while True:
            page = a.ask({"type": "history", "room": "harbour", "before": before, "limit": 7})
            seqs = [e["seq"] for e in page["events"]]
            self.assertEqual(seqs, sorted(seqs))
            seen = seqs + seen
            if not page["more"]:
                break
            before = seqs[0]
        self.assertEqual(seen, sorted(set(seen)))
        self.assertGreaterEqual(len(seen), 30)

    def test_only_authors_change_their_words(self):
        a, b = self.two()
        seq = a.say("a thought of mine")["seq"]
        b.until(lambda: b.events("message", seq=seq))
        self.assertEqual(b.ask({"type": "edit", "room": "harbour", "seq": seq, "text": "x"})["code"], "forbidden")
        self.assertEqual(b.ask({"type": "retract", "room": "harbour", "seq": seq})["code"], "forbidden")
        self.assertEqual(a.ask({"type": "edit", "room": "harbour", "seq": seq, "text": HELD})["code"], "forbidden",
                         "what would be held cannot come in by the back door")
        self.assertEqual(b.ask({"type": "react", "room": "harbour", "seq": seq, "kind": "hear", "on": True})["type"], "ack")
        a.until(lambda: a.events("reaction", target=seq, kind="hear"))
        a.ask({"type": "retract", "room": "harbour", "seq": seq})
        self.assertEqual(a.ask({"type": "edit", "room": "harbour", "seq": seq, "text": "x"})["code"], "not_found")

    def test_a_held_message_is_its_authors_until_a_person_decides(self):
        a, b = self.two()
        ack = a.say(HELD, key="held-one")
        self.assertEqual((ack["disposition"], ack["notice"]["lane"]), ("held", "harm"))
        a.until(lambda: a.events("message", seq=ack["seq"], held=True))
        self.assertEqual(b.ask({"type": "report", "room": "harbour", "seq": ack["seq"], "reason": "other"})["code"], "not_found")
        self.assertEqual(b.ask({"type": "react", "room": "harbour", "seq": ack["seq"], "kind": "hear", "on": True})["code"], "not_found")
        self.flushed(a, b)
        self.assertFalse(b.heard(HELD))
        self.decide(ack["seq"], "release")
        released = b.until(lambda: b.events("released", target=ack["seq"]))[0]
        self.assertEqual((released["message"]["text"], released["message"]["key"]), (HELD, "held-one"))
        self.assertEqual(b.ask({"type": "react", "room": "harbour", "seq": ack["seq"], "kind": "hear", "on": True})["type"], "ack")
        a.ask({"type": "retract", "room": "harbour", "seq": ack["seq"]})
        b.until(lambda: b.events("retracted", target=ack["seq"]))
        late = self.house.client(self.invite, "Late")
        self.flushed(a, late)
        self.assertFalse(late.heard(HELD))

    def test_a_disclosure_is_heard_and_helped(self):
        a, b = self.two()
        ack = a.say(CARE)
        self.assertEqual((ack["disposition"], ack["notice"]["lane"]), ("published", "care"))
        self.assertGreaterEqual(len(ack["notice"]["resources"]), 2)
        b.until(lambda: b.events("message", seq=ack["seq"], text=CARE))
        self.assertEqual(self.case_of(ack["seq"])["lane"], "care")

    def test_reports_open_one_case_and_name_nobody(self):
        a, b = self.two()
        c = self.house.client(self.invite, "Wren")
        watcher = Client(self.house.port)
        watcher.ask({"type": "hello", "token": self.staff})
        self.assertEqual(watcher.ask({"type": "watch", "queue": "review"})["type"], "watching")
        seq = a.say("a line that someone dislikes")["seq"]
        for one in (b, b, c):
            one.until(lambda one=one: one.events("message", seq=seq))
            self.assertEqual(one.ask({"type": "report", "room": "harbour", "seq": seq, "reason": "harassment", "note": "why"})["type"], "ack")
        case = self.case_of(seq)
        opened = watcher.until(lambda: [g for g in watcher.events("case_opened") if g["case"]["id"] == case["id"]])[0]
        self.assertNotIn("text", opened["case"]["message"])
        full = self.house.http("GET", f"/api/v1/cases/{case['id']}", token=self.staff)[1]
        self.assertEqual(len(full["reports"]), 2)
        for reporter in (b, c):
            self.assertNotIn(reporter.welcome["user"]["id"], str(full["reports"]))
        self.assertFalse(any(g["type"].startswith("case_") for one in (a, b, c) for g in one.got))

    def test_a_mute_and_a_ban_hold_at_once_and_over_a_restart(self):
        a, b = self.two()
        muted = a.say(HELD)["seq"]
        self.decide(muted, "mute", duration_s=3600)
        a.until(lambda: a.events("sanction", action="mute"))
        self.assertEqual(a.say(HARMLESS)["code"], "muted")
        self.flushed(b, a)
        self.house.stop()
        self.assertEqual(self.house.process.returncode, 0)
        self.house.start()
        a = self.house.client(token=a.welcome["token"])
        self.assertEqual(a.say(HARMLESS)["code"], "muted")

        token = b.welcome["token"]
        b = self.house.client(token=token)
        self.decide(b.say(HELD)["seq"], "ban")
        self.assertEqual(b.closed(), 4103)
        self.assertTrue(b.events("sanction", action="ban"), "they are told before the door closes")
        again = self.house.client(token=token, room=None)
        self.assertEqual(again.ask({"type": "join", "room": "harbour"})["code"], "banned")

    def test_rules_come_first_where_there_are_some(self):
        admin = self.house.staff("harper", "admin")
        status, room, _ = self.house.http("POST", "/api/v1/rooms", {"slug": "rules", "title": "Rules", "kind": "peer_support", "topic": "general",
                                                                    "languages": ["en"], "rules": "Be kind."}, admin)
        self.assertEqual(status, 201, room)
        status, invite, _ = self.house.http("POST", "/api/v1/rooms/rules/invites", {"uses": 2}, admin)
        self.assertEqual(status, 201)
        one = self.house.client(invite["code"], "Rowan", room=None)
        refused = one.ask({"type": "join", "room": "rules"})
        self.assertEqual((refused["code"], refused["agreement"]["text"]), ("agreement_required", "Be kind."))
        self.assertEqual(one.ask({"type": "accept", "room": "rules", "version": 99})["code"], "conflict")
        self.assertEqual(one.ask({"type": "accept", "room": "rules", "version": refused["agreement"]["version"]})["type"], "accepted")
        self.assertEqual(one.ask({"type": "join", "room": "rules"})["type"], "joined")
        stranger = self.house.client(self.invite, "Sage", room=None)
        self.assertEqual(stranger.ask({"type": "join", "room": "rules"})["code"], "not_a_member")
        self.assertEqual(stranger.ask({"type": "say", "room": "rules", "key": "k", "text": "t"})["code"], "not_a_member")

    def test_a_sixth_connection_replaces_the_oldest(self):
        first = self.house.client(self.invite, "Rowan")
        more = [self.house.client(token=first.welcome["token"]) for _ in range(5)]
        self.assertEqual(first.closed(), 4108)
        self.assertEqual([m.ask({"type": "ping", "t": 1})["type"] for m in more], ["pong"] * 5)

    def test_presence_and_typing_are_told(self):
        a, b = self.two()
        a.until(lambda: any(b.welcome["user"]["id"] in str(p) for p in a.events("presence")))
        b.send({"type": "typing", "room": "harbour"})
        a.until(lambda: [t for t in a.events("typing") if t["from"]["id"] == b.welcome["user"]["id"]])
        b.drop()
        a.until(lambda: any(b.welcome["user"]["id"] in p.get("left", []) for p in a.events("presence")))

    def test_commands_on_a_running_server_count_at_once(self):
        code = self.house.room("second", "--open")
        one = self.house.client(code, "Rowan", room="second")
        self.assertEqual(one.say("words to be erased", room="second")["type"], "ack")
        other = self.house.client(code, "Sage", room="second")
        other.until(lambda: other.heard("words to be erased"))
        self.house.run("user", "erase", one.welcome["user"]["id"])
        late = self.house.client(code, "Late", room="second")
        eventually(lambda: "words to be erased" not in str(late.ask({"type": "history", "room": "second"})), "the words are gone")
        self.assertEqual(one.closed(), 4101, "who was erased is shown out")
        gone = Client(self.house.port)
        self.assertEqual(gone.ask({"type": "hello", "token": one.welcome["token"]})["code"], "unauthenticated")

    def test_a_server_that_ends_tells_its_clients(self):
        a, _ = self.two()
        self.house.stop()
        self.assertEqual(a.closed(), 4000)
        self.assertGreater(json.loads(a.close_reason)["retry_after_ms"], 0)
        self.house.start()


if __name__ == "__main__":
    unittest.main()
