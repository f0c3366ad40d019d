import { expect, test } from 'vitest';
import { sweep } from '../src/sweep/run-sweep.ts';
import { crc32 } from '../src/models/formats/crc32.ts';
import { bundle, launchBrowser } from './support/browser.ts';
import { needs } from './support/needs.ts';
import { smallPlan } from './support/sweep-plan.ts';

const chromium = needs('chromium');

test.skipIf(chromium.missing).each([0, 2])(
  `%i web workers give the bytes of Node${chromium.reason}`,
  async (workers) => {
    const plan = smallPlan(20, 32);
    const expected: number[] = [];
    for await (const { batch, bytes } of sweep(plan)) expected[batch] = crc32(bytes!);
    const worker = await bundle(new URL('support/sweep-web-worker.ts', import.meta.url), 'sweepWorker');
    const page = await bundle(new URL('support/sweep-page.ts', import.meta.url), 'sweepPage');
    const browser = await launchBrowser();
    try {
      const tab = await browser.newPage();
      await tab.addScriptTag({ content: page });
      const call = `sweepPage.sweepInPage(${JSON.stringify(plan)}, ${JSON.stringify(worker)}, ${workers})`;
      expect(await tab.evaluate(call)).toEqual(expected);
    } finally {
      await browser.close();
    }
  },
);
