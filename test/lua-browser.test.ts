import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bundle, launchBrowser } from './support/browser.ts';
import { needs } from './support/needs.ts';
import { runScript } from './support/lua-page.ts';

const chromium = needs('chromium');

/** A prediction on a board whose convolution is priced by a formula, names in order, chance, a table as text; and a limit. */
const SCRIPTS = [
  `local b = board('openmv-h7-plus')
   b.calibration = nil
   table.insert(b.units[1].costs, 1, {
     op = 'CONV_2D', dtype = 'any', kernels = b.runtime.kernels[1], source = 'made up', grade = 'estimated',
     cost = { lua = 'return function(work) return 3 * work.macs end' },
   })
   local names = {}
   for name in pairs(b) do names[#names + 1] = name end
   return { predict('paper:8', b).latencyMs, names, math.random(), tostring(names) }`,
  'while true do end',
  'return predict("paper:8", "nope")',
];

const PAGE = 'http://lua.test/';

function glueWasm(): Buffer {
  return readFileSync(join(dirname(createRequire(import.meta.url).resolve('wasmoon')), 'glue.wasm'));
}

async function runInBrowser(): Promise<unknown[]> {
  const code = await bundle(new URL('support/lua-page.ts', import.meta.url), 'lua');
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await page.route(`${PAGE}**`, (route) =>
      route.request().url().endsWith('.wasm')
        ? route.fulfill({ body: glueWasm(), contentType: 'application/wasm' })
        : route.fulfill({ body: '<!doctype html>', contentType: 'text/html' }),
    );
    await page.goto(PAGE);
    await page.addScriptTag({ content: code });
    return await page.evaluate(
      async ([url, scripts]) => {
        const { lua } = globalThis as unknown as { lua: { runScript: typeof runScript } };
        const results: unknown[] = [];
        for (const source of scripts) results.push(await lua.runScript(source, url));
        return results;
      },
      [`${PAGE}glue.wasm`, SCRIPTS] as const,
    );
  } finally {
    await browser.close();
  }
}

describe('scripts', () => {
  test.skipIf(chromium.missing)(`give the same in Chromium as in Node${chromium.reason}`, async () => {
    const expected: unknown[] = [];
    for (const source of SCRIPTS) expected.push(await runScript(source));
    expect(expected[1]).toBe('exp.lua:1: stopped after 20 million instructions; is there an endless loop?');
    expect(await runInBrowser()).toEqual(expected);
  });
});
