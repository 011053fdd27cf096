"""Workload hb on SimPy, with callbacks: two nodes, a heartbeat each second over a link of 1 ms with jitter, a dead timer of 3 s
pushed back by each, and four path pings per node every 200 ms with replies.

SimPy cannot cancel, so a dead timer that was pushed back fires and finds itself stale, as SimPy programs do it.

    hb.py SECONDS     prints {"events": executed events, "seconds": wall time}
"""

import json
import sys
import time

import simpy

LUCK = [1]


def luck():
    LUCK[0] = (LUCK[0] * 1664525 + 1013904223) % 2**32
    return LUCK[0]


def main(seconds):
    env = simpy.Environment()
    executed = [0]
    dead = [0, 0]

    def after(delay, action):
        def run(_event):
            executed[0] += 1
            action()

        env.timeout(delay).callbacks.append(run)

    def watch(node):
        dead[node] += 1
        mine = dead[node]

        def expired():
            if dead[node] == mine:
                raise RuntimeError("a node was declared dead")

        after(3_000_000, expired)

    def heartbeat(node):
        after(1_000_000, lambda: heartbeat(node))
        after(1_000 + (luck() >> 22), lambda: watch(1 - node))

    def ping(node, path):
        after(200_000, lambda: ping(node, path))
        after(2_000 + (luck() >> 22), lambda: None)

    for node in range(2):
        after(1_000_000, lambda node=node: heartbeat(node))
        watch(node)
        for path in range(4):
            after(200_000, lambda node=node, path=path: ping(node, path))
    start = time.perf_counter()
    env.run(until=seconds * 1_000_000)
    print(json.dumps({"events": executed[0], "seconds": time.perf_counter() - start}))


main(int(sys.argv[1]))
