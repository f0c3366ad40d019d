import type { ScriptEnd } from './firmware-worker.ts';

const END: Readonly<Record<ScriptEnd['stoppedBy'], string>> = {
  'end of script': 'The script has ended',
  'time limit': 'Stopped at the time that was chosen',
  'no call of the board':
    'Stopped: a loop that only computes (put utime.sleep_ms(1) into it), with no call of the board for seconds',
  'output limit': 'Stopped: the script has printed a megabyte',
  interrupts: 'Stopped: interrupts come before their function is done, so the script never goes on',
  interrupt: 'Stopped',
  pulses: 'Stopped',
  exception: 'The script has ended with an error',
};

/** Where an exception was thrown, as the traceback says: its own last line in the script, counted from 1. */
export function lineOf({ exception }: Pick<ScriptEnd, 'exception'>, script: string): number | undefined {
  const lines = exception?.traceback.split('\n') ?? [];
  const last = lines.findLast((line) => line.startsWith(`  File "${script}"`));
  const number = /line (\d+)/.exec(last ?? '')?.[1];
  return number === undefined ? undefined : Number(number);
}

/** Why a run ended, in one sentence. */
export function endSentence(end: ScriptEnd, script: string): string {
  if (!end.exception) return END[end.stoppedBy];
  const what = end.exception.traceback.trimEnd().split('\n').at(-1)!;
  const line = lineOf(end, script);
  return line === undefined ? what : `Line ${line}: ${what}`;
}

/** What else to say: functions that failed in interrupts, and what is not modelled. */
export function endNotes({ callbackFailures, missing }: ScriptEnd): string[] {
  return [
    ...callbackFailures.map(({ what, line }) => `Called for an interrupt: ${what}, at line ${line}`),
    ...missing.map((name) => `Not modelled: ${name}`),
  ];
}
