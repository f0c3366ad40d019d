# time and utime on the board's simulated clock.
import time as _builtin
from _vhw import call, direct, missing, native

_TICKS_PERIOD = 1 << 30


@native
def sleep(seconds):
    call('clock_sleep_us', float(seconds) * 1000000, True)


@native
def sleep_ms(ms):
    call('clock_sleep_us', float(int(ms)) * 1000, True)


@native
def sleep_us(us):
    call('clock_sleep_us', float(int(us)), False)


@native
def ticks_us():
    return call('clock_us')


ticks_us = direct('clock_us', ticks_us)


@native
def ticks_ms():
    return call('clock_ms')


ticks_ms = direct('clock_ms', ticks_ms)


@native
def ticks_cpu():
    return call('clock_cycles')


ticks_cpu = direct('clock_cycles', ticks_cpu)


@native
def ticks_add(ticks, delta):
    return (ticks + delta) % _TICKS_PERIOD


@native
def ticks_diff(later, earlier):
    half = _TICKS_PERIOD // 2
    return (later - earlier + half) % _TICKS_PERIOD - half


# Both firmwares count seconds from the year 2000, the interpreter in here from 1970.
_EPOCH = 946684800
_set_by = 0


def _now():
    return call('clock_ms') // 1000 + _set_by


@native
def time():
    return _now()


@native
def localtime(seconds=None):
    return _builtin.localtime(int(_now() if seconds is None else seconds) + _EPOCH)


@native
def mktime(fields):
    return int(_builtin.mktime(fields)) - _EPOCH


@native
def set_time(fields):
    global _set_by
    _set_by += int(_builtin.mktime(fields)) - _EPOCH - _now()


class clock:
    # Averages over the times from tick() to fps() or avg(), in whole ms (py_clock.c).
    @native
    def __init__(self):
        self._clear()

    def _clear(self):
        self._start = self._ticks = self._frames = 0

    def _mean(self):
        self._frames += 1
        self._ticks += call('clock_ms') - self._start
        return self._ticks / self._frames

    @native
    def tick(self):
        self._start = call('clock_ms')

    @native
    def fps(self):
        mean = self._mean()
        return 1000.0 / mean if mean else float('inf')

    @native
    def avg(self):
        return self._mean()

    @native
    def reset(self):
        self._clear()

    def __getattr__(self, name):
        return missing('time.clock', name)


def __getattr__(name):
    return missing('time', name)
