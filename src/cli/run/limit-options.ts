import { SpecError } from '../../errors.ts';
import type { RunLimits } from '../../kernels/execute/run-limits.ts';

const MEGABYTES = 512;
const SECONDS = 60;

/** What running a network may take, estimated before it starts; with a word on what holds where the option is absent. */
export function limitOptions(memory: string, seconds = memory) {
  return {
    memory: {
      type: 'number',
      requiresArg: true,
      describe: `Memory in MB that running may need (default: ${memory})`,
    },
    'max-seconds': {
      type: 'number',
      requiresArg: true,
      describe: `Seconds that running may need, by a careful estimate (default: ${seconds})`,
    },
  } as const;
}

/** As `run` takes them. */
export const LIMIT_OPTIONS = limitOptions(String(MEGABYTES), String(SECONDS));

interface LimitArgs {
  readonly memory: number | undefined;
  readonly maxSeconds: number | undefined;
}

/** The limits that were asked for, and none for what was not. Throws a SpecError for a limit that is not above 0. */
export function askedLimits({ memory, maxSeconds }: LimitArgs): RunLimits {
  for (const [name, limit] of Object.entries({ memory, 'max-seconds': maxSeconds })) {
    if (limit !== undefined && !(limit > 0)) throw new SpecError(`--${name} must be above 0, got ${limit}`);
  }
  return { megabytes: memory, seconds: maxSeconds };
}

/** The limits that were asked for, or those by default. */
export function runLimits(args: LimitArgs): RunLimits {
  const { megabytes = MEGABYTES, seconds = SECONDS } = askedLimits(args);
  return { megabytes, seconds };
}
