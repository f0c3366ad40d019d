# UART, I2C and SPI of pyb and machine on OpenMV (ports/stm32 uart.c, pyb_i2c.c, spi.c). Header pins: UART 1 P0 P1, UART 3
# P4 P5, I2C 2 P4 P5, I2C 4 P7 P8, SPI 2 P0 to P3.
from _vhw import call, missing, native
from _buses import baud_of, data_of, fill, I2cBus, Line, SpiBus

_EIO = 5
# PLL3 gives SPI 2 this clock (omv_boardconfig.h); a power of two divides it.
_SPI_HZ = 160000000


def _port(kind, id, ports):
    if isinstance(id, str):
        raise ValueError(kind + '(' + id + ") doesn't exist")
    if id not in ports:
        raise ValueError('%s(%d) doesn\'t exist' % (kind, id))
    return id


class UART(Line):
    RTS = 256
    CTS = 512
    IRQ_RXIDLE = 16

    @native
    def __init__(self, id, *args, **kwargs):
        self._port = _port('UART', id, (1, 3))
        self._baud = 0
        if args or kwargs:
            self._init(*args, **kwargs)

    def _init(self, baudrate, bits=8, parity=None, stop=1, *, timeout=0, flow=0, timeout_char=0, rxbuf=-1, read_buf_len=64):
        self._baud = baud_of(baudrate, 'baudrate')
        self._first = timeout
        # At least a whole character, 13 bits to be safe.
        self._next = max(timeout_char, 13000 // self._baud + 1)
        self._open(self._baud, 1 + bits + (parity is not None) + stop, read_buf_len if rxbuf < 0 else rxbuf)

    @native
    def init(self, *args, **kwargs):
        self._init(*args, **kwargs)

    @native
    def deinit(self):
        pass

    @native
    def readchar(self):
        data = self._take(1)
        return data[0] if data else -1

    @native
    def writechar(self, char):
        self.write(bytes((char & 255,)))

    @native
    def sendbreak(self):
        pass

    def __repr__(self):
        return 'UART(%d, baudrate=%d)' % (self._port, self._baud)


class I2C(I2cBus):
    MASTER = 0
    SLAVE = 1

    @native
    def __init__(self, id, *args, **kwargs):
        self._port = _port('I2C', id, (2, 4))
        self._hz = 400000
        if args or kwargs:
            self._init(*args, **kwargs)

    def _init(self, mode, *, addr=18, baudrate=400000, gencall=False, dma=False):
        if mode != I2C.MASTER:
            missing('pyb.I2C', 'SLAVE')
        self._hz = baud_of(baudrate, 'baudrate')

    @native
    def init(self, *args, **kwargs):
        self._init(*args, **kwargs)

    def _checked(self, method, *args):
        try:
            return method(*args)
        except OSError:
            raise OSError(_EIO)

    @native
    def is_ready(self, addr):
        return call('i2c_probe', self._port, addr, self._hz)

    @native
    def send(self, send, addr=0, *, timeout=5000):
        self._checked(self._send, addr, data_of(send))

    @native
    def recv(self, recv, addr=0, *, timeout=5000):
        if isinstance(recv, int):
            return self._checked(self._receive, addr, recv)
        fill(recv, self._checked(self._receive, addr, len(recv)))

    def _choose(self, addr, memaddr, addr_size, data):
        self._checked(self._send, addr, memaddr.to_bytes(addr_size // 8, 'big') + data)

    @native
    def mem_read(self, data, addr, memaddr, *, timeout=5000, addr_size=8):
        self._choose(addr, memaddr, addr_size, b'')
        if isinstance(data, int):
            return self._checked(self._receive, addr, data)
        fill(data, self._checked(self._receive, addr, len(data)))

    @native
    def mem_write(self, data, addr, memaddr, *, timeout=5000, addr_size=8):
        self._choose(addr, memaddr, addr_size, data_of(data))

    def __repr__(self):
        return 'I2C(%d, I2C.MASTER, baudrate=%d)' % (self._port, self._hz)


def _divided(wanted):
    divider = 2
    while divider < 256 and _SPI_HZ // divider > wanted:
        divider *= 2
    return _SPI_HZ // divider


class SPI(SpiBus):
    MASTER = 260
    SLAVE = 0
    MSB = 0
    LSB = 128

    @native
    def __init__(self, id, *args, **kwargs):
        self._port = _port('SPI', id, (2,))
        self._hz = _divided(328125)
        if args or kwargs:
            self._init(*args, **kwargs)

    def _init(self, mode, baudrate=328125, *, prescaler=-1, polarity=1, phase=0, bits=8, firstbit=0, ti=False, crc=None, dir=0, nss=0):
        if mode != SPI.MASTER:
            missing('pyb.SPI', 'SLAVE')
        if prescaler > 0:
            baudrate = _SPI_HZ // prescaler
        self._hz = _divided(baud_of(baudrate, 'baudrate'))
        self._bits = bits
        # The line is pulled to the clock's resting level.
        self._idle = 255 if polarity else 0

    @native
    def init(self, *args, **kwargs):
        self._init(*args, **kwargs)

    @native
    def send(self, send, *, timeout=5000):
        self._transfer(data_of(send))

    @native
    def recv(self, recv, *, timeout=5000):
        data = self._transfer(bytes(recv if isinstance(recv, int) else len(recv)), True)
        if isinstance(recv, int):
            return data
        fill(recv, data)

    @native
    def send_recv(self, send, recv=None, *, timeout=5000):
        data = self._transfer(data_of(send))
        if recv is None:
            return data
        fill(recv, data)
        return recv

    def __repr__(self):
        return 'SPI(%d, SPI.MASTER, baudrate=%d)' % (self._port, self._hz)


class MachineI2C(I2cBus):
    @native
    def __init__(self, id=-1, scl=None, sda=None, *, freq=400000, timeout=255):
        if id == -1:
            pins = str(scl)
            id = 4 if 'D12' in pins or 'D13' in pins else 2
        self._port = _port('I2C', id, (2, 4))
        self._hz = baud_of(freq, 'freq')

    @native
    def init(self, scl=None, sda=None, *, freq=400000):
        self._hz = baud_of(freq, 'freq')


class MachineSPI(SpiBus):
    MSB = 0
    LSB = 128

    @native
    def __init__(self, id=2, *args, **kwargs):
        self._port = _port('SPI', id, (2,))
        self._hz = _divided(500000)
        self._init(*args, **kwargs)

    def _init(self, baudrate=500000, *, polarity=0, phase=0, bits=8, firstbit=0, sck=None, mosi=None, miso=None):
        self._hz = _divided(baud_of(baudrate, 'baudrate'))
        self._idle = 255 if polarity else 0

    @native
    def init(self, *args, **kwargs):
        self._init(*args, **kwargs)
