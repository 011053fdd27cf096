"""The pair of scenarios/active-passive/power-loss.yaml without traffic, written for SimPy as its users write: a process for each activity.

Two firewalls exchange heartbeats (each is answered) and hellos over a link of 1 ms, the active pings its upstream, and after 20 s it
loses power. The passive misses three heartbeats, waits the promotion hold and is active. Only what leads to the takeover is here: no
election, no reasons, no session sync, no ARP, no trace; the phase of every clock is drawn from the seed.

    pair.py RUNS     prints {"runs": RUNS, "seconds": wall time, "takeoverSeconds": mean time of the takeover in the runs}
"""

import json
import random
import sys
import time

import simpy

HEARTBEAT, HELLO, PING = 1.0, 8.0, 0.2
LOSSES, HOLD, LINK = 3, 2.0, 0.001
POWER_OFF, UNTIL = 20.0, 300.0


class Firewall:
    def __init__(self, env, luck, role):
        self.env, self.luck, self.role = env, luck, role
        self.on, self.peer, self.unanswered, self.waiting = True, None, 0, None
        self.since = None
        env.process(self.heartbeats())
        env.process(self.hellos())
        env.process(self.path_monitor())

    def heartbeats(self):
        yield self.env.timeout(self.luck.random() * HEARTBEAT)
        while True:
            if self.on:
                self.unanswered += 1
                if self.unanswered > LOSSES and self.role == "passive" and self.waiting is None:
                    self.waiting = self.env.process(self.promotion())
                self.env.process(self.request())
            yield self.env.timeout(HEARTBEAT)

    def request(self):
        yield self.env.timeout(LINK)
        if self.peer.on:
            yield self.env.timeout(LINK)
            self.unanswered = 0

    def hellos(self):
        yield self.env.timeout(self.luck.random() * HELLO)
        while True:
            if self.on:
                yield self.env.timeout(LINK)
            yield self.env.timeout(HELLO)

    def path_monitor(self):
        yield self.env.timeout(self.luck.random() * PING)
        while True:
            if self.on and self.role == "active":
                self.env.process(self.ping())
            yield self.env.timeout(PING)

    def ping(self):
        yield self.env.timeout(LINK)
        yield self.env.timeout(LINK)

    def promotion(self):
        yield self.env.timeout(HOLD)
        self.role, self.since = "active", self.env.now


def run(seed):
    env, luck = simpy.Environment(), random.Random(seed)
    active, passive = Firewall(env, luck, "active"), Firewall(env, luck, "passive")
    active.peer, passive.peer = passive, active

    def power():
        yield env.timeout(POWER_OFF)
        active.on = False

    env.process(power())
    env.run(until=UNTIL)
    return passive.since


def main(runs):
    run(0)
    start = time.perf_counter()
    times = [run(seed) for seed in range(1, runs + 1)]
    seconds = time.perf_counter() - start
    print(json.dumps({"runs": runs, "seconds": seconds, "takeoverSeconds": sum(times) / runs}))


main(int(sys.argv[1]))
