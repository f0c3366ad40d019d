# gc with the board's heap: the interpreter in here has a larger one, in which the shims lie too.
from _vhw import call, missing, native


@native
def collect():
    call('heap_collect')


@native
def mem_alloc():
    return call('heap_used')


@native
def mem_free():
    return call('heap_free')


@native
def enable():
    call('heap_set_automatic', True)


@native
def disable():
    call('heap_set_automatic', False)


@native
def isenabled():
    return call('heap_is_automatic')


@native
def threshold(*amount):
    if not amount:
        return call('heap_threshold')
    call('heap_set_threshold', int(amount[0]))


def __getattr__(name):
    return missing('gc', name)
