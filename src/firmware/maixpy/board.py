# board of MaixPy 0.5: names of the chip's pins on the Maixduino.
from _vhw import call, loads, missing


class _BoardInfo:
    # A class there, which older scripts make an object of.
    def __call__(self):
        return self

    def __getattr__(self, name):
        pins = _pins
        return pins[name] if name in pins else missing('board_info', name + ', which no pin of this board is called,')


_pins = loads(call('board_pins'))
board_info = _BoardInfo()


def __getattr__(name):
    return missing('board', name)
