import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { launchBrowser } from './browser.ts';

const SITE = 'http://page.test/';
const TYPES: Readonly<Record<string, string>> = { html: 'text/html', js: 'text/javascript' };

/** The example of a sweep in web workers, beside a prediction and a model that runs in the page. */
const MAIN = `
import { loadTrainedPaperCnn, maixduino, paperCnn, predict } from 'inferscope';
import { readTflite, writeTflite } from 'inferscope/files';
import { createExecutor } from 'inferscope/run';
import { designSpace, planSweep } from 'inferscope/sweep';
import { run } from './page.ts';

console.log(predict(paperCnn({ filters: 4 }), maixduino).latencyMs.value.toFixed(2));
const model = readTflite(writeTflite((await loadTrainedPaperCnn(8)).graph), 'x');
console.log(createExecutor(model).run([new Float32Array(196)])[0].length);
const space = designSpace({
  model: { kind: 'spec', text: 'paper:{filters}' },
  axes: [{ name: 'filters', values: [1, 2, 3, 4] }, { name: 'board', values: ['maixduino'] }],
});
await run(planSweep(space, [maixduino], { version: 'x', batchPoints: 4 }));
console.log('end');
`;

/** What the page of a built folder writes to its console, up to `end`. */
async function consoleOf(site: string): Promise<string[]> {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    const lines: string[] = [];
    await page.route(`${SITE}**`, (route) => {
      const path = new URL(route.request().url()).pathname.slice(1) || 'index.html';
      return route.fulfill({
        body: readFileSync(join(site, path)),
        contentType: TYPES[path.split('.').at(-1)!]!,
      });
    });
    page.on('pageerror', (error) => lines.push(error.message));
    const ended = page.waitForEvent('console', { predicate: (message) => message.text() === 'end' });
    page.on('console', (message) => lines.push(message.text()));
    await page.goto(SITE);
    await ended;
    return lines;
  } finally {
    await browser.close();
  }
}

/**
 * Builds that page with Vite in a folder where the package is installed, opens it, and gives what it writes to its console.
 */
export async function runInPage(folder: string, examples: string): Promise<string[]> {
  cpSync(join(examples, 'sweep-in-page'), folder, { recursive: true });
  writeFileSync(join(folder, 'main.js'), MAIN);
  writeFileSync(join(folder, 'index.html'), '<script type="module" src="./main.js"></script>');
  await build({ root: folder, configFile: false, logLevel: 'silent', worker: { format: 'es' } });
  return consoleOf(join(folder, 'dist'));
}
