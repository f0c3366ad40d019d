# Functions of the script that the firmware calls for an interrupt; the other half is interrupt-calls.ts.
import io as _io
import sys as _sys
from _vhw import call, native

_handlers = {}


def _run(number):
    function, argument, fail = _handlers[number]
    try:
        function(argument)
    except BaseException as error:
        return _told(error, fail)


def _told(error, fail):
    text = _io.StringIO()
    ends = isinstance(error, NotImplementedError) or not isinstance(error, Exception)
    if fail and not ends:
        text.write(fail())
    _sys.print_exception(error, text)
    return ('end' if ends else 'on') + '\n' + type(error).__name__ + '\n' + text.getvalue()


@native
def _nothing(argument):
    pass


def attach(function, argument, number=None, fail=None):
    """
    The number by which the board calls `function(argument)` for an interrupt: a new one, or one that it had. `fail` is called
    where it threw, and gives what the board prints before the traceback.
    """
    if not _handlers:
        _handlers[0] = (_nothing, None, None)
        call('interrupts_install', _run)
    if number is None:
        number = len(_handlers)
    _handlers[number] = (function, argument, fail)
    return number
