# pyb of OpenMV 3.9, as far as inference scripts need it.
import _time
from _bus import I2C, SPI, UART
from _pin import Pin
from _vhw import call, missing, native

delay = _time.sleep_ms
udelay = _time.sleep_us
millis = _time.ticks_ms
micros = _time.ticks_us


@native
def elapsed_millis(start):
    return _time.ticks_diff(_time.ticks_ms(), start) & 0x3fffffff


@native
def elapsed_micros(start):
    return _time.ticks_diff(_time.ticks_us(), start) & 0x3fffffff


@native
def unique_id():
    return b'inferscope00'


class LED:
    # 1 red, 2 green, 3 blue, 4 infrared. Seen by the eye only: no pin of the header moves.
    _levels = {}

    @native
    def __init__(self, id):
        if id not in (1, 2, 3, 4):
            raise ValueError("LED(%d) doesn't exist" % id)
        self._id = id

    def _set(self, level):
        call('pin_read')
        LED._levels[self._id] = level

    @native
    def on(self):
        self._set(255)

    @native
    def off(self):
        self._set(0)

    @native
    def toggle(self):
        self._set(0 if LED._levels.get(self._id) else 255)

    @native
    def intensity(self, *level):
        if not level:
            return LED._levels.get(self._id, 0)
        self._set(min(max(int(level[0]), 0), 255))

    def __repr__(self):
        return 'LED(%d)' % self._id

    def __getattr__(self, name):
        return missing('pyb.LED', name)


def __getattr__(name):
    return missing('pyb', name)
