import type { Redis, RedisOptions } from 'ioredis';
import { SpecError } from '../../errors.ts';
import { loadOptional } from '../../optional-package.ts';
import { ExitWatch } from '../pool/exit-watch.ts';

/** A server that was reached once and went away. */
export class LostRedisError extends SpecError {
  override name = 'LostRedisError';
}

/** An open connection to a Redis server, and those made from it. */
export interface RedisLink {
  readonly redis: Redis;
  /** The server without user and password, for messages. */
  readonly name: string;
  /** Cut with a LostRedisError of one line when the server stays away. */
  readonly exit: ExitWatch;
  /** Another connection, for commands that wait. */
  duplicate(): Redis;
  close(): void;
}

export interface RedisLinkOptions {
  /** For so long a server that was reached once may stay away. */
  readonly patienceMs?: number;
  /** For so long a server may say nothing before it is ready. */
  readonly silenceMs?: number;
  /** Ends the wait for a server that is not ready. */
  readonly signal?: AbortSignal | undefined;
}

const PATIENCE_MS = 10_000;
const RETRY_MS = 500;
const CONNECT_MS = 5000;
/** Longer than the library waits between two questions to a server that loads its data (10 s). */
const SILENCE_MS = 12_000;
const DEFAULT_PORT = '6379';

const QUEUES = { feature: '--queue', packages: ['bullmq@6.7.0', 'ioredis@6.0.0'] };

/** A queue's library. Throws a SpecError of one line where it is not installed. */
export const loadLibrary = <T>(load: () => Promise<T>): Promise<T> => loadOptional(QUEUES, load);

/** A Redis URL without its secrets. Throws a SpecError of one line, which shows no part of it, for no such URL. */
export function nameOfRedis(url: string): string {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    throw notRedis();
  }
  const { protocol, hostname, port, pathname } = parsed;
  if (!/^rediss?:$/.test(protocol) || hostname === '') throw notRedis();
  if (!DATABASE.test(pathname))
    throw new SpecError('--queue: what follows the host must be the number of a database, such as /0');
  return `${protocol}//${hostname}:${port || DEFAULT_PORT}${pathname === '/' ? '' : pathname}`;
}

const DATABASE = /^(\/\d{0,5})?$/;

function notRedis(): SpecError {
  return new SpecError(
    '--queue: is no Redis URL; write redis://[user:password@]host[:port] or rediss:// for TLS',
  );
}

const REASONS: readonly (readonly [RegExp, string])[] = [
  [/WRONGPASS|invalid password/i, 'refuses the user or password'],
  // What the client says of a server of another kind, and asks to be told of.
  [/Unknown RESP type/, 'answers as no Redis does; is that its port?'],
  [/NOAUTH/, 'wants a password: redis://:password@host'],
  [/DB index/, 'has no database of that number'],
  [/NOPERM/, 'does not allow this user what a queue needs'],
  [/ECONNREFUSED/, 'cannot be reached: connection refused'],
  [/ENOTFOUND|EAI_AGAIN/, 'cannot be reached: unknown host'],
  [/ETIMEDOUT|EHOSTUNREACH|ENETUNREACH/, 'cannot be reached: no answer'],
  [/certificate|self.signed/i, 'has a TLS certificate that is not trusted; see NODE_EXTRA_CA_CERTS'],
  [/SSL|TLS|EPROTO|ECONNRESET|socket hang up/i, 'does not speak as the URL says (redis:// or rediss://)'],
];

/** What a Redis error says, in words for one line; never more than the server's own. */
export function explainRedis(name: string, error: unknown): SpecError {
  const { message = '', code = '' } = (error ?? {}) as { message?: string; code?: string };
  const known = REASONS.find(([pattern]) => pattern.test(message) || pattern.test(code));
  return new SpecError(`${name}: ${known ? known[1] : `cannot be used: ${message || code || 'no answer'}`}`);
}

/** The connections of one link: watched together, closed together. */
class Connections {
  readonly exit = new ExitWatch();
  isClosed = false;
  isReached = false;
  lastError: unknown;
  readonly #made: Redis[] = [];
  readonly #name: string;
  readonly #patienceMs: number;

  constructor(name: string, patienceMs: number) {
    this.#name = name;
    this.#patienceMs = patienceMs;
  }

  /** How long to wait before the next try; null ends the trying. */
  readonly retryStrategy = (tries: number): number | null =>
    this.isClosed || !this.isReached || tries * RETRY_MS > this.#patienceMs ? null : RETRY_MS;

  readonly keep = (redis: Redis): Redis => {
    redis.on('error', (error) => void (this.lastError = error));
    redis.on('end', () => {
      if (this.isClosed || !this.isReached) return;
      const seconds = this.#patienceMs / 1000;
      this.exit.endWith(new LostRedisError(`${this.#name}: went away and stayed away for ${seconds} s`));
    });
    this.#made.push(redis);
    return redis;
  };

  readonly close = (): void => {
    this.isClosed = true;
    for (const connection of this.#made) connection.disconnect();
  };
}

async function handshake(redis: Redis): Promise<void> {
  await redis.connect();
  await redis.ping();
  // While it connects the library passes over a database that is not there.
  await redis.select(redis.options.db ?? 0);
}

/** A port that takes connections and says nothing would be waited for without end; a server that loads its data speaks. */
async function whileItSpeaks(
  redis: Redis,
  work: Promise<void>,
  silenceMs: number,
  signal?: AbortSignal,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let before = 0;
  let stop = (): void => undefined;
  const silent = new Promise<never>((_, reject) => {
    stop = () => reject(new Error('stopped'));
    signal?.addEventListener('abort', stop);
    timer = setInterval(() => {
      const { bytesRead = 0 } = (redis as { readonly stream?: { readonly bytesRead?: number } }).stream ?? {};
      if (bytesRead === before) reject(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' }));
      before = bytesRead;
    }, silenceMs);
  });
  try {
    await Promise.race([work, silent]);
  } finally {
    clearInterval(timer);
    signal?.removeEventListener('abort', stop);
  }
}

/**
 * Connects to a server; undefined where the signal came before it was ready. Throws a SpecError of one line where it cannot
 * be reached or refuses.
 */
export async function openRedis(
  url: string,
  { patienceMs = PATIENCE_MS, silenceMs = SILENCE_MS, signal }: RedisLinkOptions = {},
): Promise<RedisLink | undefined> {
  const name = nameOfRedis(url);
  const { Redis } = await loadLibrary(() => import('ioredis'));
  const connections = new Connections(name, patienceMs);
  const { exit, keep, close } = connections;
  const options = {
    lazyConnect: true,
    connectTimeout: CONNECT_MS,
    maxRetriesPerRequest: null,
    retryStrategy: connections.retryStrategy,
  } satisfies RedisOptions;
  const redis = keep(new Redis(url, options));
  try {
    await whileItSpeaks(redis, handshake(redis), silenceMs, signal);
  } catch (error) {
    close();
    if (signal?.aborted) return undefined;
    throw explainRedis(name, connections.lastError ?? error);
  }
  connections.isReached = true;
  return { redis, name, exit, duplicate: () => keep(redis.duplicate({ lazyConnect: false })), close };
}
