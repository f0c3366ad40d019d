# How the Python shims of every board reach the virtual hardware; the other half is host-module.ts.
#
#     from _vhw import call, native, missing
#
#     class GPIO:
#         @native                          # the script pays for this as for one function of the firmware
#         def value(self, *level):
#             return call('gpio_value', self._pin, *level)
#
#     def __getattr__(name):               # of the module: what is not modelled says so
#         return missing('Maix', name)
#
# Every function and method that a script can call carries @native: the bytecodes of a shim are not the script's,
# so they are taken out of the count. What the firmware's own function costs is priced by the host: hardware.spend(name).
import vhw as _host
from binascii import hexlify as _hexlify, unhexlify as unhex
from json import loads
import builtins as _builtins

_enter = _host.native_enter
_leave = _host.native_leave
# The host's functions that were called before: looking one up again would leave garbage behind each time.
_known = {}


def call(name, *args):
    function = _known.get(name)
    if function is None:
        function = _known[name] = getattr(_host, name)
    answer = function(*args)
    if type(answer) is str and answer[:1] == '\x01':
        kind, message = answer[1:].split(':', 1)
        if message[:1] == '#':
            raise OSError(int(message[1:]))
        raise getattr(_builtins, kind)(message)
    return answer


def native(function):
    def shim(*args, **kwargs):
        _enter(len(args))
        try:
            return function(*args, **kwargs)
        finally:
            _leave()

    return shim


def hex(data):
    return _hexlify(data).decode()


def missing(owner, name):
    # Names with underscores are Python's own questions (does it have __path__, __iter__?), not the script's.
    if name[:2] == '__':
        raise AttributeError(name)
    raise NotImplementedError(owner + '.' + name + ' is not modelled')


@native
def nothing():
    pass
