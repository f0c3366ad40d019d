# micropython: what of it scripts of boards call; the memory that it tells of is gc's.
import micropython as _real
from _vhw import missing, native

const = _real.const


@native
def alloc_emergency_exception_buf(size):
    pass


@native
def kbd_intr(code):
    pass


@native
def opt_level(*level):
    return _real.opt_level(*level)


def __getattr__(name):
    return missing('micropython', name)
