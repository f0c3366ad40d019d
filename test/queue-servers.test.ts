import { once } from 'node:events';
import { createServer } from 'node:http';
import { createServer as listen, type AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { openRedis } from '../src/sweep/queue/redis.ts';
import { runCommand } from './support/run-command.ts';

test('a server that is no Redis', async () => {
  const server = createServer((_, answer) => answer.end('hello')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const { code, err } = await runCommand('worker', '--queue', `redis://127.0.0.1:${port}`);
  server.closeAllConnections();
  server.close();
  expect([code, err]).toEqual([
    2,
    `inferscope: redis://127.0.0.1:${port}: answers as no Redis does; is that its port?\n`,
  ]);
});

test('a port that takes connections and never answers is given up, or left when the wait is stopped', async () => {
  const server = listen((socket) => socket.on('error', () => undefined)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `redis://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await expect(openRedis(url, { silenceMs: 50 })).rejects.toThrow(`${url}: cannot be reached: no answer`);
  const stop = new AbortController();
  server.once('connection', () => stop.abort());
  expect(await openRedis(url, { silenceMs: 2 ** 31 - 1, signal: stop.signal })).toBeUndefined();
  server.close();
});
