import type { Redis } from 'ioredis';
import { FormatError } from '../../errors.ts';
import type { SweepPlan } from '../study/run-plan.ts';

/** Before the names of all that inferscope keeps in a Redis. */
export const PREFIX = 'inferscope';

/** What workers are told of a sweep that waits for them. */
export interface SweepNotice {
  readonly plan: SweepPlan;
  /** Checksum of the plan's first points, by which a worker of another build is found. */
  readonly probe: number;
}

/** What a worker tells of a batch that it has finished. */
export interface BatchNotice {
  readonly batch: number;
  readonly failed: number;
  readonly worker: string;
  /** The batch lies in the shared folder, not in Redis. */
  readonly isStored: boolean;
}

const NOTICE_SECONDS = 60;
const RESULT_SECONDS = 24 * 3600;

const SWEEPS = `${PREFIX}:sweeps`;
const noticeKey = (key: string) => `${PREFIX}:notice:${key}`;
const doneKey = (key: string) => `${PREFIX}:done:${key}`;
const resultKey = (key: string, batch: number) => `${PREFIX}:result:${key}:${batch}`;

export function queueName({ key }: Pick<SweepPlan, 'key'>): string {
  return `sweep-${key}`;
}

/** Tells workers of a sweep, or that it still goes on: a notice that is not renewed expires within a minute. */
export async function announce(redis: Redis, notice: SweepNotice): Promise<void> {
  const { key } = notice.plan;
  if (await redis.expire(noticeKey(key), NOTICE_SECONDS)) return;
  await redis.set(noticeKey(key), JSON.stringify(notice), 'EX', NOTICE_SECONDS);
  await redis.sadd(SWEEPS, key);
}

/** Takes a sweep's notice away, and what workers told of it. */
export async function retract(redis: Redis, key: string): Promise<void> {
  await redis.del(noticeKey(key), doneKey(key));
  await redis.srem(SWEEPS, key);
}

/** Keys of the sweeps that are announced. */
export async function listSweeps(redis: Redis): Promise<string[]> {
  const keys = await redis.smembers(SWEEPS);
  const alive = await Promise.all(keys.map((key) => redis.exists(noticeKey(key))));
  const gone = keys.filter((_, at) => !alive[at]);
  if (gone.length > 0) await redis.srem(SWEEPS, gone);
  return keys.filter((_, at) => alive[at]).sort();
}

/** What is announced of a sweep; undefined where its notice has expired. */
export async function readNotice(redis: Redis, key: string): Promise<SweepNotice | undefined> {
  const text = await redis.get(noticeKey(key));
  return text === null ? undefined : (JSON.parse(text) as SweepNotice);
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
  const steps = redis.multi().hset(result, 'notice', text);
  if (bytes) steps.hset(result, 'bytes', Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
  steps.expire(result, RESULT_SECONDS).rpush(doneKey(key), text).expire(doneKey(key), RESULT_SECONDS);
  for (const [error] of (await steps.exec()) ?? []) if (error) throw error;
}

/** The next batch that was handed in, waiting so long for one; `redis` is a connection of its own. */
export async function nextNotice(
  redis: Redis,
  key: string,
  seconds: number,
): Promise<BatchNotice | undefined> {
  const answer = await redis.blpop(doneKey(key), seconds);
  return answer ? (JSON.parse(answer[1]) as BatchNotice) : undefined;
}

/** Of these batches those whose results wait in Redis, from an earlier run say. */
export async function findHandedIn(
  redis: Redis,
  key: string,
  batches: readonly number[],
): Promise<BatchNotice[]> {
  const texts = await Promise.all(batches.map((batch) => redis.hget(resultKey(key, batch), 'notice')));
  return texts.flatMap((text) => (text === null ? [] : [JSON.parse(text) as BatchNotice]));
}

export async function isHandedIn(redis: Redis, key: string, batch: number): Promise<boolean> {
  return (await redis.exists(resultKey(key, batch))) === 1;
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
