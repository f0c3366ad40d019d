import type { Redis, RedisOptions } from 'ioredis';
import { SpecError } from '../../errors.ts';
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
}

const PATIENCE_MS = 10_000;
const RETRY_MS = 500;
const CONNECT_MS = 5000;
const DEFAULT_PORT = '6379';

/** A queue's library. Throws a SpecError of one line where it is not installed. */
export async function loadLibrary<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new SpecError(
      '--queue: needs the packages bullmq and ioredis; install them: npm install bullmq@6.7.0 ioredis@6.0.0',
    );
  }
}

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

/** Connects to a server. Throws a SpecError of one line where it cannot be reached or refuses. */
export async function openRedis(
  url: string,
  { patienceMs = PATIENCE_MS }: RedisLinkOptions = {},
): Promise<RedisLink> {
  const name = nameOfRedis(url);
  const { Redis } = await loadLibrary(() => import('ioredis'));
  let isClosed = false;
  let isReached = false;
  let lastError: unknown;
  const options = {
    lazyConnect: true,
    connectTimeout: CONNECT_MS,
    maxRetriesPerRequest: null,
    retryStrategy: (tries: number) =>
      isClosed || !isReached || tries * RETRY_MS > patienceMs ? null : RETRY_MS,
  } satisfies RedisOptions;
  const made: Redis[] = [];
  const exit = new ExitWatch();
  const keep = (redis: Redis): Redis => {
    redis.on('error', (error) => void (lastError = error));
    redis.on('end', () => {
      if (!isClosed && isReached)
        exit.endWith(new LostRedisError(`${name}: went away and stayed away for ${patienceMs / 1000} s`));
    });
    made.push(redis);
    return redis;
  };
  const redis = keep(new Redis(url, options));
  const close = () => {
    isClosed = true;
    for (const connection of made) connection.disconnect();
  };
  try {
    await redis.connect();
    await redis.ping();
    // While it connects the library passes over a database that is not there.
    await redis.select(redis.options.db ?? 0);
  } catch (error) {
    close();
    throw explainRedis(name, lastError ?? error);
  }
  isReached = true;
  return { redis, name, exit, duplicate: () => keep(redis.duplicate({ lazyConnect: false })), close };
}
