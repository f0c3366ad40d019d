# Pin of pyb and machine on OpenMV (one class, as in ports/stm32/pin.c). Edges are recorded under the name on the header.
from _interrupts import attach
from _vhw import call, direct, missing, native

# Header pins of the H7 Plus and the chip's pins behind them (ports/stm32/boards/OPENMV4P/pins.csv).
_HEADER = {
    'P0': 'B15', 'P1': 'B14', 'P2': 'B13', 'P3': 'B12', 'P4': 'B10', 'P5': 'B11', 'P6': 'A5', 'P7': 'D12', 'P8': 'D13', 'P9': 'G3',
    'LED_RED': 'C0', 'LED_GREEN': 'C1', 'LED_BLUE': 'C2', 'LED_IR': 'E2'
}
_pins = {}


def _find(name):
    if isinstance(name, Pin):
        return name
    if not isinstance(name, str):
        raise TypeError("can't convert '" + type(name).__name__ + "' object to str implicitly")
    for header, chip in _HEADER.items():
        if name in (header, chip, 'P' + chip):
            return _pins[header]
    raise ValueError("Pin('" + name + "') doesn't exist")


def chip_of(pin):
    return _HEADER[pin._name]


_numbers = {}


def listen(name, handler, argument, trigger, hard, fail=None):
    # Edges come from outside: --device. Only one function hears of those of a pin.
    edges = 0 if handler is None else trigger >> 20 & 3
    if handler is not None:
        _numbers[name] = attach(handler, argument, _numbers.get(name), fail)
    call('pin_listen', name, _numbers.get(name, 0), edges, bool(hard))


def thrown_at(line):
    # The port takes a function away that has thrown in the interrupt itself, and its line with it: Handle_EXTI_Irq.
    return 'uncaught exception in ExtInt interrupt handler line %d\n' % line


class Pin:
    IRQ_RISING = 0x10110000
    IRQ_FALLING = 0x10210000
    IN = 0
    OUT = OUT_PP = 1
    ALT = AF_PP = 2
    ANALOG = 3
    OPEN_DRAIN = OUT_OD = 17
    ALT_OPEN_DRAIN = AF_OD = 18
    PULL_NONE = 0
    PULL_UP = 1
    PULL_DOWN = 2

    @native
    def __new__(cls, id, *args, **kwargs):
        pin = _find(id)
        if args or kwargs:
            pin._configure(*args, **kwargs)
        return pin

    # Runs again on the same pin after each __new__, as the board has one object for each pin.
    def __init__(self, *args, **kwargs):
        pass

    def _configure(self, mode, pull=None, af=-1, *, value=None, alt=-1):
        if mode not in (Pin.IN, Pin.OUT, Pin.OPEN_DRAIN):
            if mode in (Pin.ALT, Pin.ANALOG, Pin.ALT_OPEN_DRAIN):
                missing('Pin', 'mode %d (only IN, OUT_PP and OUT_OD are)' % mode)
            raise ValueError('invalid pin mode: %d' % mode)
        if pull not in (None, Pin.PULL_NONE, Pin.PULL_UP, Pin.PULL_DOWN):
            raise ValueError('invalid pin pull: %d' % pull)
        self._mode = mode
        self._pull = pull or Pin.PULL_NONE
        level = -1 if value is None else int(bool(value))
        # An open drain that lets go is high: nothing else pulls its line down.
        call('pin_init', self._name, mode != Pin.IN, self._pull == Pin.PULL_UP, level)

    @native
    def init(self, mode, *args, **kwargs):
        self._configure(mode, *args, **kwargs)

    @native
    def value(self, *level):
        if not level:
            return call('pin_read', self._name)
        if len(level) > 1:
            raise TypeError('function expected at most 2 arguments, got %d' % (1 + len(level)))
        call('pin_write', self._name, int(bool(level[0])))

    __call__ = value = direct('pin.value', value)

    @native
    def on(self):
        call('pin_write', self._name, 1)

    high = on = direct('pin.on', on)

    @native
    def off(self):
        call('pin_write', self._name, 0)

    low = off = direct('pin.off', off)

    @native
    def toggle(self):
        call('pin_toggle', self._name)

    toggle = direct('pin.toggle', toggle)

    @native
    def irq(self, handler=None, trigger=IRQ_RISING | IRQ_FALLING, hard=False):
        listen(self._name, handler, self, trigger, hard, self._fail if hard else None)

    def _fail(self):
        listen(self._name, None, self, 0, True)
        return thrown_at(self.pin())

    @native
    def mode(self):
        return self._mode

    @native
    def pull(self):
        return self._pull

    @native
    def name(self):
        return _HEADER[self._name]

    @native
    def names(self):
        return [self.name(), self._name]

    @native
    def port(self):
        return ord(_HEADER[self._name][0]) - ord('A')

    @native
    def pin(self):
        return int(_HEADER[self._name][1:])

    def __repr__(self):
        pull = ('', ', pull=Pin.PULL_UP', ', pull=Pin.PULL_DOWN')[self._pull]
        return 'Pin(Pin.cpu.%s, mode=Pin.%s%s)' % (_HEADER[self._name], {Pin.IN: 'IN', Pin.OUT: 'OUT'}.get(self._mode, 'OPEN_DRAIN'), pull)

    def __getattr__(self, name):
        return missing('Pin', name)


class _Names:
    pass


Pin.board = _Names()
Pin.cpu = _Names()
for _name, _chip in _HEADER.items():
    _pins[_name] = object.__new__(Pin)
    _pins[_name]._name = _name
    _pins[_name]._mode = Pin.IN
    _pins[_name]._pull = Pin.PULL_NONE
    call('pin_bind', id(_pins[_name]), id(Pin), _name)
    setattr(Pin.board, _name, _pins[_name])
    setattr(Pin.cpu, _chip, _pins[_name])
