# Makes a bare MicroPython a board's: no way to JavaScript, the board's modules in place of the builtin ones.
import sys
import builtins
import random
import vhw as _host
import _files
from _vhw import native, not_modelled

# No board's; a way into the memory of the interpreter in here, or a module that here hangs on JavaScript.
_HIDDEN = ('js', 'jsffi', 'vhw', '_vhw', '_boot', '_files', '_interrupts')
_ABSENT = ('uctypes', 'asyncio', 'uasyncio')
# What the shims take from _vhw, which is no name of the module's.
_OURS = ('call', 'native', 'direct', 'missing', 'not_modelled', 'loads', 'hex', 'unhex')


def install(aliases, absent, shims):
    builtins.open = _files.open
    builtins.input = _input
    random.seed(1)
    for name, shim in aliases.items():
        sys.modules[name] = __import__(shim)
    builtins.__import__ = _importer(builtins.__import__, tuple(absent) + _ABSENT, shims)
    builtins.dir = _lister(builtins.dir)


def _importer(plain, absent, shims):
    enter, leave = _host.native_enter, _host.native_leave

    def check(name, args):
        """Whether the module is the firmware's, which is loaded in no time of the script's."""
        is_own = _from_shim(args)
        if name in _HIDDEN and not is_own:
            raise ImportError("no module named '" + name + "'")
        if name in absent and not is_own:
            not_modelled('the module ' + name + ' is not modelled')
        is_file = name not in shims and _files.is_module(name)
        if is_file and _files.is_compiled(name):
            not_modelled('importing ' + name + '.mpy, a compiled file, is not modelled')
        return is_own or not is_file

    def board_import(name, *args):
        enter(len(args) + 1)
        try:
            if check(name, args):
                return plain(name, *args)
        finally:
            leave()
        return plain(name, *args)

    return board_import


def _from_shim(args):
    return bool(args) and bool(args[0]) and str(args[0].get('__file__')).startswith('/.board/')


def _lister(plain):
    @native
    def dir(*args):
        if not args or type(args[0]) is not type(sys):
            return plain(*args)
        return sorted(['__name__'] + [name for name in args[0].__dict__ if name[:1] != '_' and name not in _OURS])

    return dir


@native
def _input(prompt=''):
    not_modelled('input() is not modelled: nobody types at this board')


def _compile(source, name):
    try:
        return compile(source, name, 'exec')
    except SyntaxError as error:
        if 'decorator' not in str(error):
            raise
        not_modelled('@micropython.native, viper and asm_thumb are not modelled')


def _leave_names(names, scope):
    for name, place in names.items():
        module, _, attribute = place.partition('.')
        found = sys.modules.get(module) or __import__(module)
        scope[name] = getattr(found, attribute) if attribute else found


def run(name, scope, names):
    scope['__name__'] = '__main__'
    _leave_names(names, scope)
    _host.heap_prepare()
    code = _compile(_host.script_source(), name)
    _host.script_begin()
    try:
        exec(code, scope)
    finally:
        _host.script_end()
