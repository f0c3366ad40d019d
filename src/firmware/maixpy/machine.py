# machine of MaixPy 0.5, as far as inference scripts need it.
import sys as _sys
from _ports import I2C, SPI, UART
from _timers import PWM, Timer
from _vhw import missing, native


@native
def reset():
    _sys.exit()


@native
def unique_id():
    return b'inferscope-virtual-board'


def __getattr__(name):
    return missing('machine', name)
