"""What many members are sent in one round reaches each of them whole and in one order, with the kernel's io_uring or without."""
import sys
import unittest
from pathlib import Path

from house import House, eventually

MEMBERS, TEXTS = 30, 12
TOGETHER, APART = "one call for many members (io_uring)", "one call for each member"


class Sending(unittest.TestCase):
    def spoken(self, house):
        """Everybody hears everything in the same order; the log."""
        invite = house.room()
        house.start()
        members = [house.client(invite, f"Rowan {i}") for i in range(MEMBERS)]
        said = [f"{'The garden was quiet and I watered all of it. ' * (1 + 30 * (i % 3))}{i}" for i in range(TEXTS)]
        for i, text in enumerate(said):  # without waiting: several are in one round
            members[i % MEMBERS].send({"type": "say", "id": str(i), "room": "harbour", "key": f"key-{i}", "text": text})
        heard = []
        for member in members:
            eventually(lambda: member.pump(0.01) and sum(m["type"] == "message" for m in member.got) == TEXTS, "all that was said")
            heard.append([(m["seq"], m["text"]) for m in member.got if m["type"] == "message"])
            self.assertFalse(member.ended)
        self.assertEqual(sorted(text for _, text in heard[0]), sorted(said))
        self.assertTrue(all(each == heard[0] for each in heard))
        return house.log()

    def test_as_the_kernel_allows(self):
        with House("--threads", "1", "--no-rate-limits") as house:
            log = self.spoken(house)
            self.assertTrue((TOGETHER in log) != (APART in log), log)

    def test_where_io_uring_is_forbidden(self):
        with House("--threads", "1", "--no-rate-limits") as house:
            house.prefix = (sys.executable, str(Path(__file__).with_name("no_io_uring.py")))
            self.assertIn(APART, self.spoken(house))


if __name__ == "__main__":
    unittest.main()
