import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { wrap } from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';
import { describe, expect, test } from 'vitest';
import { bundle, launchBrowser, WITHOUT_BROWSER } from './support/browser.ts';
import { runOnHost, type HostCase, type HostResult } from './support/host-run.ts';

const FIXTURES = new URL('fixtures/', import.meta.url);
const MODELS = new URL('../../shared/models/', import.meta.url);
const SECONDS = 1000;

function readModels(folder: URL): HostCase[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.tflite'))
    .sort()
    .map((name) => ({ name, base64: readFileSync(new URL(name, folder)).toString('base64') }));
}

const cases = [...readModels(FIXTURES), ...readModels(MODELS), ...readModels(new URL('paper/', MODELS))];
const expected = runOnHost(cases);

/** Runs in a worker; rejects where the worker dies, which a call of its own would never tell. */
async function runInWorker(): Promise<HostResult> {
  const worker = new Worker(new URL('support/host-worker-dev.mjs', import.meta.url));
  const failed = new Promise<never>((_, reject) => worker.once('error', reject));
  const host = wrap<{ runOnHost: typeof runOnHost }>(nodeEndpoint(worker));
  try {
    return await Promise.race([host.runOnHost(cases), failed]);
  } finally {
    await worker.terminate();
  }
}

async function runInBrowser(): Promise<HostResult> {
  const code = await bundle(new URL('support/host-run.ts', import.meta.url), 'host');
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await page.addScriptTag({ content: code });
    return await page.evaluate((models) => {
      const { host } = globalThis as unknown as { host: { runOnHost: typeof runOnHost } };
      return host.runOnHost(models);
    }, cases);
  } finally {
    await browser.close();
  }
}

describe('the same models give the same bytes and the same traces', () => {
  test('there are models in float32 and int8, and different ones give different hashes', () => {
    const hashes = Object.values(expected.outputs);
    expect(Object.keys(expected.outputs)).toEqual(
      expect.arrayContaining(['tiny-float.tflite', 'tiny-int8.tflite']),
    );
    expect(new Set(hashes).size).toBe(hashes.length);
    expect(new Set(Object.values(expected.traces)).size).toBe(Object.keys(expected.traces).length);
  });

  test('in a worker as in Node', async () => expect(await runInWorker()).toEqual(expected), 120 * SECONDS);

  test.skipIf(WITHOUT_BROWSER !== '')(
    `in Chromium as in Node${WITHOUT_BROWSER}`,
    async () => expect(await runInBrowser()).toEqual(expected),
    180 * SECONDS,
  );
});
