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

const SECONDS = { minute: 60, hour: 3600, day: 86_400 } as const;

/** "8s", "5m12s", "25h20m", "193 days". The bar counts to 115 days, and gives a word beyond. */
export function formatSeconds(seconds: number | string): string {
  if (seconds === 'INF') return 'over 115 days';
  if (typeof seconds === 'string') return '?';
  const { minute, hour, day } = SECONDS;
  if (seconds < minute) return `${Math.round(seconds)}s`;
  if (seconds < hour) return `${Math.floor(seconds / minute)}m${padded(seconds % minute)}s`;
  if (seconds < 4 * day) return `${Math.floor(seconds / hour)}h${padded((seconds % hour) / minute)}m`;
  return `${Math.round(seconds / day)} days`;
}

const padded = (value: number) => String(Math.floor(value)).padStart(2, '0');

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
    formatTime: formatSeconds,
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
