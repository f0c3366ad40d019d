import type { TraceRecord } from '../engine/trace-record.ts';
import { PS_PER_NS, type Ps } from '../units.ts';
import { changesOf, namesOf, type VcdChange } from './vcd-changes.ts';

/** How a VCD file is written. */
export interface VcdOptions {
  /**
   * `pins`: one bit a pin, for logic analysers (sigrok reads bits only). `full`: units as strings and counters as
   * reals too, for GTKWave.
   */
  readonly mode?: 'pins' | 'full';
  /** Ps a tick: 1, 10, ... 1e12. */
  readonly tickPs?: Ps;
}

/**
 * sigrok makes a sample of every tick, so a file in ps would have it work through 1e12 samples a second; in ns a
 * simulated second takes it some 15 s, and no oscilloscope of ours reads finer.
 */
const DEFAULT_TICK_PS = { pins: PS_PER_NS, full: 1 } as const;
const UNITS = ['ps', 'ns', 'us', 'ms', 's'];
const FIRST_ID = '!'.charCodeAt(0);
const IDS = '~'.charCodeAt(0) - FIRST_ID + 1;
const LINES_PER_CHUNK = 4096;

/** A name that every reader takes: letters, digits and _; begins with no digit. */
export function vcdName(name: string): string {
  const legal = name.replace(/[^A-Za-z0-9_]/g, '_');
  return /^[0-9]|^$/.test(legal) ? `_${legal}` : legal;
}

/** Short codes of variables: "!", ... "~", "!!", ... */
export function vcdId(index: number): string {
  const last = String.fromCharCode(FIRST_ID + (index % IDS));
  return index < IDS ? last : vcdId(Math.floor(index / IDS) - 1) + last;
}

function timescale(tickPs: Ps): string {
  const power = Math.round(Math.log10(tickPs));
  if (10 ** power !== tickPs || power < 0 || power > 12) {
    throw new RangeError(`vcd: a tick of ${tickPs} ps is no power of ten from 1 ps to 1 s`);
  }
  return `${10 ** (power % 3)} ${UNITS[Math.floor(power / 3)]}`;
}

/** Legal names, told apart by a number where two would be the same. */
function legalNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const legal = vcdName(name);
    let own = legal;
    for (let copy = 2; taken.has(own); copy++) own = `${legal}_${copy}`;
    taken.add(own);
    return own;
  });
}

const TYPES = { pin: 'wire 1', counter: 'real 64', span: 'string 1' } as const;
const FIRST_VALUES = { pin: '0', counter: 'r0 ', span: 's- ' } as const;

function formatValue({ kind, value }: VcdChange): string {
  if (kind === 'pin') return value === 0 ? '0' : '1';
  return kind === 'counter' ? `r${value} ` : `s${String(value).replace(/[^!-~]/g, '_') || '-'} `;
}

/**
 * The trace as a VCD file, in chunks of text. Times are rounded to ticks; records of one tick follow each other in
 * order, so a pulse shorter than half a tick is lost. The same records give the same bytes.
 */
export function* writeVcd(records: Iterable<TraceRecord>, options: VcdOptions = {}): Generator<string> {
  const { mode = 'pins' } = options;
  const { tickPs = DEFAULT_TICK_PS[mode] } = options;
  const kept = [...records].filter(({ kind }) => mode === 'full' || kind === 'pin');
  const tracks = namesOf(kept);
  const names = legalNames(tracks.map(({ track }) => track));
  const ids = new Map(tracks.map(({ key }, at) => [key, vcdId(at)]));
  yield [
    '$version inferscope $end',
    `$timescale ${timescale(tickPs)} $end`,
    '$scope module inferscope $end',
    ...tracks.map(({ kind }, at) => `$var ${TYPES[kind]} ${vcdId(at)} ${names[at]} $end`),
    '$upscope $end',
    '$enddefinitions $end',
    '#0',
    '$dumpvars',
    ...tracks.map(({ kind }, at) => `${FIRST_VALUES[kind]}${vcdId(at)}`),
    '$end\n',
  ].join('\n');
  let lines: string[] = [];
  let tick = 0;
  for (const change of changesOf(kept)) {
    const at = Math.round(change.atPs / tickPs);
    if (at !== tick) lines.push(`#${at}`);
    tick = at;
    lines.push(formatValue(change) + ids.get(change.key)!);
    if (lines.length >= LINES_PER_CHUNK) {
      yield `${lines.join('\n')}\n`;
      lines = [];
    }
  }
  if (lines.length > 0) yield `${lines.join('\n')}\n`;
}
