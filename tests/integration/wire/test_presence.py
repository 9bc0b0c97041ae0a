"""Who is in a room is one truth over all servers: what a client makes of `joined` and `presence` is who is there."""
import signal
import time
import unittest

from nodes import TwoNodes, Watcher


class Presence(TwoNodes):
    def test_people_on_both_servers_are_one_room(self):
        rowan, sol = Watcher(self.one.client(self.invite, "Rowan")), Watcher(self.two.client(self.invite, "Sol"))
        # Whoever comes is told at once who is there, wherever they are.
        self.assertEqual(sol.present(), (["Rowan", "Sol"], 2))
        waits = [rowan.sees("Rowan", "Sol"), sol.sees("Rowan", "Sol")]
        ash = self.one.client(self.invite, "Ash")
        waits += [w.sees("Ash", "Rowan", "Sol") for w in (sol, rowan)]
        ash.ask({"type": "leave", "room": "harbour"})
        waits += [w.sees("Rowan", "Sol") for w in (sol, rowan)]
        print(f"who came or went was known on both servers after {max(waits):.2f} s at most")
        self.assertLess(max(waits), 4)

    def test_a_person_with_windows_on_both_is_one(self):
        rowan, sol = Watcher(self.one.client(self.invite, "Rowan")), self.one.client(self.invite, "Sol")
        again = self.two.client(token=sol.welcome["token"])
        self.assertEqual(Watcher(again).present(), (["Rowan", "Sol"], 2))
        rowan.sees("Rowan", "Sol")
        time.sleep(1.5)  # the other server's word of Sol is there
        sol.drop()
        end = time.monotonic() + 2
        while time.monotonic() < end:
            self.assertEqual(rowan.present(), (["Rowan", "Sol"], 2))
            rowan.client.pump(0.1)
        again.drop()
        rowan.sees("Rowan", within=4)

    def test_a_server_that_ends_in_order_takes_its_people_out_at_once(self):
        rowan = Watcher(self.one.client(self.invite, "Rowan"))
        sol = self.two.client(self.invite, "Sol")
        rowan.sees("Rowan", "Sol")
        self.two.stop(signal.SIGTERM)
        took = rowan.sees("Rowan", within=4)
        self.assertEqual(sol.closed(), 4000)
        print(f"people of a server that ended were gone {took:.1f} s after it had")


if __name__ == "__main__":
    unittest.main()
