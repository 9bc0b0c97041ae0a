"""Who is in a room stays true when a server is killed, and when Redis stands still or forgets."""
import signal
import time
import unittest

from nodes import TwoNodes, Watcher


class PresenceFaults(TwoNodes):
    def test_people_of_a_killed_server_are_gone_within_15_s(self):
        rowan = Watcher(self.one.client(self.invite, "Rowan"))
        there = [self.two.client(self.invite, name) for name in ("Sol", "Ash", "Fern")]
        self.assertEqual(Watcher(there[-1]).present(), (["Ash", "Fern", "Rowan", "Sol"], 4))
        rowan.sees("Rowan", "Sol", "Ash", "Fern")
        # And a room too large for names, which hears of its number only, and seldom.
        hall = self.one.room("hall", "--open")
        crowd = [house.client(hall, f"Guest{i}", room="hall") for i in range(30) for house in (self.one, self.two)]
        late = Watcher(self.one.client(hall, "Late", room="hall"))
        # The other server says within 3 s that somebody came, and a room of this size is told within 10 s of that.
        late.client.until(lambda: late.present()[1] == 61, "61 people", 25)
        self.assertEqual(late.present()[0], [])
        self.two.stop(signal.SIGKILL)
        began = time.monotonic()
        small = rowan.sees("Rowan", within=20)
        late.client.until(lambda: late.present()[1] == 31, "31 people", 20)
        large = time.monotonic() - began
        print(f"people of a killed server were gone after {small:.1f} s, from a large room after {large:.1f} s")
        self.assertLess(max(small, large), 15)
        self.assertEqual(len(crowd), 60)
        # Nothing of them is left behind for who comes later.
        self.assertEqual(Watcher(self.one.client(self.invite, "Sol")).present(), (["Rowan", "Sol"], 2))

    def test_a_redis_that_stood_still_takes_nobody_out(self):
        rowan, sol = Watcher(self.one.client(self.invite, "Rowan")), Watcher(self.two.client(self.invite, "Sol"))
        rowan.sees("Rowan", "Sol")
        sol.sees("Rowan", "Sol")
        self.redis.send(signal.SIGSTOP)
        time.sleep(9)  # longer than a server is believed to live
        self.redis.send(signal.SIGCONT)
        end = time.monotonic() + 4
        while time.monotonic() < end:
            for each in (rowan, sol):
                each.client.pump(0.1)
        for each in (rowan, sol):
            self.assertEqual([p["left"] for p in each.client.events("presence") if p["left"]], [])
            self.assertEqual(each.present(), (["Rowan", "Sol"], 2))

    def test_a_redis_that_forgot_everything_is_told_again(self):
        rowan, sol = Watcher(self.one.client(self.invite, "Rowan")), Watcher(self.two.client(self.invite, "Sol"))
        rowan.sees("Rowan", "Sol")
        self.redis.ask("DEL", "hearth:{r1}:nodes", "hearth:{r1}:present", *self.redis.ask("KEYS", "hearth:{r1}:here:*"))
        fern = Watcher(self.two.client(self.invite, "Fern"))
        for each in (fern, rowan, sol):
            each.sees("Fern", "Rowan", "Sol", within=8)


if __name__ == "__main__":
    unittest.main()
