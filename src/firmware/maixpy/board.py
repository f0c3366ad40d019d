# board of MaixPy 0.5: names of the chip's pins on the Maixduino.
from _vhw import call, loads, missing


class _BoardInfo:
    def __getattr__(self, name):
        pins = _pins
        return pins[name] if name in pins else missing('board_info', name)


_pins = loads(call('board_pins'))
board_info = _BoardInfo()


def __getattr__(name):
    return missing('board', name)
