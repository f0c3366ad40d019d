import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import process from 'node:process';
import { expect, test } from 'vitest';
import type { Io } from '../io.ts';
import { serveLab } from './serve-lab.ts';

/** An Io whose first line is awaited. */
function listeningIo(): { readonly io: Io; readonly firstLine: Promise<string> } {
  let tell: (line: string) => void = () => undefined;
  const firstLine = new Promise<string>((resolve) => (tell = resolve));
  return {
    io: { out: (text) => tell(text), err: () => undefined, columns: 80, seconds: () => 0 },
    firstLine,
  };
}

test('the page is served at the address that is printed, and nothing else, until Ctrl-C', async () => {
  const { io, firstLine } = listeningIo();
  const serving = serveLab('<p>the page</p>', { port: 0, open: false }, io);
  const line = await firstLine;
  expect(line).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d*\/ \(Ctrl-C ends it\)\n$/);
  const [address = ''] = line.split(' ');
  const page = await fetch(address);
  expect([page.status, page.headers.get('content-type'), await page.text()]).toEqual([
    ...[200, 'text/html; charset=utf-8', '<p>the page</p>'],
  ]);
  expect((await fetch(`${address}package.json`)).status).toBe(404);
  process.emit('SIGINT');
  expect(await serving).toBe(0);
  await expect(fetch(address)).rejects.toThrow();
});

test('a port that is taken or is none is one line', async () => {
  const { io } = listeningIo();
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  await expect(serveLab('', { port, open: false }, io)).rejects.toThrow(
    `lab --port ${port}: cannot be listened at (EADDRINUSE); leave it out for a free one`,
  );
  taken.close();
  await expect(serveLab('', { port: 65536, open: false }, io)).rejects.toThrow(
    'lab --port 65536: must be a whole number from 0 to 65535',
  );
});
