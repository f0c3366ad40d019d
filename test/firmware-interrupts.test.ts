import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { beforeAll, describe, expect, test } from 'vitest';
import { boardById } from '../src/boards/index.ts';
import { convertToKmodel } from '../src/deploy/ncc/convert-to-kmodel.ts';
import { loadKmodel } from '../src/files/kmodel.ts';
import { execScript, readGuestFiles } from '../src/firmware/guest/exec-script.ts';
import { pinEdges, type PinEdge } from '../src/instruments/pins.ts';
import { predict } from '../src/simulate/predict.ts';
import { loadTrainedPaperCnn } from '../src/training/paper/trained-paper.ts';
import { bundle, launchBrowser } from './support/browser.ts';
import { runEdges, type GuestCase, type GuestEdges } from './support/guest-page.ts';
import { needs } from './support/needs.ts';

import { execSource } from './support/exec-source.ts';

const chromium = needs('chromium');
const maixduino = boardById('maixduino');

const CYCLE_PS = 2500;
const BYTECODE_PS = 170 * CYCLE_PS;
const PIN_WRITE_PS = 400 * CYCLE_PS;
const INTERRUPT_PS = 1500 * CYCLE_PS;
const TIMER_SET_PS = 3000 * CYCLE_PS;
/** A step of the chip's timers: the crystal of 26 MHz, halved. */
const stepPs = (steps: number) => Math.round((steps * 1e12) / 13e6);

let guestCase: GuestCase;
let here: GuestEdges;
let forwardPs: number;

beforeAll(async () => {
  const { graph } = await loadTrainedPaperCnn(10);
  const { bytes } = convertToKmodel(graph, [new Uint8Array(196).fill(90)]);
  forwardPs = Math.round(predict(loadKmodel(bytes, 'net.kmodel'), maixduino).latencyMs.value * 1e9);
  const { shims, wasm } = await readGuestFiles(maixduino);
  guestCase = {
    source: readFileSync(new URL('fixtures/firmware/interrupts.py', import.meta.url), 'utf8'),
    ...{ shims, wasmBase64: Buffer.from(wasm!).toString('base64') },
    kmodelBase64: Buffer.from(bytes).toString('base64'),
  };
  here = await runEdges(guestCase);
});

const edgesOf = (pin: string): readonly PinEdge[] => pinEdges(here.edges, pin);

describe('PWM and a function of a timer on two pins while the KPU runs', () => {
  test('the function waits for the end of the call, and no longer', () => {
    const [rise, fall] = edgesOf('LED_R');
    const [called] = edgesOf('LED_B');
    // Drop; name, method, two names, call.
    const endOfForwardPs = rise.atPs + 6 * BYTECODE_PS + forwardPs;
    // In the function: name, method, constant, call.
    expect(called.atPs).toBe(endOfForwardPs + INTERRUPT_PS + 4 * BYTECODE_PS + PIN_WRITE_PS);
    // Its drop, None and return; then the script stores what forward gave, and name, method, constant, call.
    expect(fall.atPs).toBe(called.atPs + 8 * BYTECODE_PS + PIN_WRITE_PS);
  });

  test('PWM stands at whole steps of the clock of its timer, whatever the core does', () => {
    const edges = edgesOf('LED_G');
    // 13 MHz / 10 kHz, of which 30 % are high, begun with the low part.
    const [period, high] = [1300, 390];
    const startPs = edges[0].atPs - stepPs(period - high);
    const expected = edges.map((_, index) => ({
      atPs: startPs + stepPs(Math.floor(index / 2) * period + (index % 2 === 0 ? period - high : period)),
      level: index % 2 === 0 ? 1 : 0,
    }));
    expect(edges).toEqual(expected);
    const [rise, fall] = edgesOf('LED_R');
    const inside = edges.filter(({ atPs }) => rise.atPs < atPs && atPs < fall.atPs);
    expect(inside.length).toBeGreaterThanOrEqual(Math.floor((2 * forwardPs) / stepPs(period)));
  });

  test('between bytecodes the function runs at the next one', () => {
    const secondRise = edgesOf('LED_R')[2];
    const lowered = edgesOf('LED_B')[1];
    const expiryPs = lowered.atPs + stepsUntilExpiry();
    const callPs = INTERRUPT_PS + 4 * BYTECODE_PS + PIN_WRITE_PS;
    expect(secondRise.atPs - callPs).toBeGreaterThanOrEqual(expiryPs);
    expect(secondRise.atPs - callPs).toBeLessThan(expiryPs + BYTECODE_PS);
  });
});

/**
 * From the last write of the pin: drop, constant, store; name, method, five keywords with their values, in which the mode
 * and the unit are attributes, the function made, the call; then 700 us in whole steps.
 */
function stepsUntilExpiry(): number {
  const bytecodes = 1 + 2 + 2 + (1 + 2) + (1 + 1) + (1 + 2) + (1 + 1) + 1;
  return bytecodes * BYTECODE_PS + TIMER_SET_PS + stepPs(9100);
}

async function runInBrowser(): Promise<GuestEdges> {
  const url = 'http://guest.test/';
  const require = createRequire(import.meta.url);
  const wasm = readFileSync(
    require.resolve('@micropython/micropython-webassembly-pyscript/micropython.wasm'),
  );
  const code = await bundle(new URL('support/guest-page.ts', import.meta.url), 'guest', 'es');
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await page.route(`${url}**`, (route) => {
      const path = new URL(route.request().url()).pathname;
      if (path.endsWith('.wasm')) return route.fulfill({ body: wasm, contentType: 'application/wasm' });
      if (path.endsWith('.js')) return route.fulfill({ body: code, contentType: 'text/javascript' });
      return route.fulfill({ body: '<!doctype html>', contentType: 'text/html' });
    });
    await page.goto(url);
    // The page imports by itself: an import in here would be one of the test's.
    await page.addScriptTag({ type: 'module', content: `globalThis.guest = await import('${url}guest.js')` });
    await page.waitForFunction(() => 'guest' in globalThis);
    return await page.evaluate((given) => {
      const { guest } = globalThis as unknown as { guest: { runEdges: typeof runEdges } };
      return guest.runEdges(given);
    }, guestCase);
  } finally {
    await browser.close();
  }
}

describe('the edges are the same', () => {
  test('in a worker', async () => {
    const { records, stdout } = await execScript({
      board: maixduino,
      script: { name: 'interrupts.py', source: guestCase.source },
      flash: [
        { address: 0x300000, bytes: Buffer.from(guestCase.kmodelBase64, 'base64'), name: 'net.kmodel' },
      ],
    });
    expect({ edges: records.filter(({ kind }) => kind === 'pin'), stdout }).toEqual(here);
  });

  test.skipIf(chromium.missing)(`in Chromium${chromium.reason}`, async () => {
    expect(await runInBrowser()).toEqual(here);
  });
});

const IMPORT = 'import utime\nfrom machine import Timer\n';
const PERIODIC = 'Timer(Timer.TIMER0, Timer.CHANNEL0, mode=Timer.MODE_PERIODIC';

describe('what a script does wrong with interrupts', () => {
  test('a timer of no period, or of 0 Hz, is refused at its line', async () => {
    const { code, err, out } = await execSource(`${IMPORT}${PERIODIC}, period=0, callback=print)`);
    expect([code, err, out.split('\n').slice(0, 4)]).toEqual([
      1,
      'main.py: the script ended with ValueError: [MAIXPY]Timer:Invalid period or div, at line 3\n',
      [
        'Traceback (most recent call last):',
        '  File "main.py", line 3, in <module>',
        'ValueError: [MAIXPY]Timer:Invalid period or div',
        '',
      ],
    ]);
    const pwm = 'from machine import PWM\nPWM(Timer(0, 0, mode=Timer.MODE_PWM), freq=0, duty=50, pin=12)';
    expect((await execSource(`${IMPORT}${pwm}`)).out).toContain(
      'line 4, in <module>\nValueError: [MAIXPY]PWM',
    );
  });

  test('a function that calls itself for ever is printed as on the board, and said once with its line', async () => {
    const source = `${IMPORT}def deep(t):\n    deep(t)\nTimer(0, 0, period=10, callback=deep)\nutime.sleep_ms(35)`;
    const { code, err, out } = await execSource(`${source}\nprint('on')`);
    expect([code, err]).toEqual([
      1,
      'main.py: a function that was called for an interrupt ended with RuntimeError: maximum recursion depth exceeded, at line 4 (once)\n',
    ]);
    expect(out).toContain('RuntimeError: maximum recursion depth exceeded\non\n');
  });

  test('a function that never ends is ended by the limit of time', async () => {
    const source = `${IMPORT}def loop(t):\n    while True: pass\n${PERIODIC}, period=10, callback=loop)\nutime.sleep_ms(50)`;
    const { code, out } = await execSource(source, '--seconds', '0.1');
    expect([code, out]).toEqual([0, expect.stringContaining('at the limit of simulated time')]);
  });

  test('what is not modelled ends the run from a function as well', async () => {
    const source = `${IMPORT}import lcd\n${PERIODIC}, period=10, callback=lambda t: lcd.nonsense)\nutime.sleep_ms(50)`;
    expect((await execSource(source)).err).toContain(
      'main.py: line 4: lcd.nonsense is not modelled; --allow-missing',
    );
  });
});
