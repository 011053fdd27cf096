"""Workload hold on SimPy, with callbacks: so many pending events; executing one schedules one after an exponential second.

    hold.py EVENTS PENDING     prints {"events": executed events, "seconds": wall time}
"""

import json
import math
import sys
import time

import simpy

LUCK = [1]


def exponential_us():
    LUCK[0] = (LUCK[0] * 1664525 + 1013904223) % 2**32
    return round(-math.log((LUCK[0] + 1) / 2**32) * 1_000_000)


def main(events, pending):
    env = simpy.Environment()

    def schedule():
        env.timeout(exponential_us()).callbacks.append(lambda _event: schedule())

    for _ in range(pending):
        schedule()
    start = time.perf_counter()
    for _ in range(events):
        env.step()
    print(json.dumps({"events": events, "seconds": time.perf_counter() - start}))


main(int(sys.argv[1]), int(sys.argv[2]))
