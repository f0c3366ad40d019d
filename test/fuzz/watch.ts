import { fork } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { NO_OUTCOMES, type Outcomes } from './outcomes.ts';

/** Processor time on one input after which a process is ended; one that ends by itself is measured there. */
const HANG_CPU_SECONDS = 8;
/** On the clock, for what waits for ever and where no processor time is told; a busy machine does not come there. */
const HANG_WALL_SECONDS = 120;
/** Before the first input: a process loads its modules and makes its seeds. */
const START_SECONDS = 60;
const LOOK_MS = 500;
/** Ticks of a second in /proc: 100 on every Linux that Node runs on (proc(5), USER_HZ). */
const TICKS = 100;

/** Time of change, in seconds, of the file with the last input while the next one is made. */
export const MAKES_NEXT = 1000;

export interface Fed {
  readonly problem: string | undefined;
  readonly outcomes: Outcomes;
}

interface Report {
  readonly problem?: string;
  readonly outcomes?: Outcomes;
  /** Nothing is tried any more. */
  readonly isLast?: boolean;
}

/** Processor time of a process so far in seconds; 0 where the system does not tell. */
function cpuSecondsOf(pid: number): number {
  try {
    // Behind the name, which may hold blanks: state, .., user time, system time at 14 and 15 (proc(5)).
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)!.split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS;
  } catch {
    return 0;
  }
}

/** Says how long the input that is at work has taken, each time it is asked, and whether there was one yet. */
function stopwatch(pid: number, file: string): () => { cpu: number; wall: number; hasBegun: boolean } {
  const changedMs = () => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const before = changedMs();
  let last = { mtimeMs: before, cpu: 0, wall: performance.now() };
  return () => {
    const mtimeMs = changedMs();
    const cpu = cpuSecondsOf(pid);
    if (mtimeMs !== last.mtimeMs) last = { mtimeMs, cpu, wall: performance.now() };
    if (mtimeMs === 1000 * MAKES_NEXT) last = { ...last, cpu };
    return {
      ...{ cpu: cpu - last.cpu, wall: (performance.now() - last.wall) / 1000 },
      hasBegun: mtimeMs !== before,
    };
  };
}

/**
 * Runs feed.ts, of which `feeder` is what was built, for so many seconds; what ends it or keeps it from its next input is a problem too. A busy machine is none: it is
 * the processor's time that counts.
 */
export async function feed(
  feeder: string,
  name: string,
  { seconds, seed, file }: { readonly seconds: number; readonly seed: number; readonly file: string },
): Promise<Fed> {
  const child = fork(feeder, [name, String(seconds), String(seed), file], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let [problem, outcomes, errors, isReported] = [undefined as string | undefined, NO_OUTCOMES, '', false];
  child.stderr!.on('data', (data: Buffer) => (errors = (errors + data.toString()).slice(-2000)));
  child.on('message', (message: Report) => {
    isReported ||= message.isLast === true || message.problem !== undefined;
    if (message.problem) problem = message.problem;
    outcomes = message.outcomes ?? outcomes;
  });
  const taken = stopwatch(child.pid!, file);
  const watch = setInterval(() => {
    const { cpu, wall, hasBegun } = taken();
    const start = hasBegun ? 0 : START_SECONDS;
    if (isReported || (cpu < HANG_CPU_SECONDS + start && wall < HANG_WALL_SECONDS + start)) return;
    problem = `takes more than ${HANG_CPU_SECONDS} s`;
    child.kill('SIGKILL');
  }, LOOK_MS);
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  clearInterval(watch);
  if (code !== 0 && problem === undefined)
    problem = `ends the process: ${errors.trim().split('\n').slice(-3).join(' ')}`;
  return { problem, outcomes };
}
