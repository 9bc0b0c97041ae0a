"""One person, however many servers they use at once, gets one person's allowance; and what happens is counted once."""
import secrets
import signal
import time
import unittest

from house import HARMLESS, HELD, Client
from nodes import TwoNodes

BURST, PER_MINUTE = 10, 30  # of messages, the defaults
TRIES = 10  # at one name's password


def say_at_once(clients, count, room="harbour"):
    """Each client says `count` things without waiting for answers: the codes of all replies, "ack" among them."""
    for i, client in enumerate(clients):
        client.send(*({"id": f"{room}-{n}", "type": "say", "room": room, "key": secrets.token_hex(6), "text": f"{HARMLESS} {i} {n}"}
                      for n in range(count)))
    replies = []
    for client in clients:
        client.until(lambda: sum(str(g.get("id")).startswith(f"{room}-") for g in client.got) >= count, "all answers")
        replies += [g for g in client.got if str(g.get("id")).startswith(f"{room}-")]
        client.got = [g for g in client.got if g not in replies]
    return [g.get("code", g["type"]) for g in replies], replies


class Limits(TwoNodes):
    OPTIONS = ("--threads", "2")

    def test_messages_on_two_servers_are_one_allowance(self):
        here = self.one.client(self.invite, "Rowan")
        there = self.two.client(token=here.welcome["token"])
        began, codes, waits = time.monotonic(), [], []
        for _ in range(3):
            some, replies = say_at_once([here, there], 2 * BURST)
            codes += some
            waits += [g["retry_after_ms"] for g in replies if g.get("code") == "rate_limited"]
            time.sleep(0.5)
        allowed = BURST + (time.monotonic() - began) * PER_MINUTE / 60
        self.assertEqual(set(codes), {"ack", "rate_limited"})
        print(f"{codes.count('ack')} of {len(codes)} messages on two servers were taken, {allowed:.1f} are one person's")
        self.assertGreaterEqual(codes.count("ack"), BURST)
        self.assertLessEqual(codes.count("ack"), allowed + 1)
        self.assertTrue(all(0 < each <= 60_000 / PER_MINUTE * (BURST + 1) for each in waits), waits)
        # Another room is no way round it, not at the other server either; another person is not concerned.
        hall = self.one.room("hall", "--open")
        for client in (here, there):
            self.assertEqual(client.ask({"type": "join", "room": "hall"})["type"], "joined")
        self.assertLessEqual(say_at_once([here, there], BURST, "hall")[0].count("ack"), 2)
        sol = self.two.client(hall, "Sol", room="hall")
        self.assertEqual(say_at_once([sol], BURST, "hall")[0].count("ack"), BURST)
        # Nothing of it stays in Redis.
        lives = [self.redis.ask("PTTL", key) for room in (1, 2) for key in self.redis.ask("KEYS", f"hearth:{{r{room}}}:pace:*")]
        self.assertTrue(lives and all(0 < each <= 60_000 / PER_MINUTE * BURST for each in lives), lives)

    def test_a_message_asked_again_costs_nothing(self):
        rowan = self.one.client(self.invite, "Rowan")
        again = self.two.client(token=rowan.welcome["token"])
        for _ in range(BURST // 2):
            self.assertEqual(rowan.say(HARMLESS, key="once")["type"], "ack")
        self.assertEqual(sum(again.say(f"{HARMLESS} {i}").get("type") == "ack" for i in range(BURST - 1)), BURST - 1)

    def test_without_redis_each_server_s_own_limit_holds(self):
        rowan = self.one.client(self.invite, "Rowan")
        self.redis.send(signal.SIGSTOP)
        try:
            codes, _ = say_at_once([rowan], 3 * BURST)
        finally:
            self.redis.send(signal.SIGCONT)
        self.assertEqual(codes.count("try_later"), BURST)
        self.assertEqual(codes.count("rate_limited"), 2 * BURST)

    def test_guessing_a_password_at_both_servers_is_one_allowance(self):
        self.one.staff("moss")
        spellings = ["moss", "Moss", "MOSS", "mOSS"]
        tried = [house.http("POST", "/api/v1/login", {"name": spellings[i % 4], "password": "wrong"})[0]
                 for i in range(TRIES) for house in (self.one, self.two)]
        print(f"{tried.count(401)} of {len(tried)} wrong passwords at two servers were looked at")
        self.assertEqual(set(tried), {401, 429})
        self.assertLessEqual(tried.count(401), TRIES + 1)
        self.assertGreaterEqual(tried.count(401), TRIES - 1)  # the right one before them gave its use back

    def test_a_case_is_counted_once(self):
        moderator = self.one.staff("fern")
        watchers = [house.client(token=moderator, room=None) for house in (self.one, self.two)]
        for each in watchers:
            self.assertEqual(each.ask({"type": "watch", "queue": "review"})["type"], "watching")
        for house in (self.one, self.two, self.two):
            self.assertEqual(house.client(self.invite, "Rowan").say(HELD)["disposition"], "held")
        for each in watchers:
            each.until(lambda: len(each.events("case_opened")) == 3, "three cases")

        def counted(house, name):
            text = house.http("GET", "/metrics")[1].decode()
            return sum(float(line.rsplit(" ", 1)[1]) for line in text.splitlines() if line.startswith(name))
        for name in ("hearth_cases_opened_total", 'hearth_messages_total{disposition="held"}'):
            self.assertEqual([counted(house, name) for house in (self.one, self.two)], [1, 2], name)


if __name__ == "__main__":
    unittest.main()
