# Files with the board's error numbers: the interpreter in here numbers errors as WebAssembly does.
import builtins as _builtins
from _vhw import native

_open = _builtins.open
_ERRNOS = {2: 13, 8: 9, 20: 17, 28: 22, 29: 5, 31: 21, 44: 2, 51: 28, 54: 20, 55: 39, 63: 1}


def numbered(function):
    def shim(*args, **kwargs):
        try:
            return function(*args, **kwargs)
        except OSError as error:
            raise OSError(_ERRNOS.get(error.errno, error.errno))

    return native(shim)


open = numbered(_open)
