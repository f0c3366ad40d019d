import { createServer } from 'node:http';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { lessonOf } from '../../src/experiments/lessons/all-lessons.ts';
import { runJson } from './run-command.ts';

const ONE_FILE = new URL('../../dist/lab.html', import.meta.url);
const FOLDER = new URL('../../dist/lab/', import.meta.url);
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
};

/** Where the Lab is opened from. */
export interface LabPlace {
  /** Address of its page. */
  readonly address: string;
  /** Compressed bytes by path of what was sent; empty for a file. */
  readonly sent: ReadonlyMap<string, number>;
  close(): void;
}

/** The Lab as one file, or its folder on loopback as a static host sends it. */
export async function labPlace(kind: 'file' | 'http'): Promise<LabPlace> {
  const sent = new Map<string, number>();
  if (kind === 'file') return { address: ONE_FILE.href, sent, close: () => undefined };
  const server = createServer(({ url = '/' }, response) => {
    const path = new URL(url, 'http://host').pathname.slice(1) || 'index.html';
    try {
      const bytes = gzipSync(readFileSync(fileURLToPath(new URL(path, FOLDER))));
      sent.set(path, bytes.length);
      response.setHeader('content-type', TYPES[extname(path)] ?? 'application/octet-stream');
      response.setHeader('content-encoding', 'gzip');
      response.end(bytes);
    } catch {
      response.statusCode = 404;
      response.end();
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}/`, sent, close: () => void server.close() };
}

/** A new page that may ask for nothing beside its own place; what it complains of or asks for goes into `trouble`. */
export async function quietPage(browser: Browser, { address }: LabPlace, trouble: string[]): Promise<Page> {
  const isFile = address.startsWith('file:');
  const context = await browser.newContext({ offline: isFile });
  const page = await context.newPage();
  page.on('pageerror', ({ message }) => trouble.push(message));
  page.on('console', (line) => line.type() === 'error' && trouble.push(line.text()));
  page.on('request', (request) => {
    const url = request.url();
    if (!/^(file|blob|data):/.test(url) && (isFile || !url.startsWith(address))) trouble.push(url);
  });
  return page;
}

/** Opens the Lab and waits for its first answer. */
export async function openLab(page: Page, { address }: LabPlace, rest = ''): Promise<void> {
  await page.goto(`${address}${rest}`);
  await page.waitForSelector('html[data-ready=true]');
}

/** Guesses and answers right, so that everything of the lesson is shown. */
export async function answerLesson(page: Page, number: number): Promise<void> {
  const { guess, questions } = lessonOf(number);
  for (const question of [guess, ...questions]) {
    const { text } = question.choices.find(({ isRight }) => isRight)!;
    const group = page.getByRole('group', { name: question.prompt, exact: true });
    await group.getByRole('button', { name: text, exact: true }).click();
  }
}

/** Times and trace hashes that the page shows, a board each. */
export const shownTimes = (page: Page): Promise<(number | string | undefined)[][]> =>
  page
    .locator('.big')
    .evaluateAll((all) => all.map((one) => [Number(one.dataset.latencyMs), one.dataset.hash]));

/** What `inferscope predict` says to the same. */
export async function predictedTimes(...words: string[]): Promise<unknown[]> {
  const { predictions } = (await runJson('predict', ...words)) as {
    predictions: { latencyMs: { value: number }; traceHash: string }[];
  };
  return predictions.map(({ latencyMs, traceHash }) => [latencyMs.value, traceHash]);
}

/** The boards that the Lab begins with. */
export const BOTH_BOARDS = ['--board', 'maixduino,openmv-h7-plus'];

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What axe finds wrong with the page as it stands: rule and first element each. */
export async function axeViolations(page: Page): Promise<string[]> {
  await page.evaluate(readFileSync(AXE, 'utf8'));
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run: () => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await axe.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]!.html}`);
  });
}

/** Drops a file of these bytes, or of so many zeros, onto the middle of the page. */
export async function dropFile(page: Page, name: string, bytes: Uint8Array | number): Promise<void> {
  const content = typeof bytes === 'number' ? bytes : Buffer.from(bytes).toString('base64');
  await page.evaluate(
    ([title, given]) => {
      const raw =
        typeof given === 'number'
          ? new Uint8Array(given)
          : Uint8Array.from(atob(given), (sign) => sign.charCodeAt(0));
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([raw], title));
      const target = document.querySelector('main')!;
      for (const type of ['dragenter', 'dragover', 'drop'])
        target.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
    },
    [name, content] as const,
  );
}
