import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SpecError } from '../../errors.ts';
import { untilInterrupted } from '../interrupt.ts';
import { writeLine, type Io } from '../io.ts';

const LOOPBACK = '127.0.0.1';
const OPENERS: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
};

function openInBrowser(address: string): void {
  const [command, ...words] = OPENERS[process.platform] ?? ['xdg-open'];
  const child = spawn(command!, [...words, address], { stdio: 'ignore', detached: true });
  // Nothing to open it with: the address stands above.
  child.on('error', () => undefined);
  child.unref();
}

function pageServer(html: string): Server {
  return createServer((request, response) => {
    const isPage = /^\/(index\.html)?([?#]|$)/.test(request.url ?? '');
    response.writeHead(isPage ? 200 : 404, {
      'content-type': isPage ? 'text/html; charset=utf-8' : 'text/plain',
      'cache-control': 'no-store',
    });
    response.end(isPage ? html : 'not here\n');
  });
}

async function listen(server: Server, port: number): Promise<string> {
  server.listen(port, LOOPBACK);
  try {
    await once(server, 'listening');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new SpecError(`lab --port ${port}: cannot be listened at (${code}); leave it out for a free one`);
  }
  return `http://${LOOPBACK}:${(server.address() as AddressInfo).port}/`;
}

/** Serves the page to this machine alone until Ctrl-C. Throws a SpecError for a port that is taken or is none. */
export async function serveLab(
  html: string,
  { port, open }: { readonly port: number; readonly open: boolean },
  io: Io,
): Promise<0> {
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new SpecError(`lab --port ${port}: must be a whole number from 0 to 65535`);
  }
  const server = pageServer(html);
  const address = await listen(server, port);
  writeLine(io, `${address} (Ctrl-C ends it)`);
  if (open) openInBrowser(address);
  await untilInterrupted(async (signal) => {
    if (!signal.aborted) await once(signal, 'abort');
  });
  server.closeAllConnections();
  server.close();
  return 0;
}
