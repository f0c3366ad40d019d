import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, describe, expect, it, test } from 'vitest';
import { startSweepThread } from '../src/node/sweep-runner.ts';
import { createQueueRunner } from '../src/sweep/queue/queue-runner.ts';
import { serveQueue } from '../src/sweep/queue/queue-worker.ts';
import { openStore } from '../src/sweep/store/store.ts';
import { endProcesses, startScript, type TestProcess } from './support/processes.ts';
import { needs } from './support/needs.ts';
import { freePort, startRedis, type TestRedis } from './support/redis-server.ts';
import { runCommand } from './support/run-command.ts';
import { collect, complete } from './support/sweep-complete.ts';
import { writeBadNotices } from './support/bad-notices.ts';
import { indicesOf, newFolder, readIndices, sameBytes, seeded, smallPlan } from './support/sweep-plan.ts';

const redis = needs('redis-server');

afterEach(endProcesses);

const WORKER_ROUNDS = 6;
const PATIENCE_MS = 1500;

/** A worker that notices in no time that another has died, and loses its patience as fast. */
function startWorker(url: string, more: { version?: string; folder?: string } = {}): TestProcess {
  const task = { kind: 'worker', url, lockMs: 600, patienceMs: PATIENCE_MS, version: '0.1.0', ...more };
  return startScript('test/support/sweep-process.ts', [JSON.stringify(task)]);
}

const newResults = () => join(newFolder(), 'results');
const launch = async (...options: string[]): Promise<TestRedis> => startRedis(await freePort(), ...options);

describe.skipIf(redis.missing)(`a queue on a real Redis${redis.reason}`, () => {
  it('two workers of the command line, 100 000 points, one worker killed in the middle: every point once', async () => {
    const { url } = await launch();
    const plan = smallPlan(12_500, 500);
    expect(plan.points).toBe(100_000);
    const workers = [0, 1].map(() =>
      startScript('src/cli/main.ts', ['worker', '--queue', url, '--concurrency', '1']),
    );
    await Promise.all(workers.map((worker) => worker.printed(/^worker .*: 1 thread for redis:/m)));
    const store = await openStore(newResults(), plan);
    await collect(store, createQueueRunner(url), (collected) => {
      if (collected === plan.batches >> 1) workers[0]!.kill();
    });
    expect(await readIndices(await store.merge())).toEqual(indicesOf(plan));
    workers[1]!.kill('SIGINT');
    expect(await workers[1]!.ended).toMatchObject({ code: 130 });
  });

  it(`workers killed ${WORKER_ROUNDS} times at random moments: every point once, the bytes of one process`, async () => {
    const random = seeded(11);
    const plan = smallPlan(250, 20);
    const alone = await complete(plan, newResults());
    const { url } = await launch();
    const workers = [startWorker(url), startWorker(url)];
    for (let round = 0; round < WORKER_ROUNDS; round++) {
      await Promise.all(workers.map((worker) => worker.printed(/ready/)));
      const store = await openStore(newResults(), plan);
      const killAt = Math.ceil(random() * plan.batches * 0.8);
      await collect(store, createQueueRunner(url), (collected) => {
        if (collected !== killAt) return;
        workers[round % 2]!.kill();
        workers[round % 2] = startWorker(url);
      });
      expect(await sameBytes(await store.merge(), alone)).toBe(true);
    }
  });

  it('a Redis that goes away: one line on both sides, and the rest is done later', async () => {
    const { url, process: server } = await launch();
    const plan = smallPlan(250, 20);
    const folder = newResults();
    const store = await openStore(folder, plan);
    const worker = startWorker(url);
    const broken = collect(store, createQueueRunner(url, { patienceMs: PATIENCE_MS }), (collected) => {
      if (collected === 20) server.kill();
    });
    await expect(broken).rejects.toThrow(
      `${url}: went away and stayed away for 1.5 s; what was collected is kept, run again with --resume`,
    );
    expect(await worker.ended).toEqual({
      code: 2,
      text: expect.stringMatching(
        /\nLostRedisError: redis:\/\/127[^\n]+ went away and stayed away for 1.5 s\n$/,
      ) as string,
    });
    const kept = await openStore(folder, plan, { resume: true });
    expect(kept.finishedBatches).toBeGreaterThanOrEqual(20);
    const another = await launch();
    startWorker(another.url);
    const path = await complete(plan, folder, createQueueRunner(another.url));
    expect(await sameBytes(path, await complete(plan, newResults()))).toBe(true);
  });

  it('a Redis that comes back without its memory: the sweep goes on', async () => {
    const { url, process: server } = await launch();
    const plan = smallPlan(250, 20);
    const store = await openStore(newResults(), plan);
    startScript('test/support/sweep-process.ts', [
      JSON.stringify({ kind: 'worker', url, lockMs: 600, patienceMs: 20_000, version: '0.1.0' }),
    ]);
    await collect(store, createQueueRunner(url, { patienceMs: 20_000 }), (collected) => {
      if (collected !== 20) return;
      server.kill();
      void server.ended.then(() => startRedis(Number(new URL(url).port)));
    });
    expect(await readIndices(await store.merge())).toEqual(indicesOf(plan));
  });

  it('what was handed in while nobody collected is not evaluated again', async () => {
    const { url } = await launch();
    const plan = smallPlan(100, 20);
    const folder = newResults();
    const worker = startWorker(url);
    const full = await openStore(folder, plan);
    full.write = () => Promise.reject(new Error('no space'));
    await expect(collect(full, createQueueRunner(url))).rejects.toThrow('no space');
    await worker.printed(/^batch /m);
    worker.kill();
    const evaluated = [...worker.text().matchAll(/^batch (\d+)$/gm)].map(([, batch]) => Number(batch));
    const second = startWorker(url);
    const path = await complete(plan, folder, createQueueRunner(url));
    expect(await readIndices(path)).toEqual(indicesOf(plan));
    const again = [...second.text().matchAll(/^batch (\d+)$/gm)].map(([, batch]) => Number(batch));
    expect(again.filter((batch) => evaluated.includes(batch))).toEqual([]);
  });

  it('two sweeps at once do not mix', async () => {
    const { url } = await launch();
    startWorker(url);
    const plans = [smallPlan(60, 20), smallPlan(61, 20)];
    const paths = await Promise.all(
      plans.map((plan) => complete(plan, newResults(), createQueueRunner(url))),
    );
    for (const [at, plan] of plans.entries()) {
      expect(await sameBytes(paths[at]!, await complete(plan, newResults()))).toBe(true);
    }
  });

  it('a shared folder takes the results, to the same bytes', async () => {
    const { url } = await launch();
    const plan = smallPlan(60, 20);
    const folder = newResults();
    const store = await openStore(folder, plan);
    startWorker(url, { folder });
    store.write = () => Promise.reject(new Error('nothing is sent'));
    await collect(store, createQueueRunner(url));
    expect(await sameBytes(await store.merge(), await complete(plan, newResults()))).toBe(true);
  });

  it('a database that the server does not have: one line, and not another database', async () => {
    const { url } = await launch();
    const { code, err } = await runCommand('worker', '--queue', `${url}/77`, '--idle', '1');
    expect([code, err]).toEqual([2, `inferscope: ${url}/77: has no database of that number\n`]);
  });

  it('a wrong password: one line on both sides, without the password', async () => {
    const { url } = await launch('--requirepass', 'right');
    const wrong = url.replace('//', '//:wr0ng@');
    const line = `inferscope: ${url}: refuses the user or password\n`;
    expect(await runCommand('worker', '--queue', wrong, '--concurrency', '1')).toEqual({
      code: 2,
      out: '',
      err: line,
    });
    const runner = createQueueRunner(wrong);
    await expect(collect(await openStore(newResults(), smallPlan(10, 20)), runner)).rejects.toThrow(
      `${url}: refuses the user or password`,
    );
    const none = await runCommand('worker', '--queue', url, '--concurrency', '1');
    expect(none.err).toBe(`inferscope: ${url}: wants a password: redis://:password@host\n`);
  });

  it('a user and a password in the URL open the door', async () => {
    const rights = 'lab on >s3cret allkeys allchannels +@all -@dangerous +info'.split(' ');
    const { url } = await launch('--user', ...rights, '--user', 'default', 'off');
    const right = url.replace('//', '//lab:s3cret@');
    startWorker(right);
    const plan = smallPlan(10, 20);
    const path = await complete(plan, newResults(), createQueueRunner(right));
    expect(await readIndices(path)).toEqual(indicesOf(plan));
  });

  it('a worker of another version passes a sweep over, says so once and lives on', async () => {
    const { url } = await launch();
    const store = await openStore(newResults(), smallPlan(10, 20));
    const worker = startWorker(url, { version: '0.2.0' });
    const said = worker.printed(
      /passed over: .*"[0-9a-f.-]+" wants workers of inferscope "0\.1\.0", this is 0\.2\.0; install that version/,
    );
    await worker.printed(/ready/);
    const collecting = collect(store, createQueueRunner(url));
    await said;
    const helper = startWorker(url);
    await collecting;
    helper.kill();
    expect(worker.isRunning()).toBe(true);
  });

  it('what strangers write among the notices and jobs ends no worker, and the results are the same bytes', async () => {
    const { url } = await launch();
    const plan = smallPlan(60, 20);
    const alone = await complete(plan, newResults());
    const { Redis } = await import('ioredis');
    const redis = new Redis(url);
    await writeBadNotices(redis, plan);
    const workers = [startWorker(url), startWorker(url)];
    await Promise.all(
      workers.map((worker) => worker.printed(/passed over: .*"deadbeef00000001" is no notice/)),
    );
    const together = await complete(plan, newResults(), createQueueRunner(url));
    expect(await sameBytes(alone, together)).toBe(true);
    expect(workers.map((worker) => worker.isRunning())).toEqual([true, true]);
    redis.disconnect();
  });

  const openssl = needs('openssl');
  it.skipIf(openssl.missing)(`TLS${openssl.reason}`, async () => {
    const folder = newFolder();
    const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=localhost', '-days', '2'];
    spawnSync('openssl', [
      ...request,
      '-addext',
      'subjectAltName=IP:127.0.0.1',
      '-keyout',
      key,
      '-out',
      certificate,
    ]);
    const port = await freePort();
    const files = ['--tls-cert-file', certificate, '--tls-key-file', key, '--tls-auth-clients', 'no'];
    await startRedis(await freePort(), '--tls-port', String(port), ...files, '--requirepass', 's3cret');
    const url = `rediss://:s3cret@127.0.0.1:${port}`;
    const distrusted = await runCommand('worker', '--queue', url, '--concurrency', '1');
    expect(distrusted.err).toMatch(
      /^inferscope: rediss:\/\/127.0.0.1:\d+: has a TLS certificate that is not trusted; see NODE_EXTRA_CA_CERTS\n$/,
    );
    const trusting = startScript('src/cli/main.ts', ['worker', '--queue', url, '--idle', '1'], {
      NODE_EXTRA_CA_CERTS: certificate,
    });
    expect(await trusting.ended).toMatchObject({ code: 0 });
  });
});

test.each(['', 'localhost', 'http://127.0.0.1', 'redis://', 'redis://:secret@'])(
  '"%s" is no Redis URL',
  async (url) => {
    const { code, err } = await runCommand('worker', '--queue', url === '' ? ' ' : url, '--concurrency', '1');
    expect([code, err]).toEqual([
      2,
      'inferscope: --queue: is no Redis URL; write redis://[user:password@]host[:port] or rediss:// for TLS\n',
    ]);
  },
);

test('a database by a word', async () => {
  const { code, err } = await runCommand('worker', '--queue', 'redis://:s3cret@127.0.0.1/abc');
  expect([code, err]).toEqual([
    2,
    'inferscope: --queue: what follows the host must be the number of a database, such as /0\n',
  ]);
});

test('more threads than any machine has use for', async () => {
  const { code, err } = await runCommand('worker', '--queue', 'redis://127.0.0.1', '--concurrency', '257');
  expect([code, err]).toEqual([
    2,
    'inferscope: --concurrency must be a whole number from 1 to 256, got 257\n',
  ]);
});

test('a Redis that is not there', async () => {
  const url = `redis://lab:s3cret@127.0.0.1:${await freePort()}`;
  const options = { version: '0.1.0', name: 'test', threads: 1, start: startSweepThread };
  await expect(serveQueue(url, options)).rejects.toThrow(
    /^redis:\/\/127.0.0.1:\d+: cannot be reached: connection refused$/,
  );
});
