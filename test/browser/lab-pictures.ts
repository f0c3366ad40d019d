import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { beforeEach, expect, it } from 'vitest';
import { writeKfpkg } from '../../src/models/formats/kfpkg/kfpkg.ts';
import { axeViolations, dropFile, openLab } from '../support/lab-browser.ts';
import { describeLab } from '../support/lab-tests.ts';
import { runJson } from '../support/run-command.ts';

const PICTURE = 'examples/digits/3.png';
const KMODEL = 'examples/models/digits.kmodel';
const INT8 = 'examples/models/digits-int8.tflite';
const SPOTS = ['examples/spots/spots.kmodel', 'examples/spots/spots.png'] as const;

let page: Page;

const banner = () => page.locator('.banner').innerText();
const shownScores = () =>
  page
    .locator('.winner-name')
    .evaluateAll((all) => all.map((one) => JSON.parse(one.dataset.scores ?? '[]') as number[]));

interface Run {
  readonly outputs: readonly { readonly values: readonly number[] }[];
  readonly top: readonly { readonly index: number; readonly score: number }[];
}
const run = (model: string, picture: string, top = 10) =>
  runJson<Run>('run', model, '--input', picture, '--top', `${top}`);

/** Drops a model and waits until it stands. */
async function dropModel(name: string, bytes: Uint8Array): Promise<void> {
  await dropFile(page, name, bytes);
  await expect.poll(banner).toContain(`${name}: `);
}

const dropPicture = (path: string) => dropFile(page, path.split('/').at(-1)!, readFileSync(path));

describeLab('pictures in the Lab', (lab, kind) => {
  beforeEach(async () => {
    page = lab.page;
    await openLab(page, lab.place);
  });

  it('runs a dropped kmodel and a dropped .kfpkg on a dropped picture with the scores of run', async () => {
    const { outputs } = await run(KMODEL, PICTURE);
    await dropModel('mine.kmodel', readFileSync(KMODEL));
    await dropPicture(PICTURE);
    await expect.poll(shownScores).toEqual([outputs[0]!.values]);
    await page.getByRole('button', { name: 'Clear' }).click();
    await expect.poll(shownScores).toEqual([]);
    await page.getByRole('button', { name: 'Example' }).click();
    await expect.poll(() => page.locator('.winner-name').allInnerTexts()).toEqual(['0']);
    const kmodel = {
      bin: 'digits.kmodel',
      address: 0x300000,
      sha256Prefix: false,
      bytes: readFileSync(KMODEL),
    };
    await dropModel('mine.kfpkg', writeKfpkg([kmodel]));
    await dropPicture(PICTURE);
    await expect.poll(shownScores).toEqual([outputs[0]!.values]);
    const spots = await run(...SPOTS);
    await dropModel('spots.kmodel', readFileSync(SPOTS[0]));
    await dropPicture(SPOTS[1]);
    await expect.poll(shownScores).toEqual([spots.outputs[0]!.values.slice(0, 1000)]);
  });

  it('takes a picture with the camera, when it is asked to, and says what to do where it may not', async () => {
    await page.getByRole('button', { name: 'Camera' }).click();
    const video = page.locator('.camera video');
    await expect.poll(() => video.evaluate((one: HTMLVideoElement) => one.videoWidth)).toBeGreaterThan(0);
    expect(await axeViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Take' }).click();
    await expect.poll(() => page.locator('.winner-name').count()).toBe(3);
    expect(await video.count()).toBe(0);
    await page.evaluate(() => {
      const refused = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
      Object.assign(navigator.mediaDevices, { getUserMedia: refused });
    });
    await page.getByRole('button', { name: 'Camera' }).click();
    await expect.poll(banner).toContain('allow it beside the address');
  });

  if (kind === 'http') return;

  it('shows values at the cursor: what is stored, and what it means by scale and zero point', async () => {
    const { outputs, top } = await run(INT8, PICTURE);
    const [best] = top;
    await dropModel('mine.tflite', readFileSync(INT8));
    await dropPicture(PICTURE);
    await page.locator('.why .bars button', { hasText: 'FULLY_CONNECTED' }).click();
    const canvas = page.getByRole('slider', { name: /^Value of / });
    await canvas.focus();
    for (let steps = 0; steps < best!.index; steps++) await page.keyboard.press('ArrowRight');
    const text = () => page.locator('.value-text').innerText();
    await expect.poll(text).toContain(`element ${best!.index}: ${outputs[0]!.values[best!.index]} (int8)`);
    const real = Number(/real value (\S+)/.exec((await text()).replace('\u2212', '-'))![1]);
    expect(real).toBeCloseTo(best!.score, 3);
    // The arrows moved in the tensor, and not the cursor of time.
    expect(await page.locator('.moment').innerText()).toContain('Point at the picture');
    await page.locator('.why .bars button', { hasText: 'CONV_2D' }).click();
    await expect.poll(() => page.locator('.tensor').innerText()).toContain('8 maps of 14 \u00d7 14');
    const box = (await canvas.boundingBox())!;
    await page.mouse.move(box.x + 3, box.y + 3);
    await expect.poll(text).toContain('map 0, row 0, column 0');
    await page.getByText('Map 0 as a table').click();
    await expect.poll(() => page.locator('.tensor td').count()).toBe(196);
    expect(await axeViolations(page)).toEqual([]);
  });

  it('says what to do with a picture that cannot be read, and goes on', async () => {
    await dropFile(page, 'broken.png', Buffer.from('no picture'));
    await expect.poll(banner).toContain('broken.png: is no picture that this browser can show; take a PNG');
  });
});
