import { spawnSync } from 'node:child_process';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { BatchEvaluator } from '../src/sweep/pool/service.ts';
import { Claim } from '../src/sweep/queue/claim.ts';
import { createQueueRunner } from '../src/sweep/queue/queue-runner.ts';
import { openRedis } from '../src/sweep/queue/redis.ts';
import { openStore } from '../src/sweep/store/store.ts';
import { endProcesses, startScript } from './support/processes.ts';
import { needs } from './support/needs.ts';
import { freePort, startRedis, type TestRedis } from './support/redis-server.ts';
import { collect } from './support/sweep-complete.ts';
import { newFolder, smallPlan } from './support/sweep-plan.ts';

const redis = needs('redis-server');

afterEach(endProcesses);

const newResults = () => join(newFolder(), 'results');
const launch = async (): Promise<TestRedis> => startRedis(await freePort());

describe.skipIf(redis.missing)(`who collects a sweep from a real Redis${redis.reason}`, () => {
  it('a batch whose notice is lost is found in the end', async () => {
    const { url } = await launch();
    const plan = smallPlan(10, 80);
    const evaluated = new BatchEvaluator(plan).evaluate(0);
    const notice = { batch: 0, failed: 0, worker: 'test', isStored: false };
    const store = await openStore(newResults(), plan);
    const link = (await openRedis(url))!;
    const collected = collect(store, createQueueRunner(url));
    await expect.poll(() => link.redis.exists(`inferscope:notice:${plan.key}`)).toBe(1);
    const result = `inferscope:result:${plan.key}:0`;
    await link.redis.hset(result, {
      notice: JSON.stringify(notice),
      bytes: Buffer.from(evaluated.bytes!),
    });
    await collected;
    link.close();
    expect(store.finishedPoints).toBe(plan.points);
  });

  it('a sweep of the command line ends with a Redis that goes away', async () => {
    const { url, process: server } = await launch();
    const line = ['sweep', '--filters', '1:2000', '--queue', url, '--out', newResults()];
    const sweep = startScript('src/cli/main.ts', line);
    const link = (await openRedis(url))!;
    await expect.poll(() => link.redis.keys('inferscope:notice:*')).toHaveLength(1);
    link.close();
    server.kill();
    expect(await sweep.ended).toMatchObject({ code: 2 });
  });

  it('one study is collected by one sweep at a time; by the next one when the first is killed', async () => {
    const { url } = await launch();
    const plan = smallPlan(10, 20);
    const link = (await openRedis(url))!;
    // Far longer than the second looks, so that a late renewal loses nothing.
    const first = new Claim(link.redis, plan.key, 600);
    await first.take(url);
    const second = createQueueRunner(url, { claimSeconds: 1 });
    await expect(collect(await openStore(newResults(), plan), second)).rejects.toThrow(
      `${url}: another sweep collects the results of the same study there`,
    );
    await first.release();
    // As a process leaves it that was killed on this machine, and on another one.
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    for (const holder of [`${hostname()}:${dead}:0`, 'elsewhere:1:0']) {
      await link.redis.set(`inferscope:collector:${plan.key}`, holder, 'PX', 1000);
      const next = new Claim(link.redis, plan.key, 60);
      await next.take(url);
      await next.release();
    }
    expect(await link.redis.exists(`inferscope:collector:${plan.key}`)).toBe(0);
    link.close();
  });
});
