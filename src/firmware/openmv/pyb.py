# pyb of OpenMV 3.9, as far as inference scripts need it.
import sys as _sys
import _time
from _analog import ADC, DAC
from _bus import I2C, SPI, UART
from _rtc import RTC
from _timer import ExtInt, Servo, Timer
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
def rng():
    return call('pyb_rng')


@native
def freq(*hz):
    # Core, AHB and both APBs of the H743 at full speed (py_cpufreq.c).
    core = call('clock_core_hz')
    if hz and hz[0] != core:
        missing('pyb', 'freq(hz), which changes the clock,')
    return core, core // 2, core // 4, core // 4


@native
def stop():
    # Until an interrupt from outside, which never comes.
    call('clock_sleep_us', 1e15)


@native
def standby():
    _sys.exit()


@native
def wfi():
    call('clock_sleep_us', 1000.0)


@native
def have_cdc():
    return False


@native
def main(path):
    pass


@native
def usb_mode(*args, **kwargs):
    return None


@native
def repl_uart(*args):
    return None


@native
def hard_reset():
    _sys.exit()


@native
def info(*args):
    print('ID=inferscope00')


@native
def unique_id():
    return b'inferscope00'


class USB_VCP:
    # Nobody is connected to the board's USB.
    @native
    def __init__(self, id=0):
        pass

    @native
    def isconnected(self):
        return False

    @native
    def any(self):
        return False

    @native
    def setinterrupt(self, char):
        pass

    @native
    def send(self, data, timeout=5000):
        call('clock_sleep_us', float(timeout) * 1000)
        return 0

    @native
    def recv(self, data, timeout=5000):
        call('clock_sleep_us', float(timeout) * 1000)
        return b'' if isinstance(data, int) else 0

    @native
    def read(self, *count):
        return None

    @native
    def write(self, data):
        return None

    def __getattr__(self, name):
        return missing('pyb.USB_VCP', name)


class LED:
    # 1 red, 2 green, 3 blue, 4 infrared. Seen by the eye only: no pin of the header moves.
    _levels = {}

    @native
    def __init__(self, id):
        if id not in (1, 2, 3, 4):
            raise ValueError("LED(%d) doesn't exist" % id)
        self._id = id

    def _set(self, level):
        call('pin_spend')
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
