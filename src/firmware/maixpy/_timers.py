# Timer and PWM of MaixPy 0.5 (machine_timer.c, machine_pwm.c); texts are those.
import _interrupts
from _vhw import call, missing, native


class Timer:
    TIMER0 = 0
    TIMER1 = 1
    TIMER2 = 2
    CHANNEL0 = 0
    CHANNEL1 = 1
    CHANNEL2 = 2
    CHANNEL3 = 3
    MODE_ONE_SHOT = 0
    MODE_PERIODIC = 1
    MODE_PWM = 2
    UNIT_NS = 0
    UNIT_US = 1
    UNIT_MS = 2
    UNIT_S = 3

    @native
    def __init__(self, id, channel, **settings):
        if id not in (0, 1, 2) or channel not in (0, 1, 2, 3):
            raise ValueError('[MAIXPY]Timer:Invalid timer')
        self._timer = id
        self._channel = channel
        self._number = None
        self._configure(**settings)

    def _configure(self, *, mode=0, period=1000, unit=2, callback=None, arg=None, start=True, priority=1, div=0):
        if mode not in (0, 1, 2):
            raise ValueError('[MAIXPY]Timer:Invalid mode')
        self._mode, self._period, self._unit, self._div = mode, int(period), unit, int(div)
        self._arg, self._priority, self._callback = arg, priority, callback
        if mode != Timer.MODE_PWM:
            if not callable(callback):
                raise ValueError('[MAIXPY]Timer:Invalid callback')
            if not 1 <= priority <= 7:
                raise ValueError('[MAIXPY]Timer:Invalid priority')
        if not (self._period > 0 and unit in (0, 1, 2, 3) and 0 <= div <= 255 and call('timer_takes', self._ns(), div)):
            raise ValueError('[MAIXPY]Timer:Invalid period or div')
        if mode == Timer.MODE_PWM:
            return
        self._active = False
        self.callback(callback)
        if start:
            self._run()

    def _at(self):
        return self._timer * 4 + self._channel

    def _ns(self):
        return float(self._period) * 1000.0**self._unit

    def _run(self):
        call('timer_start', self._at(), self._ns(), self._div, self._mode == Timer.MODE_ONE_SHOT)
        self._active = True

    @native
    def init(self, **settings):
        self._configure(**settings)

    @native
    def callback(self, function):
        self._number = _interrupts.attach(function, self, self._number)
        call('timer_handle', self._at(), self._number)

    @native
    def callback_arg(self):
        return self._arg

    @native
    def period(self, *setting):
        if setting:
            if len(setting) == 2:
                if setting[1] not in (0, 1, 2, 3):
                    raise ValueError('[MAIXPY]Timer:unit error')
                self._unit = setting[1]
            self._period = int(setting[0])
            self._run()
        return self._period

    @native
    def start(self):
        if not self._active:
            self._run()

    @native
    def stop(self):
        call('timer_stop', self._at())
        self._active = False

    @native
    def restart(self):
        self._run()

    deinit = stop
    __del__ = stop

    def __repr__(self):
        return '[MAIXPY]Timer:(0x80000000) timer=%d, channel=%d, mode=%d, period=%d%s, priority=%d, div=%d' % (
            self._timer,
            self._channel,
            self._mode,
            self._period,
            ('ns', 'us', 'ms', 's')[self._unit],
            self._priority,
            self._div,
        )

    def __getattr__(self, name):
        return missing('machine.Timer', name)


class PWM:
    @native
    def __init__(self, timer, freq=None, duty=None, pin=-1, enable=True):
        self._timer = timer
        self._configure(freq, duty, pin, enable)

    def _configure(self, freq=None, duty=None, pin=-1, enable=True):
        if pin is not None and pin != -1:
            if not 0 <= pin <= 47:
                raise ValueError('[MAIXPY]PWM:Invalid pin number')
            call('fpioa_set', int(pin), 190 + self._timer._at())
        self._duty = _duty(duty)
        self._freq = self._whole(freq)
        self._enabled = bool(enable)
        if self._enabled:
            self._call('pwm_start')

    def _call(self, name):
        timer = self._timer
        return call(name, timer._timer, timer._channel, self._freq, self._duty, timer._div)

    def _whole(self, freq):
        if float(freq) <= 0:
            raise ValueError('[MAIXPY]PWM:Invalid freq')
        return float(call('pwm_hz', float(freq), self._timer._div))

    @native
    def init(self, freq=None, duty=None, pin=-1, enable=True):
        self._configure(freq, duty, pin, enable)

    @native
    def freq(self, *freq):
        if not freq:
            return int(self._freq)
        self._freq = self._whole(freq[0])
        self._call('pwm_change')
        return self._freq

    @native
    def duty(self, *duty):
        if not duty:
            return int(self._duty)
        self._duty = _duty(duty[0])
        self._call('pwm_change')
        return self._duty

    @native
    def enable(self, *enable):
        if not enable or enable[0]:
            self._enabled = True
            self._call('pwm_start')
        else:
            self.disable()

    @native
    def disable(self):
        self._enabled = False
        call('pwm_stop', self._timer._timer, self._timer._channel)

    deinit = disable
    __del__ = disable

    def __repr__(self):
        timer = self._timer
        return '[MAIXPY]PWM:(0x80000000) timer=%d, channel=%d, freq=%.0f, duty=%.2f, enabled=%d' % (
            timer._timer,
            timer._channel,
            self._freq,
            self._duty,
            self._enabled,
        )

    def __getattr__(self, name):
        return missing('machine.PWM', name)


def _duty(duty):
    if not 0 <= float(duty) <= 100:
        raise ValueError('[MAIXPY]PWM:Invalid duty')
    return float(duty)
