# gc with the board's heap: MicroPython in here has another one, which grows.
import gc as _gc
from _vhw import call, missing, native


@native
def collect():
    call('clock_collect')
    _gc.collect()


@native
def mem_alloc():
    return min(_used(), call('clock_heap_bytes'))


@native
def mem_free():
    return max(call('clock_heap_bytes') - _used(), 0)


def _used():
    return _gc.mem_alloc() + call('clock_images_bytes')


@native
def enable():
    _gc.enable()


@native
def disable():
    _gc.disable()


@native
def isenabled():
    return _gc.isenabled()


@native
def threshold(*amount):
    return _gc.threshold(*amount)


def __getattr__(name):
    return missing('gc', name)
