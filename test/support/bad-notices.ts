import type { Redis } from 'ioredis';
import type { SweepPlan } from '../../src/sweep/study/run-plan.ts';

/** Jobs as BullMQ keeps them: a hash beside a list of ids. */
async function addJob(redis: Redis, queue: string, id: string, data: string): Promise<void> {
  await redis.hset(`${queue}:${id}`, { name: 'batches', data, opts: '{"attempts":1}', timestamp: '1' });
  await redis.lpush(`${queue}:wait`, id);
}

/** Writes what no sweep and no worker of a plan would: notices, results and jobs of more than ten kinds. */
export async function writeBadNotices(redis: Redis, plan: SweepPlan): Promise<void> {
  const { key } = plan;
  const announce = async (name: string, text: string) => {
    await redis.sadd('inferscope:sweeps', name);
    await redis.set(`inferscope:notice:${name}`, text);
  };
  await announce('deadbeef00000001', 'no JSON {');
  await announce('deadbeef00000002', 'null');
  await announce('deadbeef00000003', '{"plan": 3, "probe": 1}');
  await announce('deadbeef00000004', JSON.stringify({ plan: { ...plan, version: '\u001b[31m9' }, probe: 1 }));
  await announce('deadbeef00000005', JSON.stringify({ plan: { version: '0.1.0' }, probe: 1 }));
  await announce('deadbeef00000006', JSON.stringify({ plan, probe: 1 }));
  await announce('../\u001b[2J\u202e', JSON.stringify({ plan, probe: 1 }));
  await redis.sadd('inferscope:sweeps', 'deadbeef00000007');
  await redis.rpush('inferscope:notice:deadbeef00000007', 'a list');
  // Of the very sweep: its notice, results, and what was told of them.
  await announce(key, JSON.stringify({ plan: { ...plan, points: 1e15 }, probe: 0 }));
  await redis.set(`inferscope:result:${key}:1`, 'no hash');
  await redis.hset(`inferscope:result:${key}:2`, { notice: 'no JSON', bytes: 'x' });
  const notice = { batch: 3, failed: 0, worker: '\u001b[31m', isStored: false };
  await redis.hset(`inferscope:result:${key}:3`, { notice: JSON.stringify(notice), bytes: 'no Parquet' });
  const stored = { batch: 4, failed: 0, worker: 'me', isStored: true };
  await redis.hset(`inferscope:result:${key}:4`, { notice: JSON.stringify(stored) });
  await redis.rpush(`inferscope:done:${key}`, 'no JSON', '[]', '{"batch": -1}', JSON.stringify(stored));
  const queue = `inferscope:sweep-${key}`;
  await addJob(redis, queue, 'bad-1', '{"batches": [1e9]}');
  await addJob(redis, queue, 'bad-2', '{"batches": "all"}');
  await addJob(redis, queue, 'bad-3', 'null');
  await addJob(redis, queue, 'bad-4', 'no JSON');
  await redis.lpush(`${queue}:wait`, 'no-such-job');
}
