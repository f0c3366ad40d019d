import { describe, expect, test } from 'vitest';
import { boardById } from '../../boards/index.ts';
import { measurePulses, pinEdges } from '../../instruments/pins.ts';
import { execScript } from '../guest/exec-script.ts';

const PS_PER_MS = 1e9;
const run = (source: string) =>
  execScript({ board: boardById('openmv-h7-plus'), script: { name: 'main.py', source } });

describe('pins, pyb, machine and time', () => {
  test('a pin by its name on the header or on the chip is one pin, whose edges are recorded', async () => {
    const source = `
from pyb import Pin
from machine import Pin as Same
import pyb
pin = Pin('P3', Pin.OUT_PP, Pin.PULL_NONE)
other = Same('PB12')
print(pin is other, Pin is Same, Pin.board.P3.name(), pin)
for write in (pin.high, pin.low, pin.on, pin.off):
    write()
    pyb.delay(1)
pin(1)
print(other.value(), other())
print(Pin('P0', Pin.IN, Pin.PULL_UP).value(), Pin(Pin.board.P2, mode=Pin.IN).value())
Pin('P4', Pin.OUT_PP, value=1)
Pin('P99')`;
    const { stdout, records, exception } = await run(source);
    const pin = 'Pin(Pin.cpu.B12, mode=Pin.OUT)';
    expect(stdout).toBe(`True True B12 ${pin}\n1 1\n1 0\n`);
    const { widthsPs } = measurePulses(pinEdges(records, 'P3'));
    expect(widthsPs.map((ps) => Math.round(ps / PS_PER_MS))).toEqual([1, 1]);
    expect(pinEdges(records, 'P4').map(({ level }) => level)).toEqual([1]);
    expect(exception?.traceback).toContain("ValueError: Pin('P99') doesn't exist");
  });

  test('an open drain drives low and is high where it lets go', async () => {
    const { stdout, records } = await run(`
from pyb import Pin, delay
cs = Pin('P3', Pin.OUT_OD)
cs.high()
delay(1)
cs.low()
delay(2)
cs.high()
print(cs.value(), cs.mode() == Pin.OUT_OD, cs)`);
    expect(stdout).toBe('1 True Pin(Pin.cpu.B12, mode=Pin.OPEN_DRAIN)\n');
    const [, down, up] = pinEdges(records, 'P3');
    expect([down.level, up.level, Math.round((up.atPs - down.atPs) / PS_PER_MS)]).toEqual([0, 1, 2]);
  });

  test('edges from a device reach ExtInt and Pin.irq of the right kind, and the pin reads what drives it', async () => {
    const source = `
from pyb import Pin, ExtInt, delay
def told(line):
    print('down', line, Pin('P5').value())
def both(pin):
    print('edge', pin.value())
key = ExtInt(Pin('P5'), ExtInt.IRQ_FALLING, Pin.PULL_UP, told)
Pin('P4', Pin.IN).irq(both, Pin.IRQ_RISING | Pin.IRQ_FALLING)
delay(35)
key.disable()
delay(20)
print(Pin('P5').value(), Pin('P4').value())`;
    const key = (pin: string, ...levels: [number, 0 | 1][]) =>
      ({
        bus: 'pin',
        pin,
        levels: levels.map(([atMs, level]) => ({ atPs: atMs * PS_PER_MS, level })),
      }) as const;
    const devices = [key('P5', [0, 1], [10, 0], [20, 1], [40, 0]), key('P4', [15, 1], [30, 0])];
    const board = boardById('openmv-h7-plus');
    const { stdout, exception } = await execScript({
      ...{ board, devices, script: { name: 'main.py', source } },
    });
    expect(exception?.traceback).toBeUndefined();
    // P5 is the chip's B11, so its line is 11.
    expect(stdout).toBe('down 11 0\nedge 1\nedge 0\n0 0\n');
  });

  test('a function that throws in the interrupt itself is taken away, and its line with it; one that is scheduled is not', async () => {
    const source = `
from pyb import Pin, ExtInt, delay
def throw(what):
    1 // 0
key = ExtInt(Pin('P5'), ExtInt.IRQ_FALLING, Pin.PULL_UP, throw)
Pin('P4', Pin.IN).irq(throw, Pin.IRQ_RISING | Pin.IRQ_FALLING)
Pin('P3', Pin.IN).irq(throw, Pin.IRQ_RISING | Pin.IRQ_FALLING, True)
delay(35)
key.enable()
key.swint()
delay(20)`;
    const key = (pin: string) =>
      ({
        bus: 'pin',
        pin,
        levels: [5, 10, 15, 20, 25, 30, 40, 45].map((atMs, at) => ({
          atPs: atMs * PS_PER_MS,
          level: at % 2 ? (0 as const) : (1 as const),
        })),
      }) as const;
    const { stdout, callbackFailures } = await execScript({
      ...{ board: boardById('openmv-h7-plus'), devices: [key('P5'), key('P4'), key('P3')] },
      script: { name: 'main.py', source },
    });
    const [told] = callbackFailures;
    // P5 is the chip's B11 and P3 its B12.
    expect(stdout.split('\n').filter((line) => line.startsWith('uncaught'))).toEqual([
      'uncaught exception in ExtInt interrupt handler line 12',
      'uncaught exception in ExtInt interrupt handler line 11',
    ]);
    expect(told).toEqual({ what: 'ZeroDivisionError: divide by zero', line: 4, times: 8 + 2 });
  });

  test('pyb and time tell the simulated time; what is not modelled says so', async () => {
    const source = `
import pyb, time, utime, machine
start, micro = pyb.millis(), pyb.micros()
pyb.delay(20)
pyb.udelay(500)
time.sleep_ms(5)
print(pyb.elapsed_millis(start), pyb.elapsed_micros(micro) // 100, time is utime)
led = pyb.LED(1)
led.on()
led.toggle()
print(led.intensity(), machine.freq())
clock = time.clock()
pyb.delay(70)
for turn in range(2):
    clock.tick()
    pyb.delay(10)
    rate = clock.fps()
    pyb.delay(30)
print(int(rate + 0.5))
pyb.CAN('P6')`;
    const { stdout, exception, pins } = await run(source);
    // fps() counts from tick() to fps() only: 10 ms.
    expect(stdout).toBe('25 255 True\n0 (480000000,)\n100\n');
    expect(exception?.traceback).toContain('NotModelled: pyb.CAN is not modelled');
    expect(Object.keys(pins)).toEqual([]);
  });
});
