# machine of OpenMV 3.9, as far as inference scripts need it.
import sys as _sys
from _bus import MachineI2C as I2C, MachineSPI as SPI, UART
from _pin import Pin
from _vhw import call, missing, native


@native
def freq():
    # Core, bus and peripheral clocks are in fixed ratios there; only the core's is known here.
    return (call('clock_core_hz'),)


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
