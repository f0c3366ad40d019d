import type { Io } from './io.ts';

/** How far a long piece of work is: a bar where stderr is a terminal, one line for each milestone elsewhere. */
export interface Progress {
  /** `done` steps of `total`, with a few words on where that is. */
  update(done: number, total: number, note: string): void;
  /** A line that stays. */
  milestone(text: string): void;
  stop(): void;
}

const BAR_COLUMNS = 30;
const FORMAT = '{bar} {percentage}% | {duration_formatted}, {eta_formatted} to go | {note}';

/** Progress on stderr; nothing is drawn before the first update. */
export async function createProgress(io: Io): Promise<Progress> {
  if (!io.terminal) return plainLines(io);
  const { MultiBar } = await import('cli-progress');
  const bars = new MultiBar({
    stream: io.terminal,
    format: FORMAT,
    barsize: BAR_COLUMNS,
    barCompleteChar: '#',
    barIncompleteChar: '.',
    clearOnComplete: true,
    etaBuffer: 200,
  });
  let bar: ReturnType<typeof bars.create> | undefined;
  return {
    update: (done, total, note) => void (bar ??= bars.create(total, 0, { note })).update(done, { note }),
    milestone: (text) => (bar ? bars.log(`${text}\n`) : io.err(`${text}\n`)),
    stop: () => {
      if (!bar) return;
      // Lines that wait for the next drawing would be lost.
      bars.update();
      bars.stop();
    },
  };
}

function plainLines(io: Io): Progress {
  return { update: () => undefined, milestone: (text) => io.err(`${text}\n`), stop: () => undefined };
}
