# sys, usys: who the board's interpreter is; the rest is that of the one in here.
import sys as _real
from _vhw import call, loads, native


class _Fields:
    # What MicroPython calls an attrtuple: items that have places and names.
    def __init__(self, fields):
        self._names = [name for name, _ in fields]
        self._items = tuple([tuple(value) if type(value) is list else value for _, value in fields])

    def __getitem__(self, index):
        return self._items[index]

    def __len__(self):
        return len(self._items)

    def __iter__(self):
        return iter(self._items)

    def __getattr__(self, name):
        if name[:1] != '_' and name in self._names:
            return self._items[self._names.index(name)]
        raise AttributeError("'tuple' object has no attribute '" + name + "'")

    def __repr__(self):
        return '(' + ', '.join(['%s=%r' % pair for pair in zip(self._names, self._items)]) + ')'


_about = loads(call('board_interpreter'))
platform = _about['platform']
version = _about['version']
implementation = _Fields(_about['implementation'])
_uname = _Fields(_about['uname'])
maxsize = 0x7fffffff
_HIDDEN = ('vhw', 'js', 'jsffi')
_KEPT = ('exit', 'path', 'argv', 'stdin', 'stdout', 'stderr', 'byteorder', 'version_info')


@native
def print_exception(*args):
    _real.print_exception(*args)


def __getattr__(name):
    if name in _KEPT:
        return getattr(_real, name)
    if name == 'modules':
        shown = [pair for pair in _real.modules.items() if pair[0][:1] != '_' or pair[0] == '__main__']
        return dict([pair for pair in shown if pair[0] not in _HIDDEN])
    raise AttributeError("'module' object has no attribute '" + name + "'")
