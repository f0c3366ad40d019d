import { defineCommand } from '../command.ts';
import type { Io } from '../io.ts';

interface Args {
  readonly queue: string;
  readonly concurrency: number | undefined;
  readonly out: string | undefined;
  readonly idle: number | undefined;
}

const QUEUE_HELP = 'Redis URL: redis://[user:password@]host[:port], rediss:// for TLS';

export const workerCommand = defineCommand<Args>({
  command: 'worker',
  describe: 'Evaluate batches of sweeps that other machines put on a queue',
  builder: (yargs) =>
    yargs
      .options({
        queue: { type: 'string', demandOption: true, requiresArg: true, describe: QUEUE_HELP },
        concurrency: { type: 'number', requiresArg: true, describe: 'Threads; default: one a core' },
        out: {
          type: 'string',
          requiresArg: true,
          describe: "The sweep's --out folder, if it is shared: results are written there",
        },
        idle: { type: 'number', requiresArg: true, describe: 'End after so many seconds without a sweep' },
      })
      .example('$0 worker --queue redis://10.0.0.5', 'work until Ctrl-C')
      .example('$0 worker --queue rediss://lab:secret@cache.example --concurrency 8', 'TLS and a password')
      .example('$0 worker --queue redis://10.0.0.5 --out /mnt/results', 'results go through a shared folder'),
  run: async (args, io) => {
    const { hostname, availableParallelism } = await import('node:os');
    const { serveQueue } = await import('../../sweep/queue/queue-worker.ts');
    const { enableFormulas } = await import('../../script/formulas.ts');
    const { MAX_THREADS } = await import('../sweep/sweep-options.ts');
    const { startSweepThread } = await import('../sweep/threads.ts');
    const { untilInterrupted } = await import('../interrupt.ts');
    const { VERSION } = await import('../version.ts');
    const threads = await requireCount(
      '--concurrency',
      args.concurrency ?? availableParallelism(),
      MAX_THREADS,
    );
    const idleSeconds = args.idle === undefined ? undefined : await requireCount('--idle', args.idle);
    if (args.out !== undefined) await requireFolder(args.out);
    const name = `${hostname()}:${process.pid}`;
    const { nameOfRedis } = await import('../../sweep/queue/redis.ts');
    const greeting = `worker ${name}: ${threads} ${threads === 1 ? 'thread' : 'threads'} for ${nameOfRedis(args.queue)}`;
    // Boards of sweeps that come may have costs in Lua.
    await enableFormulas();
    const isInterrupted = await untilInterrupted(async (signal) => {
      await serveQueue(args.queue, {
        ...{ version: VERSION, name, threads, signal, start: () => startSweepThread() },
        ...(args.out !== undefined && { folder: args.out }),
        ...(idleSeconds !== undefined && { idleSeconds }),
        ...tellOf(io, greeting),
      });
      return signal.aborted;
    });
    return isInterrupted ? 130 : 0;
  },
});

/** A line at the start and one for each sweep that comes; the one bar is where the sweep was started. */
function tellOf(io: Io, greeting: string) {
  return {
    onReady: () => io.err(`${greeting}\n`),
    onSkip: (problem: string) => io.err(`${problem}; it is passed over\n`),
    onSweep: ({ key, points }: { key: string; points: number }, isShared: boolean) =>
      io.err(
        `sweep ${key.slice(0, 12)}: ${points} points${isShared ? ', results to the shared folder' : ''}\n`,
      ),
  };
}

/** Throws a SpecError where another thing has the folder's name; it need not be there before the sweep that makes it. */
async function requireFolder(path: string): Promise<void> {
  const { stat } = await import('node:fs/promises');
  const { SpecError } = await import('../../errors.ts');
  const found = await stat(path).catch(() => undefined);
  if (found !== undefined && !found.isDirectory())
    throw new SpecError(`--out: ${path} is no folder; name the one of the sweep, or leave it out`);
}

async function requireCount(option: string, value: number, most = Number.MAX_SAFE_INTEGER): Promise<number> {
  if (Number.isSafeInteger(value) && value > 0 && value <= most) return value;
  const { SpecError } = await import('../../errors.ts');
  const range = most < Number.MAX_SAFE_INTEGER ? `from 1 to ${most}` : 'above 0';
  throw new SpecError(`${option} must be a whole number ${range}, got ${value}`);
}
