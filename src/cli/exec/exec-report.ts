import type { GuestResult } from '../../firmware/guest/run-guest.ts';
import type { Spent } from '../../firmware/hardware/ledger.ts';
import type { SpanSpread } from '../../firmware/hardware/pulse-statistics.ts';
import type { StoppedBy } from '../../firmware/guest/script-clock.ts';
import { formatTable } from '../../report/table.ts';
import { msFromPs } from '../../units.ts';

interface Spread {
  readonly min: number;
  readonly mean: number;
  readonly max: number;
}

/** Pulses of one pin, from its exact edges. */
export interface PinReading {
  readonly pulses: number;
  readonly widthMs: Spread | null;
  readonly lowMs: Spread | null;
  /** Rising edge to rising edge. */
  readonly periodMs: Spread | null;
  /** How long it has been high at the end, where that pulse has not ended. */
  readonly unfinishedMs?: number;
  /** What a pulse consists of on average: inference, bytecodes, calls; the sum is the mean width. */
  readonly insideMs: Readonly<Record<string, number>>;
}

interface SpentMs {
  readonly name: string;
  readonly on: Spent['on'];
  readonly calls: number;
  readonly count: number;
  readonly ms: number;
}

/** What `exec --json` prints. */
export interface ExecDocument {
  readonly script: string;
  readonly board: string;
  readonly stdout: string;
  readonly pins: Readonly<Record<string, PinReading>>;
  readonly simulatedMs: number;
  readonly stoppedBy: StoppedBy;
  /** Where the simulated time went, the dearest first. */
  readonly spent: readonly SpentMs[];
  readonly exception?: GuestResult['exception'];
  /** Exceptions of functions that were called for an interrupt, which the board prints and goes on; absent without any. */
  readonly callbackFailures?: GuestResult['callbackFailures'];
  /** What the script asked for that is not modelled. */
  readonly missing?: readonly string[];
  /** Files that the script wrote on the board. */
  readonly written?: readonly { readonly path: string; readonly byteLength: number }[];
  /** With --fps. */
  readonly frames?: GuestResult['frames'];
}

export function toExecDocument(result: GuestResult, script: string, board: string): ExecDocument {
  const {
    stdout,
    stoppedBy,
    simulatedPs,
    spent,
    pins,
    exception,
    callbackFailures,
    frames,
    missing,
    written,
  } = result;
  return {
    ...{ script, board, stdout },
    pins: Object.fromEntries(Object.keys(pins).map((name) => [name, readPin(result, name)])),
    simulatedMs: msFromPs(simulatedPs),
    stoppedBy,
    spent: spent.map(({ ps, ...entry }) => ({ ...entry, ms: msFromPs(ps) })),
    ...(exception && { exception }),
    ...(callbackFailures.length > 0 && { callbackFailures }),
    ...(missing.length > 0 && { missing }),
    ...(written.length > 0 && { written: written.map(({ path, byteLength }) => ({ path, byteLength })) }),
    ...(frames && { frames }),
  };
}

function readPin({ pins, simulatedPs }: GuestResult, name: string): PinReading {
  const { pulses, width, low, period, highSincePs, insidePs } = pins[name];
  const inside = Object.entries(insidePs).map(([part, ps]) => [part, msFromPs(ps) / pulses]);
  return {
    pulses,
    ...{ widthMs: spreadMs(width), lowMs: spreadMs(low), periodMs: spreadMs(period) },
    ...(highSincePs !== undefined && { unfinishedMs: msFromPs(simulatedPs - highSincePs) }),
    insideMs: pulses === 0 ? {} : (Object.fromEntries(inside) as Record<string, number>),
  };
}

function spreadMs(spread: SpanSpread | null): Spread | null {
  if (!spread) return null;
  return { min: msFromPs(spread.minPs), mean: msFromPs(spread.meanPs), max: msFromPs(spread.maxPs) };
}

const STOPS: Readonly<Record<StoppedBy, string>> = {
  pulses: 'after the pulses asked for',
  'time limit': 'at the limit of simulated time (--seconds)',
  'no call of the board': 'because the script computed for long without any call of the board',
  'output limit': 'because the script printed more than 1 MiB',
  interrupts: 'because interrupts come before their function is done, so that the script never goes on',
  interrupt: 'by Ctrl-C',
  'end of script': 'at its end',
  exception: 'by an exception',
};

/** Why the run ended, in one line. */
export function formatStop({ script, stoppedBy, simulatedMs }: ExecDocument): string {
  return `${script}: ended ${STOPS[stoppedBy]}, ${(simulatedMs / 1000).toFixed(6)} s of simulated time`;
}

/** The pins with what their pulses consist of, and where the time went. */
export function formatExec(document: ExecDocument): string {
  const pulsing = Object.entries(document.pins).filter(([, { pulses }]) => pulses > 0);
  const pins = pulsing.map(([name, { pulses, widthMs, periodMs }]) => [
    ...[name, `${pulses}`, ms(widthMs?.min), ms(widthMs?.mean), ms(widthMs?.max), ms(periodMs?.mean)],
  ]);
  const parts = pulsing.map(([name, { insideMs }]) => {
    const sum = Object.entries(insideMs).map(([part, value]) => `${part} ${ms(value)}`);
    return `  inside of a ${name} pulse, ms: ${sum.join(' + ')}`;
  });
  const spent = document.spent
    .filter((entry) => entry.ms > 0)
    .map(({ name, on, calls, ms: value }) => [name, on, `${calls}`, ms(value)]);
  return [
    formatStop(document),
    ...(pins.length > 0 ? ['', formatTable(PIN_COLUMNS, pins), ''] : []),
    ...parts,
    ...unfinishedOf(document),
    ...(spent.length > 0 ? ['', formatTable(SPENT_COLUMNS, spent)] : []),
  ].join('\n');
}

/** Pulses that are longer than the record, which no table shows. */
function unfinishedOf({ pins }: ExecDocument): string[] {
  return Object.entries(pins)
    .filter(([, { unfinishedMs, widthMs }]) => (unfinishedMs ?? 0) > (widthMs?.max ?? 0))
    .map(
      ([name, { unfinishedMs }]) =>
        `  ${name} is high at the end, for ${ms(unfinishedMs)} ms by then: that pulse is longer than the record and not counted`,
    );
}

const right = (title: string) => ({ title, align: 'right' as const });
const PIN_COLUMNS = [
  ...[{ title: 'pin' }, right('pulses'), right('+width min ms'), right('mean ms'), right('max ms')],
  right('period mean ms'),
];
const SPENT_COLUMNS = [{ title: 'time went to' }, { title: 'kind' }, right('calls'), right('ms')];

function ms(value: number | undefined): string {
  return value === undefined ? '' : value.toFixed(6);
}
