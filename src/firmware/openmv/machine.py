# machine of OpenMV 3.9, as far as inference scripts need it.
import sys as _sys
from _bus import MachineI2C as I2C, MachineSPI as SPI, UART
from _pin import Pin
from _rtc import RTC
from _vhw import call, missing, native


@native
def freq():
    # Core, bus and peripheral clocks are in fixed ratios there; only the core's is known here.
    return (call('clock_core_hz'),)


@native
def lightsleep(ms=None):
    # Without a time it lasts until an interrupt from outside, which never comes.
    call('clock_sleep_us', 1e15 if ms is None else float(ms) * 1000)


sleep = lightsleep


@native
def idle():
    call('clock_sleep_us', 1000.0)


@native
def deepsleep(ms=None):
    _sys.exit()


@native
def rng():
    return call('pyb_rng')


@native
def reset():
    _sys.exit()


@native
def unique_id():
    return b'inferscope00'


def __getattr__(name):
    return missing('machine', name)
