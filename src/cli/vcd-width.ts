import { constants, open, stat } from 'node:fs/promises';
import { SpecError } from '../errors.ts';
import { PulseMeter, type SpanKind } from '../instruments/pulse-meter.ts';
import { VcdReader, type VcdHeader, type VcdListener, type VcdVariable } from '../instruments/read-vcd.ts';
import { vcdName } from '../instruments/vcd.ts';
import { formatTable } from '../report/table.ts';
import { msFromPs, type Ps } from '../units.ts';
import { explainReadErrors, requireRegular } from './inputs.ts';

interface Spread {
  readonly min: number;
  readonly mean: number;
  readonly max: number;
}

/** What `vcd width` found; the fields of a pin are those of `exec`. */
export interface VcdWidth {
  readonly file: string;
  readonly pin: string;
  readonly pulses: number;
  readonly widthMs: Spread | null;
  readonly lowMs: Spread | null;
  readonly periodMs: Spread | null;
  /** One tick of the file. */
  readonly resolutionMs: number;
}

const MOST_NAMES = 20;

/** Feeds a file to the reader piece by piece, so that files of any length fit in memory. */
async function readFile(path: string, listener: VcdListener): Promise<VcdHeader> {
  requireRegular(path, await stat(path));
  const reader = new VcdReader(path, listener);
  let rest = '';
  // Logs of the kernel call themselves regular files, and may be waited for without end.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  for await (const piece of file.createReadStream({ encoding: 'utf8', highWaterMark: 2 ** 20 })) {
    const lines = (rest + String(piece)).split(/\r?\n/);
    rest = lines.pop()!;
    for (const line of lines) reader.line(line);
    if (rest.length > 2 ** 20) break;
  }
  reader.line(rest);
  return reader.end();
}

function listNames(variables: readonly VcdVariable[]): string {
  const names = [...new Set(variables.filter(({ bits }) => bits === 1).map(({ name }) => name))];
  if (names.length === 0) return 'the file has no pins';
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
  return `the file has ${names.slice(0, MOST_NAMES).join(', ')}${more}`;
}

function findVariable({ variables }: VcdHeader, pin: string, path: string): VcdVariable {
  const byPath = variables.filter((variable) => variable.path === pin);
  const byName = variables.filter(({ name }) => name === pin || name === vcdName(pin));
  const [found, ...others] = byPath.length > 0 ? byPath : byName;
  if (found === undefined) throw new SpecError(`${path}: no pin "${pin}"; ${listNames(variables)}`);
  if (others.some(({ id }) => id !== found.id)) {
    const paths = [found, ...others].map((variable) => variable.path);
    throw new SpecError(`${path}: "${pin}" is the name of several; write one of ${paths.join(', ')}`);
  }
  if (found.bits !== 1 || found.type === 'real' || found.type === 'string') {
    throw new SpecError(`${path}: "${pin}" is no pin but a ${found.type} of ${found.bits} bits`);
  }
  return found;
}

class Spans {
  #sumPs = 0;
  #minPs = Infinity;
  #maxPs = 0;
  count = 0;

  add(ps: Ps): void {
    this.count++;
    this.#sumPs += ps;
    this.#minPs = Math.min(this.#minPs, ps);
    this.#maxPs = Math.max(this.#maxPs, ps);
  }

  get spreadMs(): Spread | null {
    if (this.count === 0) return null;
    return {
      min: msFromPs(this.#minPs),
      mean: msFromPs(this.#sumPs / this.count),
      max: msFromPs(this.#maxPs),
    };
  }
}

class Probe {
  readonly spans: Readonly<Record<SpanKind, Spans>> = {
    width: new Spans(),
    low: new Spans(),
    period: new Spans(),
  };
  readonly meter = new PulseMeter((kind, ps) => this.spans[kind].add(ps));
}

/**
 * Pulse widths and periods of one pin of a VCD file.
 * Throws FormatError for a file that is none, SpecError for an unknown pin or one that never changes.
 */
export async function measureVcd(path: string, pin: string): Promise<VcdWidth> {
  const names = new Set([pin, vcdName(pin)]);
  const probes = new Map<string, Probe>();
  const listener: VcdListener = {
    wants: ({ id, name, path: full }) => {
      const isWanted = names.has(name) || full === pin;
      if (isWanted) probes.set(id, new Probe());
      return isWanted;
    },
    hear: (id, level) => probes.get(id)!.meter.add(level),
  };
  const header = await explainReadErrors(path, () => readFile(path, listener));
  const { name, id } = findVariable(header, pin, path);
  const { meter, spans } = probes.get(id)!;
  if (meter.edges === 0) {
    const level = meter.level ?? null;
    const why = level === null ? 'it has no known level' : `it is ${level} throughout`;
    throw new SpecError(`${path}: "${name}" never changes, so there is no pulse to measure: ${why}`);
  }
  return {
    file: path,
    pin: name,
    pulses: spans.width.count,
    widthMs: spans.width.spreadMs,
    lowMs: spans.low.spreadMs,
    periodMs: spans.period.spreadMs,
    resolutionMs: msFromPs(header.tickPs),
  };
}

const COLUMNS = [
  { title: 'ms' },
  { title: 'min', align: 'right' },
  { title: 'mean', align: 'right' },
  { title: 'max', align: 'right' },
] as const;

const TICK_UNITS = [
  [1e3, 's'],
  [1, 'ms'],
  [1e-3, 'us'],
  [1e-6, 'ns'],
  [1e-9, 'ps'],
] as const;

function formatTick(ms: number): string {
  const [unitMs, name] = TICK_UNITS.find(([least]) => ms >= least * (1 - 1e-9)) ?? TICK_UNITS.at(-1)!;
  return `${Number((ms / unitMs).toPrecision(6))} ${name}`;
}

export function formatVcdWidth({ file, pin, pulses, resolutionMs, ...spans }: VcdWidth): string {
  const decimals = Math.max(0, -Math.floor(Math.log10(resolutionMs) + 1e-9));
  const row = (title: string, spread: Spread | null) => [
    title,
    ...[spread?.min, spread?.mean, spread?.max].map((ms) => ms?.toFixed(decimals) ?? '-'),
  ];
  return [
    `${file}: ${pin}, ${pulses} whole ${pulses === 1 ? 'pulse' : 'pulses'}; the file counts ticks of ${formatTick(resolutionMs)}`,
    '',
    formatTable(COLUMNS, [
      row('high', spans.widthMs),
      row('low', spans.lowMs),
      row('rise to rise', spans.periodMs),
    ]),
  ].join('\n');
}
