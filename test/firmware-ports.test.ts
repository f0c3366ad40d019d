import { expect, test } from 'vitest';
import { boardById } from '../src/boards/index.ts';
import { readDevices } from '../src/firmware/buses/read-devices.ts';
import { execScript } from '../src/firmware/guest/exec-script.ts';

async function run(source: string, devices: unknown = []) {
  return execScript({
    board: boardById('maixduino'),
    script: { name: 'main.py', source },
    devices: readDevices(devices, 'devices'),
  });
}

test('pins of MaixPy 0.5: pulls as second argument, mode=, call syntax, what is refused', async () => {
  const { stdout, pins } = await run(`from Maix import GPIO, FPIOA, freq
from fpioa_manager import fm, board_info
fm.register(board_info.LED_R, fm.fpioa.GPIO0, force=True)
fm.register(board_info.BOOT_KEY, fm.fpioa.GPIOHS3)
led = GPIO(GPIO.GPIO0, mode=GPIO.OUT)
led(1); led.value(0); led(1)
up, down = GPIO(GPIO.GPIOHS1, GPIO.PULL_UP), GPIO(GPIO.GPIOHS2, GPIO.IN, GPIO.PULL_DOWN)
print(led(), up(), down.value(), up.mode(), up, GPIO.GPIOHS31, GPIO.GPIO7, FPIOA.UART1_TX, FPIOA.TIMER0_TOGGLE1)
print(freq.get(), freq.get_cpu(), freq.set(cpu=400))
for wrong in ((GPIO.GPIO1, GPIO.OUT, GPIO.PULL_UP), (40,), (GPIO.GPIO1, GPIO.IN, 7)):
    try:
        GPIO(*wrong)
    except ValueError as error:
        print(error)`);
  expect(stdout.split('\n')).toEqual([
    '1 1 0 2 Pin(1) 31 39 65 190',
    '(400, 400) 400 None',
    'When this pin is in output mode, it is not allowed to pull up and down.',
    'invalid pin',
    'this mode not support.',
    '',
  ]);
  expect(Object.keys(pins)).toContain('LED_R');
});

test('irq calls its function between bytecodes, at edges of its kind, until disirq', async () => {
  const levels = [100, 150, 200, 250, 300, 350].map((atMs, index) => ({ atMs, level: index % 2 }));
  const { stdout, exception } = await run(
    `from Maix import GPIO
from fpioa_manager import fm, board_info
import utime
fm.register(board_info.BOOT_KEY, fm.fpioa.GPIOHS0)
key = GPIO(GPIO.GPIOHS0, GPIO.IN, GPIO.PULL_NONE)
print(key.value())
key.irq(lambda pin: print(pin, pin.value(), utime.ticks_ms() // 10), GPIO.IRQ_FALLING)
while utime.ticks_ms() < 280: pass
key.disirq()
while utime.ticks_ms() < 400: pass
print(key.value())`,
    [{ bus: 'pin', pin: 'BOOT_KEY', levels }],
  );
  expect([stdout.split('\n'), exception]).toEqual([['1', 'Pin(0) 0 10', 'Pin(0) 0 20', '1', ''], undefined]);
});

test('UART, I2C and SPI reach the devices that are wired', async () => {
  const { stdout, sent } = await run(
    `from machine import UART, I2C, SPI
uart = UART(UART.UART1, 115200, 8, 0, 0, timeout=1000, read_buf_len=4096)
print(uart, uart.write(b'hi'), uart.any())
import utime
utime.sleep_ms(50)
print(uart.readline(), uart.read(), uart.readchar())
i2c = I2C(I2C.I2C0, freq=100000, scl=28, sda=29)
print(i2c.scan(), i2c.readfrom_mem(0x68, 0x75, 1), i2c.readfrom_mem(0x68, 0x75, 1, mem_size=8))
spi = SPI(SPI.SPI1, mode=SPI.MODE_MASTER, baudrate=10000000, polarity=0, phase=0, bits=8, sck=28, mosi=29)
answer = bytearray(2)
spi.write_readinto(bytes((0x8f, 0)), answer)
print(answer[1])
for wrong in (lambda: UART(9), lambda: UART(0, bits=9), lambda: UART(0, 0)):
    try:
        wrong()
    except ValueError as error:
        print(error)`,
    [
      { bus: 'uart', port: 1, sends: [{ atMs: 20, text: 'a line\nand' }], to: 'file.bin' },
      { bus: 'i2c', address: '0x68', registers: { '0x75': '0x71' } },
      { bus: 'spi', registers: { '15': 51 } },
    ],
  );
  expect(stdout.split('\n')).toEqual([
    '[MAIXPY]UART0:( baudrate=115200, bits=8) 2 0',
    "b'a line\\n' b'and' -1",
    "[104] b'q' b'q'",
    '51',
    '[MAIXPY]UART9:does not exist',
    '[MAIXPY]UART:invalid data bits',
    '[MAIXPY]UART:invalid baudrate',
    '',
  ]);
  expect(new TextDecoder().decode(sent['file.bin'])).toBe('hi');
});

test('a lock of _thread works, and a thread is named as what is not modelled', async () => {
  const { stdout, exception } = await run(`import _thread
lock = _thread.allocate_lock()
with lock:
    print(lock.locked(), lock.acquire(0))
print(lock.locked(), _thread.get_ident())
_thread.start_new_thread(print, ())`);
  expect(stdout).toBe('True False\nFalse 1\n');
  expect(exception!.traceback).toContain('_thread.start_new_thread');
  expect(exception!.traceback).toContain('line 6');
});

// 546450051 s are 6324 days and 56451 s, and 25 April 2017 is 6324 days after the first of 2000.
test('the calendar counts from the year 2000 and can be set', async () => {
  const { stdout } = await run(`import time
day = time.localtime(546450051)
print(day, time.mktime(day), time.time())
time.set_time(day)
time.sleep(1)
print(time.time() - 546450051, time.localtime()[:6])`);
  expect(stdout).toBe('(2017, 4, 25, 15, 40, 51, 1, 115) 546450051 0\n1 (2017, 4, 25, 15, 40, 52)\n');
});
