# Files with the board's error numbers: the interpreter in here numbers errors as WebAssembly does.
import builtins as _builtins
import os as _os
import sys as _sys
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


def _exists(path):
    try:
        _os.stat(path)
        return True
    except OSError:
        return False


def _place(name):
    path = name.replace('.', '/')
    for folder in _sys.path:
        place = folder + '/' + path if folder else path
        if folder != '/.board' and (_exists(place) or _exists(place + '.py') or _exists(place + '.mpy')):
            return place


def is_module(name):
    """Whether the script's own files have a module of this name."""
    return _place(name) is not None


def is_compiled(name):
    place = _place(name)
    return not _exists(place) and not _exists(place + '.py')
