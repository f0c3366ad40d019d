import { createReadStream } from 'node:fs';
import { SpecError } from '../errors.ts';
import { statisticsOf } from '../instruments/pins.ts';
import { measureLevels, VcdReader, type VcdDocument, type VcdVariable } from '../instruments/read-vcd.ts';
import { vcdName } from '../instruments/vcd.ts';
import { formatTable } from '../report/table.ts';
import { msFromPs, type Ps } from '../units.ts';
import { explainReadErrors } from './inputs.ts';

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

/** Feeds a file to the reader piece by piece: as much is held in memory as the wanted pin has edges. */
async function readFile(path: string, wanted: (variable: VcdVariable) => boolean): Promise<VcdDocument> {
  const reader = new VcdReader(path, wanted);
  let rest = '';
  for await (const piece of createReadStream(path, { encoding: 'utf8', highWaterMark: 2 ** 20 })) {
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

function findVariable({ variables }: VcdDocument, pin: string, path: string): VcdVariable {
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

function spreadMs(spansPs: readonly Ps[]): Spread | null {
  const statistics = statisticsOf(spansPs);
  if (statistics === null) return null;
  return { min: msFromPs(statistics.min), mean: msFromPs(statistics.mean), max: msFromPs(statistics.max) };
}

/**
 * Pulse widths and periods of one pin of a VCD file.
 * Throws FormatError for a file that is none, SpecError for an unknown pin or one that never changes.
 */
export async function measureVcd(path: string, pin: string): Promise<VcdWidth> {
  const names = new Set([pin, vcdName(pin)]);
  const document = await explainReadErrors(path, () =>
    readFile(path, (variable) => names.has(variable.name) || names.has(variable.path)),
  );
  const { name, id } = findVariable(document, pin, path);
  const levels = document.levels.get(id)!;
  const known = levels.filter(({ level }) => level !== null);
  if (known.length === 0 || (known.length === 1 && known[0]!.atPs === 0)) {
    const level = known[0] ? `it is ${known[0].level} throughout` : 'it has no known level';
    throw new SpecError(`${path}: "${name}" never changes, so there is no pulse to measure: ${level}`);
  }
  const { widthsPs, lowsPs, periodsPs } = measureLevels(levels);
  return {
    file: path,
    pin: name,
    pulses: widthsPs.length,
    widthMs: spreadMs(widthsPs),
    lowMs: spreadMs(lowsPs),
    periodMs: spreadMs(periodsPs),
    resolutionMs: msFromPs(document.tickPs),
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
