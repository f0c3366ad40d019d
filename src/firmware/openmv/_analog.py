# ADC and DAC of pyb on OpenMV; what an ADC reads is a device of --device.
from _pin import Pin
from _vhw import call, missing, native


class ADC:
    @native
    def __init__(self, pin):
        self._pin = Pin(pin)
        if self._pin._name != 'P6':
            raise ValueError("pin %s doesn't have ADC capabilities" % self._pin.name())

    @native
    def read(self):
        return call('adc_read', self._pin._name)

    def __repr__(self):
        return '<ADC on %s channel=19>' % self._pin.name()

    def __getattr__(self, name):
        return missing('pyb.ADC', name)


class DAC:
    NORMAL = 0
    CIRCULAR = 1

    @native
    def __init__(self, port, bits=8, *, buffering=None):
        if port not in (2, 'P6') and not (isinstance(port, Pin) and port._name == 'P6'):
            raise ValueError("DAC(%s) doesn't exist" % port)
        self._bits = bits

    @native
    def init(self, bits=8, *, buffering=None):
        self._bits = bits

    @native
    def write(self, value):
        call('pin_spend')

    @native
    def deinit(self):
        pass

    def __getattr__(self, name):
        return missing('pyb.DAC', name)
