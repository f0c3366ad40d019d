import { createServer, type AddressInfo } from 'node:net';
import { startProcess, type TestProcess } from './processes.ts';

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => void server.close(resolve));
  return port;
}

export interface TestRedis {
  readonly url: string;
  readonly process: TestProcess;
}

/** A Redis server of its own on loopback, which keeps nothing on the disk. */
export async function startRedis(port: number, ...options: string[]): Promise<TestRedis> {
  const keepNothing = ['--save', '', '--appendonly', 'no'];
  const server = startProcess('redis-server', [
    ...['--port', String(port), '--bind', '127.0.0.1'],
    ...keepNothing,
    ...options,
  ]);
  await server.printed(/Ready to accept connections/);
  return { url: `redis://127.0.0.1:${port}`, process: server };
}
