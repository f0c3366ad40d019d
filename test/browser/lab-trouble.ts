import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { beforeEach, expect, it } from 'vitest';
import { experimentFragment } from '../../src/experiments/experiment-link.ts';
import { FIRST_EXPERIMENT } from '../../src/experiments/parse-experiment.ts';
import {
  BOTH_BOARDS as BOTH,
  dropFile,
  openLab,
  predictedTimes,
  shownTimes,
} from '../support/lab-browser.ts';
import { describeLab } from '../support/lab-tests.ts';

const MODEL = 'examples/models/digits-int8.tflite';

let page: Page;

const times = () => shownTimes(page);
const banner = () => page.locator('.banner').innerText();
const moves = () => page.locator('.filters output').innerText();

/** That the page still answers: a filter more is another time. */
async function expectAlive(): Promise<void> {
  const before = await moves();
  await page.locator('h1').click();
  await page.keyboard.press(']');
  await expect.poll(moves).toBe(`${Number(before) + 1}`);
  await expect.poll(times).toEqual(await predictedTimes(`paper:${Number(before) + 1}`, ...BOTH));
}

/** Pages keep their workers where a test can end them. */
const keepWorkers = () =>
  page.addInitScript(() => {
    const Real = Worker;
    const workers: Worker[] = [];
    Object.assign(globalThis, {
      workers,
      Worker: function (url: string) {
        const worker = new Real(url);
        workers.push(worker);
        return worker;
      },
    });
  });

/** Ends every worker while it still owes an answer. */
const killWorkers = () =>
  page.evaluate(() => {
    document.dispatchEvent(new KeyboardEvent('keydown', { key: ']' }));
    for (const worker of (globalThis as unknown as { workers: Worker[] }).workers) worker.terminate();
  });

describeLab('trouble in the Lab', (lab, kind) => {
  beforeEach(() => {
    page = lab.page;
  });

  it('says that the simulation stopped when its worker is killed in the middle, and goes on after a restart', async () => {
    await keepWorkers();
    await openLab(page, lab.place);
    await killWorkers();
    await expect.poll(banner).toContain('The simulation stopped');
    await page.getByRole('button', { name: 'Restart' }).click();
    await expect.poll(times).toEqual(await predictedTimes('paper:6', ...BOTH));
    expect(await page.locator('.banner').count()).toBe(0);
    await expectAlive();
  });

  if (kind === 'http') return;

  it('still has a dropped file after its worker was killed and started again', async () => {
    await keepWorkers();
    await openLab(page, lab.place);
    await dropFile(page, 'mine.tflite', readFileSync(MODEL));
    await expect.poll(banner).toContain('mine.tflite: ');
    const timed = async () => (await times()).filter(([ms]) => !Number.isNaN(ms));
    const expected = await timed();
    await killWorkers();
    await page.getByLabel('Board 2').selectOption('stm32f746g-disco');
    await page.getByRole('button', { name: 'Restart' }).click();
    await expect.poll(timed).not.toEqual(expected);
    expect(await timed()).toHaveLength(expected.length);
  });

  it('gives one line each to files that hold nothing it reads, and goes on', async () => {
    await openLab(page, lab.place);
    for (const [name, bytes, says] of [
      ['empty.tflite', Buffer.alloc(0), 'it is empty; download it again'],
      ['cut.tflite', readFileSync(MODEL).subarray(0, 2000), 'download it again'],
      ['cut.kmodel', readFileSync('examples/models/digits.kmodel').subarray(0, 900), 'download it again'],
      ['cut.kfpkg', Buffer.from([0x50, 0x4b, 3, 4, 9, 9, 9, 9]), 'download it again'],
      ['list.json', Buffer.from('[1, 2'), 'a model spec looks like'],
      ['board.json', Buffer.from('{"soc":"x","memories":[]}'), 'inferscope board lint board.json'],
    ] as const) {
      await dropFile(page, name, bytes);
      await expect.poll(banner).toContain(`${name}: `);
      expect(await banner()).toContain(says);
      expect(await banner()).not.toContain('\n');
    }
    await expectAlive();
  });

  it('does not read a file that is larger than a page should hold, and says what takes it', async () => {
    await openLab(page, lab.place);
    await dropFile(page, 'huge.tflite', 65 * 2 ** 20);
    await expect.poll(banner).toMatch(/huge\.tflite: has 68,157,440 bytes.* inferscope predict takes it/);
    await expectAlive();
  });

  it('does not follow tampered links, and says why', async () => {
    await openLab(page, lab.place);
    for (const [asked, says] of [
      [null, 'must be an object'],
      [{ ...FIRST_EXPERIMENT, boards: ['abacus'] }, 'unknown board "abacus"'],
      [{ ...FIRST_EXPERIMENT, boards: 'maixduino' }, 'boards must be a list'],
      [{ ...FIRST_EXPERIMENT, model: 'paper:0' }, 'a whole number above 0'],
      [{ ...FIRST_EXPERIMENT, set: { kpu: 'golden' } }, 'kpu=golden'],
    ] as const) {
      await page.evaluate((hash) => (location.hash = hash), experimentFragment(asked as never, []));
      await expect.poll(banner).toContain(says);
      expect(await banner()).toContain('was not followed; ask for it again');
      expect((await banner()).length).toBeLessThan(300);
      expect(await times()).toEqual(await predictedTimes('paper:5', ...BOTH));
    }
    await expectAlive();
  });

  it('says what is wrong with the link that it was opened with', async () => {
    for (const [rest, says] of [
      ['#s=abcdef', 'damaged'],
      [`#s=${'A'.repeat(9000)}`, 'longer than'],
      [experimentFragment(null as never, []), 'was not followed'],
      [experimentFragment(FIRST_EXPERIMENT, ['0', '1']), 'other times now than then'],
      ['?lesson=99', 'there is no lesson 99'],
    ] as const) {
      await openLab(page, lab.place, rest);
      expect(await banner()).toContain(says);
      expect(await times()).toEqual(await predictedTimes('paper:5', ...BOTH));
      await page.goto('about:blank');
    }
  });

  it('a lesson says when no board has the accelerator that it is about, and brings its boards back', async () => {
    await openLab(page, lab.place, '?lesson=2');
    await page.getByLabel('Board 1').selectOption('stm32f746g-disco');
    const said = page.locator('.lesson .refusal');
    await expect.poll(() => said.innerText()).toContain('needs an accelerator');
    await said.getByRole('button').click();
    await expect.poll(times).toEqual(await predictedTimes('paper:6', ...BOTH));
    expect(await said.count()).toBe(0);
  });
});
