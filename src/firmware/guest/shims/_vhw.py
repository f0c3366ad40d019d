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
import vhw as _vhw
import uctypes as _uctypes
from binascii import hexlify as _hexlify, unhexlify as unhex
from json import loads
import builtins as _builtins


class NotModelled(BaseException):
    """The board would do it and this project does not: no error of the script, so `except Exception` lets it pass."""


def _bind(host):
    # The host's functions that were called before: looking one up again would leave garbage behind each time.
    known = {}
    enter = host.native_enter
    leave = host.native_leave
    meet = host.missing_met

    def not_modelled(message):
        if meet(message):
            raise NotImplementedError(message)
        raise NotModelled(message)

    def call(name, *args):
        function = known.get(name)
        if function is None:
            function = known[name] = getattr(host, name)
        answer = function(*args)
        if type(answer) is str and answer[:1] == '\x01':
            kind, message = answer[1:].split(':', 1)
            if message[:1] == '#':
                raise OSError(int(message[1:]))
            if kind == 'NotImplementedError':
                not_modelled(message)
            raise getattr(_builtins, kind)(message)
        return answer

    def native(function):
        def shim(*args, **kwargs):
            enter(len(args))
            try:
                return function(*args, **kwargs)
            finally:
                leave()

        return shim

    prepare = host.direct_prepare
    shims = []
    # Nothing else uses this function: from here on it makes direct ones.
    host.direct_install(id(_uctypes.sizeof))
    make = _uctypes.sizeof

    def direct(name, shim):
        """A function that does without its shim where the host can ("direct-function.ts")."""
        shims.append(shim)
        return make(shim) if prepare(name) else shim

    return call, native, direct, not_modelled


call, native, direct, not_modelled = _bind(_vhw)
del _vhw, _uctypes, _bind


def hex(data):
    return _hexlify(data).decode()


def missing(owner, name):
    # Names with underscores are Python's own questions (does it have __path__, __iter__?), not the script's.
    if name[:2] == '__':
        raise AttributeError(name)
    not_modelled(owner + '.' + name + ' is not modelled')


@native
def nothing():
    pass


measured = direct('measured', nothing)
