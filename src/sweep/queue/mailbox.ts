import type { Redis } from 'ioredis';
import { FormatError } from '../../errors.ts';
import { parseBatchNotice, type BatchNotice, type SweepNotice } from './notices.ts';
import type { SweepPlan } from '../study/run-plan.ts';

/** Before the names of all that inferscope keeps in a Redis. */
export const PREFIX = 'inferscope';

const NOTICE_SECONDS = 60;
/** Of a plan with a model of 64 MB in it, and its boards. */
const MAX_NOTICE_BYTES = 100e6;
const RESULT_SECONDS = 24 * 3600;

const SWEEPS = `${PREFIX}:sweeps`;
const noticeKey = (key: string) => `${PREFIX}:notice:${key}`;
const doneKey = (key: string) => `${PREFIX}:done:${key}`;
const resultKey = (key: string, batch: number) => `${PREFIX}:result:${key}:${batch}`;

export function queueName({ key }: Pick<SweepPlan, 'key'>): string {
  return `sweep-${key}`;
}

/** What Redis answers, or something else where a key holds another kind of value than it should. */
async function orWrongType<T>(answer: Promise<T>, other: T): Promise<T> {
  return answer.catch((error: Error) => {
    if (error.message.startsWith('WRONGTYPE')) return other;
    throw error;
  });
}

/** Tells workers of a sweep, or that it still goes on: a notice that is not renewed expires within a minute. */
export async function announce(redis: Redis, notice: SweepNotice): Promise<void> {
  const { key } = notice.plan;
  const text = JSON.stringify(notice);
  // Somebody may have written something else there.
  const held = await orWrongType(redis.strlen(noticeKey(key)), -1);
  if (held !== Buffer.byteLength(text) || !(await redis.expire(noticeKey(key), NOTICE_SECONDS)))
    await redis.set(noticeKey(key), text, 'EX', NOTICE_SECONDS);
  if ((await orWrongType(redis.sadd(SWEEPS, key), -1)) >= 0) return;
  await redis.del(SWEEPS);
  await redis.sadd(SWEEPS, key);
}

/** Takes a sweep's notice away, and what workers told of it. */
export async function retract(redis: Redis, key: string): Promise<void> {
  await redis.del(noticeKey(key), doneKey(key));
  await redis.srem(SWEEPS, key);
}

/** Keys of the sweeps that are announced. */
export async function listSweeps(redis: Redis): Promise<string[]> {
  const keys = await orWrongType(redis.smembers(SWEEPS), []);
  const alive = await Promise.all(keys.map((key) => redis.exists(noticeKey(key))));
  const gone = keys.filter((_, at) => !alive[at]);
  if (gone.length > 0) await redis.srem(SWEEPS, gone);
  return keys.filter((_, at) => alive[at]).sort();
}

/** The text that is announced of a sweep, whatever it says; undefined where it has expired. */
export async function readNotice(redis: Redis, key: string): Promise<string | undefined> {
  const bytes = await orWrongType(redis.strlen(noticeKey(key)), -1);
  if (bytes < 0 || bytes > MAX_NOTICE_BYTES) return '';
  return (await orWrongType(redis.get(noticeKey(key)), '')) ?? undefined;
}

/** Hands in a batch; `bytes` are left out where it lies in the shared folder. */
export async function handIn(
  redis: Redis,
  key: string,
  notice: BatchNotice,
  bytes?: Uint8Array,
): Promise<void> {
  const result = resultKey(key, notice.batch);
  const text = JSON.stringify(notice);
  const steps = redis.multi().del(result).hset(result, 'notice', text);
  if (bytes) steps.hset(result, 'bytes', Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
  steps.expire(result, RESULT_SECONDS).rpush(doneKey(key), text).expire(doneKey(key), RESULT_SECONDS);
  for (const [error] of (await steps.exec()) ?? []) if (error) throw error;
}

/**
 * The next batch that was handed in, waiting so long for one; 'other' for a text that says no such thing. `redis` is a
 * connection of its own.
 */
export async function nextNotice(
  redis: Redis,
  key: string,
  seconds: number,
): Promise<BatchNotice | 'other' | undefined> {
  const answer = await redis.blpop(doneKey(key), seconds).catch(async (error: Error) => {
    if (!error.message.startsWith('WRONGTYPE')) throw error;
    await redis.del(doneKey(key));
    return null;
  });
  return answer ? (parseBatchNotice(answer[1]) ?? 'other') : undefined;
}

const noticeOf = async (redis: Redis, key: string, batch: number): Promise<BatchNotice | undefined> => {
  const notice = parseBatchNotice(await orWrongType(redis.hget(resultKey(key, batch), 'notice'), null));
  return notice?.batch === batch ? notice : undefined;
};

/** Of these batches those whose results wait in Redis, from an earlier run say. */
export async function findHandedIn(
  redis: Redis,
  key: string,
  batches: readonly number[],
): Promise<BatchNotice[]> {
  const notices = await Promise.all(batches.map((batch) => noticeOf(redis, key, batch)));
  return notices.flatMap((notice) => (notice === undefined ? [] : [notice]));
}

export async function isHandedIn(redis: Redis, key: string, batch: number): Promise<boolean> {
  return (await noticeOf(redis, key, batch)) !== undefined;
}

/** The Parquet file of a batch that was handed in. Throws a FormatError of one line where Redis has lost it. */
export async function readResult(redis: Redis, key: string, batch: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await redis.hgetBuffer(resultKey(key, batch), 'bytes');
  if (bytes) return new Uint8Array(bytes);
  throw new FormatError(
    `the result of batch ${batch} has gone from Redis; set its maxmemory-policy to noeviction and run with --resume`,
  );
}

export async function dropResult(redis: Redis, key: string, batch: number): Promise<void> {
  await redis.del(resultKey(key, batch));
}
