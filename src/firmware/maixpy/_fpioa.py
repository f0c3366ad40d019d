# Functions of the chip that a pin can carry, by the names of its SDK (fpioa.h), which numbers them in this order.


def _row(prefix, names):
    return [prefix + name for name in names.split()]


def _numbered(prefix, count):
    return [prefix + str(number) for number in range(count)]


_NAMES = _row('JTAG_', 'TCLK TDI TMS TDO') + _numbered('SPI0_D', 8) + _numbered('SPI0_SS', 4)
_NAMES += ['SPI0_ARB', 'SPI0_SCLK', 'UARTHS_RX', 'UARTHS_TX', 'RESV6', 'RESV7', 'CLK_SPI1', 'CLK_I2C1']
_NAMES += _numbered('GPIOHS', 32) + _numbered('GPIO', 8)
for _port in (1, 2, 3):
    _NAMES += _row('UART%d_' % _port, 'RX TX')
_NAMES += _numbered('SPI1_D', 8) + _numbered('SPI1_SS', 4) + ['SPI1_ARB', 'SPI1_SCLK']
_NAMES += _row('SPI_SLAVE_', 'D0 SS SCLK')
for _port in (0, 1, 2):
    _NAMES += _row('I2S%d_' % _port, 'MCLK SCLK WS')
    _NAMES += _numbered('I2S%d_IN_D' % _port, 4) + _numbered('I2S%d_OUT_D' % _port, 4)
_NAMES += _numbered('RESV', 6)
for _port in (0, 1, 2):
    _NAMES += _row('I2C%d_' % _port, 'SCLK SDA')
_NAMES += _row('CMOS_', 'XCLK RST PWDN VSYNC HREF PCLK') + _numbered('CMOS_D', 8) + ['SCCB_SCLK', 'SCCB_SDA']
for _port in (1, 2, 3):
    _NAMES += _row('UART%d_' % _port, 'CTS DSR DCD RI SIR_IN DTR RTS OUT2 OUT1 SIR_OUT BAUD RE DE RS485_EN')
for _port in (0, 1, 2):
    _NAMES += ['TIMER%d_TOGGLE%d' % (_port, _channel) for _channel in (1, 2, 3, 4)]

FUNCTIONS = {name: number for number, name in enumerate(_NAMES)}
