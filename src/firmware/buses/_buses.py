# What UART, I2C and SPI of the firmwares share; devices at the other ends are those of --device.
from _vhw import call, hex as _hex, missing, native, unhex

_NO_DEVICE = 19


def data_of(value):
    # Bytes that a script sends: a number is one byte.
    if isinstance(value, int):
        return bytes((value & 255,))
    if isinstance(value, str):
        return value.encode()
    if isinstance(value, (bytes, bytearray, memoryview)):
        return bytes(value)
    # An image whose firmware lets its pixels be read as bytes.
    of_image = getattr(type(value), '_buffer', None)
    if of_image:
        return of_image(value)
    try:
        return bytes(memoryview(value))
    except TypeError:
        raise TypeError('object with buffer protocol required')


def fill(buffer, data):
    memoryview(buffer)[:len(data)] = data


def baud_of(value, what):
    if not isinstance(value, (int, float)) or int(value) <= 0:
        raise ValueError('invalid ' + what + ': ' + str(value))
    return int(value)


class Line:
    # Firmwares fill in _port, _first and _next: how long a read waits for its first and its next character, in ms.
    _first = _next = 0

    def _open(self, baud, bits, buffer):
        call('uart_open', self._port, baud, bits, buffer)

    def _take(self, count):
        return unhex(call('uart_read', self._port, count, self._first, self._next))

    @native
    def any(self):
        return call('uart_any', self._port)

    @native
    def write(self, data):
        data = data_of(data)
        call('uart_write', self._port, _hex(data))
        return len(data)

    @native
    def read(self, count=-1):
        return self._take(count if count is not None and count >= 0 else 1 << 20) or None

    @native
    def readinto(self, buffer, count=None):
        data = self._take(len(buffer) if count is None else min(count, len(buffer)))
        fill(buffer, data)
        return len(data) or None

    @native
    def readline(self, count=-1):
        line = b''
        while count < 0 or len(line) < count:
            wait = self._next if line else self._first
            byte = unhex(call('uart_read', self._port, 1, wait, wait))
            line += byte
            if not byte or byte == b'\n':
                break
        return line or None

    def __getattr__(self, name):
        return missing('UART', name)


def _number(register, bits):
    return bytes((register >> shift & 255 for shift in range(bits - 8, -1, -8)))


class I2cBus:
    # The methods of machine.I2C. Firmwares fill in _port and _hz.
    def _send(self, address, data):
        if not call('i2c_write', self._port, address, _hex(data), self._hz):
            raise OSError(_NO_DEVICE)

    def _receive(self, address, count):
        data = call('i2c_read', self._port, address, count, self._hz)
        if data is None:
            raise OSError(_NO_DEVICE)
        return unhex(data)

    @native
    def scan(self):
        return [address for address in range(8, 120) if call('i2c_probe', self._port, address, self._hz)]

    @native
    def writeto(self, addr, buf, stop=True):
        data = data_of(buf)
        self._send(addr, data)
        return len(data)

    @native
    def readfrom(self, addr, nbytes, stop=True):
        return self._receive(addr, nbytes)

    @native
    def readfrom_into(self, addr, buf, stop=True):
        fill(buf, self._receive(addr, len(buf)))

    @native
    def readfrom_mem(self, addr, memaddr, nbytes, *, addrsize=8):
        self._send(addr, _number(memaddr, addrsize))
        return self._receive(addr, nbytes)

    @native
    def readfrom_mem_into(self, addr, memaddr, buf, *, addrsize=8):
        self._send(addr, _number(memaddr, addrsize))
        fill(buf, self._receive(addr, len(buf)))

    @native
    def writeto_mem(self, addr, memaddr, buf, *, addrsize=8):
        self._send(addr, _number(memaddr, addrsize) + data_of(buf))

    @native
    def deinit(self):
        pass

    def __getattr__(self, name):
        return missing('I2C', name)


class SpiBus:
    # The methods of machine.SPI. Firmwares fill in _port, _hz, _bits and _idle: what an undriven line reads.
    _bits = 8
    _idle = 0

    def _transfer(self, data, reads=False):
        return unhex(call('spi_transfer', self._port, _hex(data), self._hz, self._bits, self._idle, reads))

    @native
    def write(self, buf):
        self._transfer(data_of(buf))

    @native
    def read(self, nbytes, write=0):
        return self._transfer(bytes((write,)) * nbytes, True)

    @native
    def readinto(self, buf, write=0):
        fill(buf, self._transfer(bytes((write,)) * len(buf), True))

    @native
    def write_readinto(self, write_buf, read_buf):
        fill(read_buf, self._transfer(data_of(write_buf)))

    @native
    def deinit(self):
        pass

    def __getattr__(self, name):
        return missing('SPI', name)
