import type { Redis } from 'ioredis';
import { afterEach, expect, it, vi } from 'vitest';
import { Claim } from './claim.ts';

afterEach(() => vi.useRealTimers());

/** A server with one key, which knows how long it is to last. */
function server(holder: string | null = null) {
  const asked: unknown[][] = [];
  const redis = {
    set: (...given: unknown[]) => {
      asked.push(['set', ...given]);
      return Promise.resolve(holder === null ? 'OK' : null);
    },
    get: () => Promise.resolve(holder),
    eval: (...given: unknown[]) => {
      asked.push(['eval', ...given]);
      return Promise.resolve(1);
    },
  };
  return { redis: redis as unknown as Redis, asked };
}

it('lasts for so many seconds, and is renewed three times in them until it is given back', async () => {
  vi.useFakeTimers();
  const { redis, asked } = server();
  const claim = new Claim(redis, 'study', 6);
  await claim.take('redis');
  expect(asked).toEqual([
    ['set', expect.stringContaining(':collector:study'), expect.any(String), 'PX', 6000, 'NX'],
  ]);
  await vi.advanceTimersByTimeAsync(6000);
  const renewals = asked.slice(1);
  expect(renewals).toHaveLength(3);
  renewals.forEach((renewal) => expect(renewal.at(-1)).toBe(6000));
  await claim.release();
  const before = asked.length;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toHaveLength(before);
});

it('waits as long as a claim lasts for somebody who may have been killed, then says who is at it', async () => {
  vi.useFakeTimers();
  const { redis, asked } = server('elsewhere:1:0');
  const failure = new Claim(redis, 'study', 2).take('redis').catch((error: Error) => error.message);
  await vi.advanceTimersByTimeAsync(1900);
  const looksSoFar = asked.length;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await failure).toMatch(/^redis: another sweep collects/);
  expect([looksSoFar, asked.length]).toEqual([4, 6]);
});
