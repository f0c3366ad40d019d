import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Worker } from 'node:worker_threads';
import { wrap } from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';
import { describe, expect, test } from 'vitest';
import { bundle, launchBrowser } from './support/browser.ts';
import { needs } from './support/needs.ts';
import { extraModel, extraNames } from './support/extra-models.ts';
import { goldenFile, goldenNames } from './support/goldens.ts';
import { runOnHost, type HostCase, type HostResult } from './support/host-run.ts';

const chromium = needs('chromium');

const FIXTURES = new URL('fixtures/', import.meta.url);

function readModel(url: URL): HostCase {
  return { name: basename(url.pathname), base64: readFileSync(url).toString('base64') };
}

const NETWORKS = /^(net-(prelu|sepconv|unet)|op-(conv|dw|fc|softmax|tconv|rs_bil)_.*\.(float|int8|i16)\.)/;
const cases = [
  ...readdirSync(FIXTURES)
    .filter((file) => file.endsWith('.tflite'))
    .sort()
    .map((file) => readModel(new URL(file, FIXTURES))),
  ...goldenNames('ops', '.tflite')
    .filter((name) => NETWORKS.test(name))
    .map((name) => readModel(goldenFile(`ops/${name}`))),
  ...goldenNames('paper', '.tflite').map((name) => readModel(goldenFile(`paper/${name}`))),
  ...extraNames('', '.tflite').map((name) => readModel(extraModel(name))),
];
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

  test('in a worker as in Node', async () => expect(await runInWorker()).toEqual(expected));

  test.skipIf(chromium.missing)(`in Chromium as in Node${chromium.reason}`, async () =>
    expect(await runInBrowser()).toEqual(expected),
  );
});
