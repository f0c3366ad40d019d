"""Timers with periods of their own, as processes of SimPy. simpy_timers.py PROCESSES EVENTS"""

import sys
import time

import simpy

processes, events = map(int, sys.argv[1:])
environment = simpy.Environment()


def timer(period_ps):
    for _ in range(events // processes):
        yield environment.timeout(period_ps)


for at in range(processes):
    environment.process(timer(700000 + 61031 * at))
start = time.perf_counter()
environment.run()
print(events / (time.perf_counter() - start))
