"""The witness must notice: histories that break a guarantee, each in its own way."""
import unittest

from witness import Broken, Log, Witness


def message(seq, key, who="a", **more):
    return {"type": "message", "room": "r", "seq": seq, "key": key, "from": {"id": who}, **more}


class Noticed(unittest.TestCase):
    def setUp(self):
        self.staff = Log("staff")
        self.witness = Witness("r", self.staff)
        for seq in (1, 2, 3):
            self.staff.take(message(seq, f"k{seq}"))
        self.staff.take(message(4, "k4", "b", held=True))
        self.member = Log("a")

    def broken(self, number, act):
        with self.assertRaises(Broken) as caught:
            act()
        self.assertIn(f"guarantee {number}", str(caught.exception))

    def ack(self, seq, key, who="a", disposition="published"):
        self.witness.acknowledged(who, {"seq": seq, "at": "t", "key": key, "disposition": disposition})

    def test_a_sound_history_passes(self):
        for seq in (1, 2, 3):
            self.member.take(message(seq, f"k{seq}"))
            self.ack(seq, f"k{seq}")
        self.ack(4, "k4", "b", "held")
        self.witness.check_member(self.member)
        self.witness.check_acks()
        self.witness.check_cases([{"message": {"seq": 4}}])

    def test_what_breaks(self):
        self.ack(9, "lost")
        self.broken(1, self.witness.check_acks)

    def test_order(self):
        self.member.take(message(2, "k2"))
        self.broken(2, lambda: self.member.take(message(1, "k1")))
        self.broken(2, lambda: self.member.take(message(2, "k2")))

    def test_another_event_at_the_same_place(self):
        for seq, key in ((1, "k1"), (2, "other"), (3, "k3")):
            self.member.take(message(seq, key))
        self.broken(2, lambda: self.witness.check_member(self.member))

    def test_two_acks_for_one_key(self):
        self.ack(1, "k1")
        self.broken(3, lambda: self.ack(2, "k1"))

    def test_one_key_twice_in_the_log(self):
        self.staff.take(message(5, "k1"))
        self.broken(3, self.witness.check_acks)

    def test_a_gap(self):
        self.member.take(message(1, "k1"))
        self.member.take(message(3, "k3"))
        self.broken(4, lambda: self.witness.check_member(self.member))

    def test_what_is_not_theirs(self):
        for seq in (1, 2, 3):
            self.member.take(message(seq, f"k{seq}"))
        self.member.take(message(4, "k4", "b", held=True))
        self.broken(2, lambda: self.witness.check_member(self.member))

    def test_a_flagged_message_without_a_case(self):
        self.ack(4, "k4", "b", "held")
        self.broken(5, lambda: self.witness.check_cases([]))

    def test_a_resume_that_starts_over(self):
        self.member.joined({"epoch": "e", "reset": False})
        self.broken(4, lambda: self.member.joined({"epoch": "e", "reset": True}))


if __name__ == "__main__":
    unittest.main()
