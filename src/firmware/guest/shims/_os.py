# os, uos: the board's files only. The folders of the interpreter itself are not the board's.
import os as _os
from _files import numbered as native
from _sys import _uname
from _vhw import missing

_HIDDEN = ('dev', 'proc', 'tmp', 'home', '.board')

path = _os.path
sep = '/'


@native
def uname():
    return _uname


@native
def listdir(folder='.'):
    names = _os.listdir(folder)
    return [name for name in names if name not in _HIDDEN] if _is_root(folder) else names


@native
def ilistdir(folder='.'):
    entries = list(_os.ilistdir(folder))
    return iter([entry for entry in entries if entry[0] not in _HIDDEN] if _is_root(folder) else entries)


def _is_root(folder):
    here = _os.getcwd()
    return folder in ('/', '') or (folder == '.' and here == '/')


@native
def stat(name):
    return _os.stat(name)


@native
def getcwd():
    return _os.getcwd()


@native
def chdir(folder):
    _os.chdir(folder)


@native
def mkdir(folder):
    _os.mkdir(folder)


@native
def rmdir(folder):
    _os.rmdir(folder)


@native
def remove(name):
    _os.remove(name)


unlink = remove


@native
def rename(old, new):
    _os.rename(old, new)


@native
def sync():
    pass


def __getattr__(name):
    return missing('os', name)
