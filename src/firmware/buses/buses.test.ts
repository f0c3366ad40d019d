import { expect, test } from 'vitest';
import { boardById } from '../../boards/index.ts';
import { execScript } from '../guest/exec-script.ts';
import type { ScriptedDevice } from '../hardware/scripted-device.ts';
import { readDevices } from './read-devices.ts';

async function run(source: string, document: unknown = [], board = 'openmv-h7-plus') {
  const devices: ScriptedDevice[] = readDevices(document, 'devices');
  const script = { name: 'script.py', source };
  return execScript({ board: boardById(board), script, devices, limitPs: 5e12 });
}

const SENSOR = { bus: 'i2c', address: '0x68', registers: { '0x75': '0x71' }, readings: { 59: [1, 2] } };

test('I2C: registers are read and written, readings follow each other, nobody answers elsewhere', async () => {
  const { stdout, exception } = await run(
    `
from pyb import I2C
import machine
bus = I2C(2, I2C.MASTER, baudrate=100000)
print([hex(a) for a in bus.scan()], bus.mem_read(1, 0x68, 0x75))
print([bus.mem_read(1, 0x68, 59)[0] for _ in range(3)])
bus.mem_write(b'\\x05\\x06', 0x68, 0x10)
bus.send(0x11, 0x68)
print(bus.recv(1, 0x68), bus.is_ready(0x68), bus.is_ready(0x20))
for attempt in (lambda: bus.send(1, 0x20), lambda: machine.I2C(2).readfrom(0x20, 1)):
    try:
        attempt()
    except OSError as error:
        print('OSError', error.args[0])
print(machine.I2C(2).readfrom_mem(0x68, 0x10, 2))
`,
    SENSOR,
  );
  expect(exception).toBeUndefined();
  expect(stdout).toBe(
    [
      "['0x68'] b'q'",
      '[1, 2, 1]',
      "b'\\x06' True False",
      'OSError 5',
      'OSError 19',
      "b'\\x05\\x06'",
      '',
    ].join('\n'),
  );
});

test('I2C: a transfer takes two clocks and nine a byte, the address included', async () => {
  const source = `
from pyb import I2C
bus = I2C(2, I2C.MASTER, baudrate=100000)
bus.send(b'123', 0x68)
`;
  const { spent } = await run(source, SENSOR);
  expect(spent.find(({ name }) => name === 'i2c 2')).toMatchObject({ on: 'wait', ps: (2 + 9 * 4) * 10e6 });
});

test('SPI: a select pin that falls begins a command; without a device the line rests at the clock', async () => {
  const { stdout, exception } = await run(
    `
from pyb import SPI, Pin
cs = Pin('P3', Pin.OUT_PP)
cs.high()
spi = SPI(2, SPI.MASTER, baudrate=10000000, polarity=1)
print(spi.recv(1))
cs.low()
spi.send(0x8F)
print(spi.recv(2))
cs.high()
cs.low()
print(spi.send_recv(b'\\x8f\\x00'), spi)
cs.high()
`,
    { bus: 'spi', port: 2, select: 'P3', registers: { 15: [0x33, 0x34] } },
  );
  expect(exception).toBeUndefined();
  expect(stdout).toBe("b'\\xff'\nb'34'\nb'\\xff3' SPI(2, SPI.MASTER, baudrate=10000000)\n");
});

test('UART: what the other end sends comes at its instant, what the board sends goes to a file or the screen', async () => {
  const source = (last: string) => `
import pyb
uart = pyb.UART(3, 9600, timeout=50)
print(uart.any(), uart.read(1))
pyb.delay(20)
print(uart.any(), uart.readline(), uart.readchar())
print(pyb.millis(), uart.read(), pyb.millis())
uart.write('${last}\\n')
`;
  const sends = [{ atMs: 60, text: 'hi\nx' }];
  const shown = await run(source('heard'), { bus: 'uart', port: 3, sends, to: 'stdout' });
  expect(shown.stdout).toBe("0 None\n4 b'hi\\n' 120\n70 None 120\nheard\n");
  const kept = await run(source('kept'), { bus: 'uart', port: 3, sends, to: 'out.bin' });
  expect(new TextDecoder().decode(kept.sent['out.bin'])).toBe('kept\n');
});

test('UART: what comes while its buffer is full is lost', async () => {
  const { stdout } = await run(
    `
import pyb
uart = pyb.UART(1, 115200, read_buf_len=4)
pyb.delay(10)
print(uart.read())
`,
    { bus: 'uart', sends: [{ text: '1234567' }] },
  );
  expect(stdout).toBe("b'1234'\n");
});
