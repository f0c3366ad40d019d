# Makes a bare MicroPython a board's: no way to JavaScript, the board's modules in place of the builtin ones.
import sys
import builtins
import random
import vhw as _host
import _files
from _vhw import native

_import = builtins.__import__
_HIDDEN = ('js', 'jsffi', 'vhw')
_absent = []


@native
def _board_import(name, *args):
    if name in _HIDDEN and not _from_shim(args):
        raise ImportError("no module named '" + name + "'")
    if name in _absent:
        raise NotImplementedError('the module ' + name + ' is not modelled')
    return _import(name, *args)


def _from_shim(args):
    return bool(args) and bool(args[0]) and args[0].get('__name__') in ('_vhw', '_boot')


def install(aliases, absent):
    _absent.extend(absent)
    builtins.open = _files.open
    builtins.input = _input
    random.seed(1)
    for name, shim in aliases.items():
        sys.modules[name] = __import__(shim)
    builtins.__import__ = _board_import


@native
def _input(prompt=''):
    raise NotImplementedError('input() is not modelled: nobody types at this board')


def _compile(source, name):
    try:
        return compile(source, name, 'exec')
    except SyntaxError as error:
        if 'decorator' not in str(error):
            raise
        raise NotImplementedError('@micropython.native, viper and asm_thumb are not modelled')


def run(name, scope):
    scope['__name__'] = '__main__'
    _host.heap_prepare()
    code = _compile(_host.script_source(), name)
    _host.script_begin()
    try:
        exec(code, scope)
    finally:
        _host.script_end()
