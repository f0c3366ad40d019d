import { expect, test } from 'vitest';
import { boardById } from '../../boards/index.ts';
import { measurePulses, pinEdges } from '../../instruments/pins.ts';
import { execScript } from '../guest/exec-script.ts';
import type { ScriptedDevice } from '../hardware/scripted-device.ts';

async function run(source: string, devices: readonly ScriptedDevice[] = []) {
  const script = { name: 'script.py', source };
  return execScript({ board: boardById('openmv-h7-plus'), script, devices, limitPs: 2e12 });
}

test('a timer calls its function at its frequency, in the interrupt', async () => {
  const { stdout, exception } = await run(`
import time
from pyb import Timer
count = 0
def tick(timer):
    global count
    count += 1
timer = Timer(2, freq=100, callback=tick)
time.sleep_ms(105)
print(count, timer.freq(), timer.prescaler(), timer.period())
timer.deinit()
time.sleep_ms(50)
print(count)
`);
  expect(exception).toBeUndefined();
  expect(stdout).toBe('10 100 0 2399999\n10\n');
});

test.each(['1e300', '120000001', '2.4e8'])(
  'a timer of %s Hz has a period of one step, with which its counter stands still',
  async (hz) => {
    const { stdout, stoppedBy } = await run(`
import time
from pyb import Timer
timer = Timer(2, freq=${hz}, callback=print)
time.sleep_ms(100)
print(timer.period(), timer.counter())
`);
    expect([stdout, stoppedBy]).toEqual(['0 0\n', 'end of script']);
  },
);

test('a frequency that is no machine word is refused as the port refuses it', async () => {
  const { exception } = await run('from pyb import Timer\nTimer(2, freq=10**30)\n');
  expect(exception?.traceback).toMatch(/OverflowError: overflow converting long int to machine word$/);
});

test('a slow timer divides its clock by ten before it counts, as the port does', async () => {
  const { stdout } = await run(
    'from pyb import Timer\nt = Timer(2, freq=0.5)\nprint(t.prescaler(), t.period(), t.freq())\n',
  );
  expect(stdout).toBe('9 47999999 0.5\n');
});

test.each([
  ['computes', 'while True: pass'],
  ['sleeps', 'time.sleep(3600)'],
])('interrupts that come before their function is done end a run that %s', async (_, line) => {
  const { stdout, stoppedBy, simulatedPs } = await run(`
import time
from pyb import Timer
timer = Timer(2, freq=120000000, callback=lambda timer: None)
print(1)
${line}
`);
  expect([stdout, stoppedBy]).toEqual(['1\n', 'interrupts']);
  expect(simulatedPs).toBeLessThan(0.1e12);
});

test('a storm of interrupts that its function ends is none', async () => {
  const { stdout, stoppedBy } = await run(`
import time
from pyb import Timer
count = 0
def tick(timer):
    global count
    count += 1
    if count == 20000:
        timer.deinit()
timer = Timer(2, freq=10000000, callback=tick)
time.sleep_ms(200)
print(count)
`);
  expect([stdout, stoppedBy]).toEqual(['20000\n', 'end of script']);
});

test('a function that throws is taken away from its timer, with what the port prints', async () => {
  const { stdout, callbackFailures } = await run(`
import time
from pyb import Timer
timer = Timer(4, freq=100, callback=lambda timer: 1 // 0)
time.sleep_ms(100)
print(timer.counter() > 0)
timer.callback(lambda timer: print('again'))
time.sleep_ms(15)
`);
  expect(stdout.split('\n')).toEqual([
    'uncaught exception in Timer(4) interrupt handler',
    'Traceback (most recent call last):',
    '  File "script.py", line 4, in <lambda>',
    'ZeroDivisionError: divide by zero',
    'True',
    'again',
    '',
  ]);
  expect(callbackFailures).toEqual([{ what: 'ZeroDivisionError: divide by zero', line: 4, times: 1 }]);
});

test('PWM moves its pin in whole steps of 240 MHz while the script sleeps', async () => {
  const { records, exception } = await run(`
import time
from pyb import Pin, Timer
timer = Timer(4, freq=1000)
channel = timer.channel(1, Timer.PWM, pin=Pin('P7'), pulse_width_percent=25)
time.sleep_ms(10)
channel.pulse_width_percent(50)
time.sleep_ms(10)
`);
  expect(exception).toBeUndefined();
  const { widthsPs, periodsPs } = measurePulses(pinEdges(records, 'P7'));
  // 240 MHz / 1 kHz is 240,000: divided by 5 it fits into 16 bits.
  expect([...new Set(periodsPs)]).toEqual([1e9]);
  expect([...new Set(widthsPs)]).toEqual([250e6, 500e6]);
});

test('a servo gets a pulse every 20 ms, as long as its angle says', async () => {
  const { records } = await run(`
import time
from pyb import Servo
servo = Servo(2)
servo.angle(90)
time.sleep_ms(70)
`);
  const { widthsPs, periodsPs } = measurePulses(pinEdges(records, 'P8'));
  // The centre is 150 steps of 10 us, 90 degrees are 97 more, of at most 242.
  expect([widthsPs, periodsPs[0]]).toEqual([[1.5e9, 2.42e9, 2.42e9, 2.42e9], 20e9]);
});

test('an analog input reads what is wired to it', async () => {
  const device = { bus: 'adc', pin: 'P6', values: [0, 4095] } as const;
  const { stdout } = await run(
    `
from pyb import ADC
adc = ADC('P6')
print([adc.read() for _ in range(3)])
`,
    [device],
  );
  expect(stdout).toBe('[0, 4095, 0]\n');
});

test.each([
  ['a timer of 0 Hz', 'Timer(2, freq=0)', 'ValueError: must have positive freq'],
  ['a timer that is not there', 'Timer(99)', "ValueError: Timer(99) doesn't exist"],
  [
    'a pin without that timer',
    "Timer(4, freq=1).channel(1, Timer.PWM, pin=Pin('P9'))",
    'ValueError: Pin(G3)',
  ],
  ['an input with nothing wired to it', "ADC('P6').read()", 'NotModelled: nothing is wired to P6'],
])('%s is refused with its line', async (_, line, message) => {
  const { exception } = await run(`from pyb import ADC, Pin, Timer\n${line}\n`);
  expect(exception?.traceback).toContain(message);
  expect(exception?.traceback).toContain('File "script.py", line 2');
});
