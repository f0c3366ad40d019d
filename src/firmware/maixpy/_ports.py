# UART, I2C and SPI of MaixPy 0.5 (machine_uart.c, machine_i2c.c, machine_hw_spi.c); devices are those of --device.
from _buses import I2cBus, Line, SpiBus, baud_of, data_of
from _vhw import missing, native


class UART(Line):
    UART1 = 0
    UART2 = 1
    UART3 = 2
    UARTHS = 3
    PARITY_ODD = 1
    PARITY_EVEN = 2

    @native
    def __init__(self, id, *settings, **named):
        if id not in (0, 1, 2, 3):
            raise ValueError('[MAIXPY]UART%d:does not exist' % id)
        self._port = id + 1
        self._configure(*settings, **named)

    def _configure(
        self, baudrate=115200, bits=8, parity=None, stop=None, *, timeout=1000, timeout_char=10, read_buf_len=256, ide=False
    ):
        if ide:
            missing('machine.UART', 'the line of an IDE (ide=True)')
        if not 5 <= bits <= 8:
            raise ValueError('[MAIXPY]UART:invalid data bits')
        if parity not in (None, 0, 1, 2):
            raise ValueError('[MAIXPY]UART:invalid parity')
        stop = stop or 1
        if stop not in (1, 1.5, 2):
            raise ValueError('[MAIXPY]UART:invalid stop bits')
        if not isinstance(baudrate, int) or not 0 < baudrate <= 0x500000:
            raise ValueError('[MAIXPY]UART:invalid baudrate')
        self._first = self._next = timeout_char
        self._text = (id, baudrate, bits)
        self._open(baudrate, 1 + bits + (1 if parity else 0) + stop, max(read_buf_len, 0))

    @native
    def init(self, *settings, **named):
        self._configure(*settings, **named)

    @staticmethod
    def repl_uart():
        return missing('machine.UART', 'repl_uart')

    @staticmethod
    def set_repl_uart(uart):
        missing('machine.UART', 'set_repl_uart')

    @native
    def readchar(self):
        data = self._take(1)
        return data[0] if data else -1

    @native
    def deinit(self):
        pass

    def __repr__(self):
        return '[MAIXPY]UART%d:( baudrate=%d, bits=%d)' % (self._port - 1, self._text[1], self._text[2])


class I2C(I2cBus):
    I2C0 = 0
    I2C1 = 1
    I2C2 = 2
    I2C3 = I2C_SOFT = 3
    I2C4 = 4
    MODE_MASTER = 0
    MODE_SLAVE = 1
    I2C_EV_START = 0
    I2C_EV_RESTART = 1
    I2C_EV_STOP = 2

    @native
    def __init__(self, id, *settings, **named):
        self._port = id
        self._configure(*settings, **named)

    def _configure(self, mode=0, scl=None, sda=None, gscl=None, gsda=None, freq=400000, timeout=1000, addr=0, **named):
        if mode != I2C.MODE_MASTER:
            missing('machine.I2C', 'a slave (mode=MODE_SLAVE)')
        self._hz = baud_of(freq, 'freq')

    @native
    def init(self, *settings, **named):
        self._configure(*settings, **named)

    @native
    def readfrom_mem(self, addr, memaddr, nbytes, mem_size=8):
        self._send(addr, memaddr.to_bytes(mem_size // 8, 'big'))
        return self._receive(addr, nbytes)

    @native
    def readfrom_mem_into(self, addr, memaddr, buf, mem_size=8):
        self._send(addr, memaddr.to_bytes(mem_size // 8, 'big'))
        memoryview(buf)[:] = self._receive(addr, len(buf))

    @native
    def writeto_mem(self, addr, memaddr, buf, mem_size=8):
        self._send(addr, memaddr.to_bytes(mem_size // 8, 'big') + data_of(buf))


class SPI(SpiBus):
    SPI0 = 0
    SPI1 = 1
    SPI2 = 2
    SPI_SOFT = 4
    MODE_MASTER = 0
    MODE_MASTER_2 = 1
    MODE_MASTER_4 = 2
    MODE_MASTER_8 = 3
    MODE_SLAVE = 4
    MSB = 0
    LSB = 1
    CS0 = 0
    CS1 = 1
    CS2 = 2
    CS3 = 3

    @native
    def __init__(self, id, *settings, **named):
        self._port = id
        self._configure(*settings, **named)

    def _configure(self, mode=0, baudrate=500000, polarity=0, phase=0, bits=8, firstbit=0, *pins, **named):
        if mode != SPI.MODE_MASTER:
            missing('machine.SPI', 'any mode but MODE_MASTER')
        self._hz = baud_of(baudrate, 'baudrate')
        self._bits = bits

    @native
    def init(self, *settings, **named):
        self._configure(*settings, **named)

    @native
    def write(self, buf, cs=0):
        self._transfer(data_of(buf))

    @native
    def read(self, nbytes, write=0, cs=0):
        return self._transfer(bytes((write,)) * nbytes, True)

    @native
    def readinto(self, buf, write=0, cs=0):
        memoryview(buf)[:] = self._transfer(bytes((write,)) * len(buf), True)

    @native
    def write_readinto(self, write_buf, read_buf, cs=0):
        memoryview(read_buf)[:] = self._transfer(data_of(write_buf))
