# time and utime on the board's simulated clock.
from _vhw import call, missing, native

_TICKS_PERIOD = 1 << 30


@native
def sleep(seconds):
    call('clock_sleep_us', float(seconds) * 1000000)


@native
def sleep_ms(ms):
    call('clock_sleep_us', int(ms) * 1000)


@native
def sleep_us(us):
    call('clock_sleep_us', int(us))


@native
def ticks_us():
    return int(call('clock_us')) % _TICKS_PERIOD


@native
def ticks_ms():
    return int(call('clock_us') // 1000) % _TICKS_PERIOD


@native
def ticks_cpu():
    return int(call('clock_us') * (call('clock_core_hz') // 1000000)) % _TICKS_PERIOD


@native
def ticks_add(ticks, delta):
    return (ticks + delta) % _TICKS_PERIOD


@native
def ticks_diff(later, earlier):
    half = _TICKS_PERIOD // 2
    return (later - earlier + half) % _TICKS_PERIOD - half


@native
def time():
    return int(call('clock_us') // 1000000)


class clock:
    @native
    def __init__(self):
        self._start = self._last = call('clock_us')
        self._frames = 0

    @native
    def tick(self):
        self._last = call('clock_us')

    @native
    def fps(self):
        self._frames += 1
        us = call('clock_us') - self._start
        return 1000000.0 * self._frames / us if us else 0.0

    @native
    def avg(self):
        self._frames += 1
        return (call('clock_us') - self._start) / 1000.0 / self._frames

    @native
    def reset(self):
        self._start = call('clock_us')
        self._frames = 0

    def __getattr__(self, name):
        return missing('time.clock', name)


def __getattr__(name):
    return missing('time', name)
