# Timer, Servo and ExtInt of pyb on OpenMV (ports/stm32 timer.c, servo.c, extint.c); texts are those.
import _interrupts
from _pin import Pin, chip_of, listen, thrown_at
from _vhw import call, missing, native

# Channels of timers at the pins of the header.
_CHANNELS = {
    'P0': ((12, 2),), 'P1': ((12, 1),), 'P4': ((2, 3),), 'P5': ((2, 4),), 'P6': ((2, 1),), 'P7': ((4, 1),), 'P8': ((4, 2),)
}
_WIDE = (2, 5)
_WORD = 2**31


class TimerChannel:
    def __init__(self, timer, channel, mode, pin):
        self._timer = timer
        self._channel = channel
        self._mode = mode
        self._pin = pin
        self._high = 0
        self._is_on = False

    def _show(self):
        if self._pin is None:
            return
        timer = self._timer
        name = 'pwm_change' if self._is_on else 'pwm_start'
        call(name, self._pin._name, timer._prescaler + 1, timer._period + 1, self._high, self._mode == Timer.PWM_INVERTED)
        self._is_on = True

    def _stop(self):
        if self._is_on:
            call('pwm_stop', self._pin._name)
            self._is_on = False

    def _percent(self, percent):
        period = self._timer._period + 1
        self._high = period if percent >= 100 else 0 if percent <= 0 else int(percent * period / 100)

    @native
    def pulse_width(self, *width):
        if not width:
            return self._high
        self._high = int(width[0])
        self._show()

    compare = capture = pulse_width

    @native
    def pulse_width_percent(self, *percent):
        if not percent:
            return self._high * 100 / (self._timer._period + 1)
        self._percent(percent[0])
        self._show()

    @native
    def callback(self, function):
        if function is not None:
            missing('pyb.TimerChannel', 'callback')

    def __repr__(self):
        return 'TimerChannel(timer=%d, channel=%d, mode=%s)' % (self._timer._id, self._channel, _MODES[self._mode])

    def __getattr__(self, name):
        return missing('pyb.TimerChannel', name)


_MODES = ('PWM', 'PWM_INVERTED', 'OC_TIMING')


class Timer:
    PWM = 0
    PWM_INVERTED = 1
    OC_TIMING = 2
    OC_ACTIVE = 3
    OC_INACTIVE = 4
    OC_TOGGLE = 5
    OC_FORCED_ACTIVE = 6
    OC_FORCED_INACTIVE = 7
    IC = 8
    ENC_A = 9
    ENC_B = 10
    ENC_AB = 11
    UP = 0
    DOWN = 16
    CENTER = 32
    HIGH = 0
    LOW = 2
    RISING = 0
    FALLING = 2
    BOTH = 10

    @native
    def __init__(self, id, **settings):
        if not 1 <= id <= 17 or id in (9, 10, 11):
            raise ValueError("Timer(%d) doesn't exist" % id)
        self._id = id
        self._number = None
        self._function = None
        self._prescaler = self._period = 0
        self._channels = {}
        if settings:
            self._init(**settings)

    def _init(self, *, freq=None, prescaler=None, period=None, tick_hz=1000, mode=0, div=1, callback=None, deadtime=0):
        if freq is not None:
            self._set_freq(freq)
        elif prescaler is not None and period is not None:
            self._prescaler, self._period = int(prescaler), int(period)
        else:
            raise TypeError('must specify either freq, or prescaler and period')
        self._function = callback
        self._start()

    def _set_freq(self, freq):
        if isinstance(freq, int) and not -_WORD <= freq < _WORD:
            raise OverflowError('overflow converting long int to machine word')
        if not freq > 0:
            raise ValueError('must have positive freq')
        prescaler = 1
        if isinstance(freq, float):
            while freq < 1 and prescaler < 6553:
                prescaler, freq = prescaler * 10, freq * 10
        source = call('timer_source_hz')
        # A frequency above the timer's own gives a period of one step, with which the counter stands still.
        steps = source // freq if isinstance(freq, int) else source / freq
        period = 0xffffffff if steps > 0xffffffff else max(1, int(steps))
        most = 0xffffffff if self._id in _WIDE else 0xffff
        while period > most:
            if period % 5 == 0:
                prescaler, period = prescaler * 5, period // 5
            elif period % 3 == 0:
                prescaler, period = prescaler * 3, period // 3
            else:
                prescaler, period = prescaler * 2, period // 2
        self._prescaler = prescaler - 1 & 0xffff
        self._period = period - 1 & most

    def _start(self):
        number = -1
        if self._function is not None:
            number = self._number = _interrupts.attach(self._function, self, self._number, self._fail)
        call('timer_start', self._id, self._prescaler + 1, self._period + 1, number)

    def _fail(self):
        # The port takes a function away that has thrown: timer_handle_irq_channel.
        self._function = None
        call('timer_silence', self._id)
        return 'uncaught exception in Timer(%d) interrupt handler\n' % self._id

    @native
    def init(self, **settings):
        self._init(**settings)

    @native
    def deinit(self):
        call('timer_stop', self._id)
        for channel in self._channels.values():
            channel._stop()

    @native
    def callback(self, function):
        if function is not None and not callable(function):
            raise ValueError('callback must be None or a callable object')
        self._function = function
        self._start()

    @native
    def freq(self, *freq):
        if not freq:
            hz = call('timer_source_hz') / ((self._prescaler + 1) * (self._period + 1))
            return int(hz) if hz == int(hz) else hz
        percents = [(channel, channel._high / (self._period + 1)) for channel in self._channels.values()]
        self._set_freq(freq[0])
        self._start()
        for channel, share in percents:
            channel._percent(share * 100)
            channel._show()

    @native
    def source_freq(self):
        return call('timer_source_hz')

    @native
    def prescaler(self, *value):
        if not value:
            return self._prescaler
        self._prescaler = int(value[0])
        self._start()

    @native
    def period(self, *value):
        if not value:
            return self._period
        self._period = int(value[0])
        self._start()

    @native
    def counter(self, *value):
        if value:
            missing('pyb.Timer', 'counter(value)')
        return call('timer_counter', self._id)

    @native
    def channel(self, channel, mode=None, **settings):
        if not 1 <= channel <= 4:
            raise ValueError('invalid channel (%d)' % channel)
        if mode is None:
            return self._channels.get(channel)
        return self._open(channel, mode, **settings)

    def _open(self, channel, mode, *, callback=None, pin=None, pulse_width=None, pulse_width_percent=None, compare=0, polarity=0):
        if mode not in (Timer.PWM, Timer.PWM_INVERTED):
            missing('pyb.Timer', 'channel() of other modes than PWM and PWM_INVERTED')
        if callback is not None:
            missing('pyb.Timer', 'channel(callback=)')
        if pin is not None:
            if not isinstance(pin, Pin):
                raise ValueError('pin argument needs to be be a Pin type')
            if (self._id, channel) not in _CHANNELS.get(pin._name, ()):
                raise ValueError("Pin(%s) doesn't have an af for Timer(%d)" % (chip_of(pin), self._id))
        opened = self._channels[channel] = TimerChannel(self, channel, mode, pin)
        if pulse_width_percent is not None:
            opened._percent(pulse_width_percent)
        else:
            opened._high = int(pulse_width or 0)
        opened._show()
        return opened

    def __repr__(self):
        return 'Timer(%d, freq=%s, prescaler=%d, period=%d, mode=UP, div=1)' % (
            self._id, self.freq(), self._prescaler, self._period)

    def __getattr__(self, name):
        return missing('pyb.Timer', name)


class Servo:
    # Pulses in steps of 10 us, every 20 ms.
    _PINS = {1: 'P7', 2: 'P8'}

    @native
    def __init__(self, id):
        if id not in Servo._PINS:
            raise ValueError("Servo(%d) doesn't exist" % id)
        self._id = id
        self._least, self._most, self._centre, self._quarter, self._full = 64, 242, 150, 97, 70
        self._put(self._centre)

    def _put(self, pulse):
        self._pulse = min(max(int(pulse), self._least), self._most)
        call('servo_pulse', Servo._PINS[self._id], 20000, self._pulse * 10)

    @native
    def pulse_width(self, *us):
        if not us:
            return self._pulse * 10
        self._put(us[0] // 10)

    @native
    def angle(self, *angle):
        if not angle:
            return (self._pulse - self._centre) * 90 // self._quarter
        self._put(self._centre + self._quarter * angle[0] / 90)

    @native
    def speed(self, *speed):
        if not speed:
            return (self._pulse - self._centre) * 100 // self._full
        self._put(self._centre + self._full * speed[0] / 100)

    @native
    def calibration(self, *us):
        if not us:
            return tuple(10 * value for value in (self._least, self._most, self._centre, self._quarter + self._centre, self._full + self._centre))
        self._least, self._most, self._centre = [value // 10 for value in us[:3]]
        if len(us) == 5:
            self._quarter, self._full = us[3] // 10 - self._centre, us[4] // 10 - self._centre

    def __repr__(self):
        return '<Servo %d at %dus>' % (self._id, self._pulse * 10)

    def __getattr__(self, name):
        return missing('pyb.Servo', name)


class ExtInt:
    # One function for each line, called in the interrupt itself; edges come from --device.
    IRQ_RISING = 0x10110000
    IRQ_FALLING = 0x10210000
    IRQ_RISING_FALLING = 0x10310000
    EVT_RISING = 0x10120000
    EVT_FALLING = 0x10220000
    EVT_RISING_FALLING = 0x10320000

    @native
    def __init__(self, pin, mode, pull, callback):
        if mode not in (ExtInt.IRQ_RISING, ExtInt.IRQ_FALLING, ExtInt.IRQ_RISING_FALLING):
            missing('pyb.ExtInt', 'modes of events')
        self._pin, self._mode, self._callback = None, mode, callback
        self._number = None
        if isinstance(pin, int):
            self._line = pin
        else:
            self._pin = Pin(pin)
            self._line = self._pin.pin()
            self._pin.init(Pin.IN, pull)
        self._listen(True)
        if callback is not None:
            self._number = _interrupts.attach(callback, self._line, None, self._fail)

    def _fail(self):
        self._callback = self._number = None
        self._listen(False)
        return thrown_at(self._line)

    def _listen(self, is_on):
        self._is_on = is_on
        if self._pin is not None:
            listen(self._pin._name, self._callback if is_on else None, self._line, self._mode, True, self._fail)

    @native
    def line(self):
        return self._line

    @native
    def enable(self):
        self._listen(True)

    @native
    def disable(self):
        self._listen(False)

    @native
    def swint(self):
        if self._is_on and self._number is not None:
            call('interrupt_raise', self._number)

    def __repr__(self):
        return '<ExtInt line=%d>' % self._line

    def __getattr__(self, name):
        return missing('pyb.ExtInt', name)
