# Maix of MaixPy 0.5: GPIO, FPIOA, freq, utils. A pin's edges are recorded under its name on the board (fpioa.ts).
import _interrupts
from _fpioa import FUNCTIONS
from _vhw import call, direct, missing, native

_HIGH_SPEED = 32


class FPIOA:
    @native
    def set_function(self, pin, function, *settings):
        if not 0 <= pin <= 47:
            raise ValueError('pin num must be in range[0,FPIOA_NUM_IO]')
        if not 0 <= function <= 255:
            raise ValueError('function num must be in range[0,FUNC_MAX]')
        call('fpioa_set', int(pin), int(function))

    @native
    def get_Pin_num(self, function):
        pin = call('fpioa_pin_of', int(function))
        return pin if pin >= 0 else None

    @native
    def help(self, *function):
        names = {number: name for name, number in FUNCTIONS.items()}
        for number in function or sorted(names):
            print('%-16s %d' % (names.get(number, 'unknown'), number))

    def __getattr__(self, name):
        return missing('FPIOA', name)


for _name, _number in FUNCTIONS.items():
    setattr(FPIOA, _name, _number)


class _Irq:
    """What GPIO.irq gives: an object without methods that scripts use."""


class GPIO:
    IN = 0
    PULL_DOWN = 1
    PULL_UP = 2
    OUT = 3
    PULL_NONE = -1
    IRQ_NONE = 0
    IRQ_FALLING = 1
    IRQ_RISING = 2
    IRQ_BOTH = 3
    WAKEUP_NOT_SUPPORT = 0

    @native
    def __init__(self, ID, *settings, **named):
        if not isinstance(ID, int) or not 0 <= ID < 40:
            raise ValueError('invalid pin')
        self._id = ID if ID < _HIGH_SPEED else ID - _HIGH_SPEED
        self._is_fast = ID < _HIGH_SPEED
        self._function = (FPIOA.GPIOHS0 if self._is_fast else FPIOA.GPIO0) + self._id
        self._mode = GPIO.IN
        self._handler = None
        if settings or named:
            self._configure(*settings, **named)
        self._tell()

    def _tell(self):
        call('gpio_bind', id(self), id(GPIO), self._function, self._mode)

    def _configure(self, mode=None, pull=None, *, value=None):
        if mode is None:
            return
        if mode == GPIO.OUT and pull not in (None, GPIO.PULL_NONE):
            raise ValueError('When this pin is in output mode, it is not allowed to pull up and down.')
        if pull not in (None, GPIO.PULL_NONE, GPIO.PULL_UP, GPIO.PULL_DOWN):
            raise ValueError('this mode not support.')
        self._mode = mode if pull in (None, GPIO.PULL_NONE) else pull
        call('gpio_init', self._function)
        if value is not None:
            call('gpio_set', self._function, int(bool(value)))

    @native
    def init(self, *settings, **named):
        self._configure(*settings, **named)
        self._tell()

    @native
    def value(self, *level):
        if not level:
            if self._mode == GPIO.OUT:
                return call('gpio_get', self._function)
            return call('gpio_input', self._function, self._mode == GPIO.PULL_UP)
        call('gpio_set' if self._mode == GPIO.OUT else 'gpio_latch', self._function, int(bool(level[0])))

    __call__ = value = direct('GPIO.value', value)

    @native
    def mode(self, mode=None):
        if mode is None:
            return self._mode
        if mode not in (-1, 0, 1, 2, 3):
            raise ValueError('arg error')
        self._mode = mode
        self._tell()

    @native
    def irq(self, handler=None, trigger=3, wake=None, priority=7):
        if wake:
            raise ValueError('This platform does not support interrupt wakeup')
        if self._is_fast and trigger in (0, 1, 2, 3):
            if handler is None:
                self._stop()
            else:
                self._handler = _interrupts.attach(handler, self, self._handler)
                call('gpio_irq', self._function, self._handler, trigger)
        return _Irq()

    @native
    def disirq(self):
        self._stop()

    def _stop(self):
        call('gpio_irq', self._function, -1, 0)

    def __repr__(self):
        return 'Pin(%d)' % self._id

    def __getattr__(self, name):
        return missing('GPIO', name)


for _number in range(40):
    setattr(GPIO, 'GPIOHS%d' % _number if _number < _HIGH_SPEED else 'GPIO%d' % (_number - _HIGH_SPEED), _number)


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

    def __getattr__(self, name):
        return missing('Maix.utils', name)


utils = utils()


class _Freq:
    @native
    def get_cpu(self):
        return call('clock_core_hz') // 1000000

    @native
    def get_kpu(self):
        return call('kpu_hz') // 1000000

    @native
    def get(self):
        return call('clock_core_hz') // 1000000, call('kpu_hz') // 1000000

    @native
    def set(self, cpu=None, pll1=None, kpu_div=None, **others):
        now = (call('clock_core_hz') // 1000000, call('kpu_hz') // 1000000)
        kpu = others.pop('kpu', None if pll1 is None else pll1 // (kpu_div or 1))
        if others:
            raise TypeError('extra keyword arguments given')
        if (cpu is not None and cpu != now[0]) or (kpu is not None and kpu != now[1]):
            missing('Maix.freq', 'set() of other clocks than %d and %d MHz, which restarts the board,' % now)

    def __getattr__(self, name):
        return missing('Maix.freq', name)


freq = _Freq()


def __getattr__(name):
    return missing('Maix', name)
