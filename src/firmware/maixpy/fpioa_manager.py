# fpioa_manager of MaixPy 0.5: which pin carries which function of the chip.
from Maix import FPIOA
from _vhw import call, missing, native
from board import board_info


class Fpioa_Manager:
    def __init__(self):
        self.fpioa = FPIOA()
        self.board_info = board_info
        self._functions = {}

    @native
    def register(self, pin=None, function=None, force=True):
        if pin is None or function is None:
            print('Please enter Pin and function')
            return -1
        taken = [entry for entry in self._functions.items() if entry[0] == pin or entry[1] == function]
        if taken and not force:
            return taken[0]
        for other, _ in taken:
            del self._functions[other]
        self._functions[pin] = function
        call('fpioa_set', int(pin), int(function))
        return 1

    @native
    def unregister(self, pin=None, function=None):
        for entry in list(self._functions.items()):
            if entry[0] == pin or entry[1] == function:
                del self._functions[entry[0]]
                return entry
        return 0

    @native
    def get_pin_by_function(self, function):
        return self.fpioa.get_Pin_num(function)

    @native
    def get_gpio_used(self):
        return [entry for entry in self._functions.items()]

    @native
    def help(self):
        self.fpioa.help()

    def __getattr__(self, name):
        return missing('fm', name)


fm = Fpioa_Manager()


def __getattr__(name):
    return missing('fpioa_manager', name)
