import type { VirtualHardware } from '../hardware/virtual-hardware.ts';
import type { HostModule } from '../host-module.ts';
import type { GuestOutput } from './guest-output.ts';
import type { ScriptClock } from './script-clock.ts';
import { Starvation } from './starvation.ts';
import { cleanTraceback } from './traceback.ts';

/** An exception of a function that was called for an interrupt, such that the run ends with it. */
export class CallbackEnd extends Error {
  readonly type: string;
  readonly traceback: string;

  constructor(type: string, traceback: string) {
    super(traceback);
    this.type = type;
    this.traceback = traceback;
  }
}

/** Interrupts left the script no time to go on. */
export class StarvedEnd extends Error {}

interface Stage {
  readonly hardware: VirtualHardware;
  readonly output: GuestOutput;
  readonly clock: ScriptClock;
}

/** Calls the function of this number; gives what `_interrupts.py` tells of its exception. */
type Caller = (handler: number) => string | null | undefined;

/** What `_interrupts.py` calls, with which interrupts of the board reach functions of the script. */
export function interruptModule(stage: Stage): HostModule {
  const { hardware, clock } = stage;
  return {
    interrupts_install(run: Caller) {
      // Function 0 is a native one that does nothing.
      const caller = clock.measureCaller(() => void run(0));
      const starvation = new Starvation();
      hardware.interrupts.onCall = (handler) => {
        // A run that ends calls nothing more: what comes too fast would never let it.
        if (clock.stoppedBy !== undefined) return;
        const startPs = hardware.nowPs;
        let told: ReturnType<Caller>;
        hardware.spend('interrupt');
        clock.runInBetween(() => (told = run(handler)), caller);
        if (told) judge(stage, told);
        if (!starvation.isReached(startPs, hardware.nowPs)) return;
        clock.stop('interrupts');
        throw new StarvedEnd();
      };
    },
  };
}

/** The board prints an exception of such a function, and the script goes on. */
function judge({ hardware, output, clock }: Stage, told: string): void {
  const [fate, type, ...rest] = told.split('\n');
  if (type === 'KeyboardInterrupt') {
    clock.stop(clock.settleLimit());
    return;
  }
  const traceback = cleanTraceback(rest.join('\n'));
  if (fate === 'end') {
    clock.stop('exception');
    throw new CallbackEnd(type, traceback);
  }
  output.write(`${traceback}\n`);
  const lines = traceback.split('\n');
  const at = /line (\d+)/.exec(lines.findLast((line) => line.startsWith('  File ')) ?? '');
  hardware.interrupts.fail(lines.at(-1)!, at ? Number(at[1]) : undefined);
}
