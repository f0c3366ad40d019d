# Maix of MaixPy 0.5: GPIO and FPIOA. A pin's edges are recorded under its name on the board (board.py).
from _vhw import call, missing, native

_NAMES = ['GPIO%d' % number for number in range(8)]
_HIGH_SPEED = ['GPIOHS%d' % number for number in range(32)]


class FPIOA:
    @native
    def set_function(self, pin, function):
        call('fpioa_set', int(pin), int(function))

    @native
    def get_Pin_num(self, function):
        pin = call('fpioa_pin_of', int(function))
        return pin if pin >= 0 else None

    def __getattr__(self, name):
        return missing('FPIOA', name)


class GPIO:
    IN = 0
    OUT = 3
    PULL_NONE = 0
    PULL_DOWN = 1
    PULL_UP = 2
    IRQ_RISING = 1
    IRQ_FALLING = 2
    IRQ_BOTH = 3
    WAKEUP_NOT_SUPPORT = 0

    @native
    def __init__(self, ID, MODE=IN, PULL=PULL_NONE, value=None):
        if MODE not in (GPIO.IN, GPIO.OUT):
            raise ValueError('invalid mode')
        self._function = int(ID)
        self._mode = MODE
        self._pull = PULL
        call('gpio_init', self._function)
        if value is not None:
            call('gpio_set', self._function, int(bool(value)))

    @native
    def value(self, *level):
        if not level:
            if self._mode == GPIO.IN:
                return call('gpio_input', self._function, self._pull == GPIO.PULL_UP)
            return call('gpio_get', self._function)
        if self._mode == GPIO.OUT:
            call('gpio_set', self._function, int(bool(level[0])))

    @native
    def mode(self, *mode):
        if not mode:
            return self._mode
        self._mode = mode[0]

    def __getattr__(self, name):
        return missing('GPIO', name)


class utils:
    @staticmethod
    @native
    def gc_heap_size(*size):
        if size and size[0] != call('clock_heap_bytes'):
            missing('Maix.utils', 'gc_heap_size(size), which restarts the board,')
        return call('clock_heap_bytes')

    @staticmethod
    @native
    def heap_free():
        return call('kpu_free_bytes')


class freq:
    @staticmethod
    @native
    def get_cpu():
        return call('clock_core_hz') // 1000000


# Numbers of the functions in the chip's FPIOA table: GPIOHS0 is 24, GPIO0 is 56.
for _index, _name in enumerate(_NAMES):
    setattr(GPIO, _name, 56 + _index)
    setattr(FPIOA, _name, 56 + _index)
for _index, _name in enumerate(_HIGH_SPEED):
    setattr(GPIO, _name, 24 + _index)
    setattr(FPIOA, _name, 24 + _index)


def __getattr__(name):
    return missing('Maix', name)
