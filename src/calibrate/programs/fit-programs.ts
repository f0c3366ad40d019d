import { Matrix, SVD } from 'ml-matrix';
import type { Offload, ProgramRun } from '../../boards/accelerators/offload.ts';
import { offloadCycles } from '../../boards/accelerators/offload-cycles.ts';
import type { ProgramUnit } from '../../boards/board/board.ts';
import type { MeasuredRow } from '../population/measured-rows.ts';
import { layerOffload } from './layer-offload.ts';

/** A published layer that the accelerator ran, with the cycles of both. */
export interface OffloadedLayer {
  readonly row: MeasuredRow;
  readonly offload: Offload;
  readonly acceleratorCycles: number;
  readonly coreCycles: number;
}

/** Values of a unit's constants by name. */
export type ProgramRates = Readonly<Record<string, number>>;

/** Layers below so many cycles are told to few digits, and weigh as if they had so many. */
const COARSE_CYCLES = 500;
/** A layer whose time is this or more is told to 2 % or better by ticks of 1/32768 s. */
const SURE_MS = 1;
/** Layers of fewer networks do not tell a kernel's start from its programs. */
const FEWEST_NETWORKS = 4;
/** Cycles of the core before a kernel's first program where they are not told: between those of the others. */
const LIKELY_SETUP = 1200;
/** Kernels without a layer go by those that are written alike. */
const LIKENESS: Readonly<Record<string, string>> = {
  averageMany: 'averageFew',
  averageFew: 'maxPool',
  depthwiseChannels: 'depthwisePixels',
  transposeConv: 'conv',
};
/** Steps in which the cycles of a load are looked for. */
const LOAD_STEP = 50;
const MOST_LOAD = 1400;

/** The rows that the accelerator ran, by what its library makes of them. */
export function offloadedLayers(rows: readonly MeasuredRow[], unit: ProgramUnit): OffloadedLayer[] {
  return rows.flatMap((row) => {
    const acceleratorCycles = Number(row.acc_cycles);
    const offload = acceleratorCycles > 0 ? layerOffload(row, unit) : undefined;
    return offload ? [{ row, offload, acceleratorCycles, coreCycles: Number(row.cpu_cycles) }] : [];
  });
}

const sumOver = ({ runs }: Offload, count: (run: ProgramRun) => number): number =>
  runs.reduce((sum, run) => sum + run.times * count(run), 0);

/** Least squares of relative errors; no coefficient below 0, those that come out so are left out. */
function fitNonNegative(design: readonly (readonly number[])[], wanted: readonly number[]): number[] {
  const weights = wanted.map((value) => 1 / Math.max(value, COARSE_CYCLES));
  let kept = design[0].map((_, column) => column).filter((column) => design.some((row) => row[column] > 0));
  while (kept.length > 0) {
    const lengths = kept.map((column) => Math.hypot(...design.map((row, at) => row[column] * weights[at])));
    const scaled = design.map((row, at) => kept.map((column, i) => (row[column] * weights[at]) / lengths[i]));
    const right = Matrix.columnVector(wanted.map((value, at) => value * weights[at]));
    const solved = new SVD(new Matrix(scaled), { autoTranspose: true }).solve(right).to1DArray();
    const found = solved.map((value, i) => value / lengths[i]);
    const lowest = found.indexOf(Math.min(...found));
    if (found[lowest] >= 0) return design[0].map((_, column) => found[kept.indexOf(column)] ?? 0);
    kept = kept.filter((_, at) => at !== lowest);
  }
  return design[0].map(() => 0);
}

/** Cycles of the accelerator by step, single step and output: what is left once its programs have started. */
function acceleratorRates(layers: readonly OffloadedLayer[], startCycles: number): number[] {
  return fitNonNegative(
    layers.map(({ offload }) => [
      ...[sumOver(offload, ({ steps }) => steps), sumOver(offload, ({ singleSteps }) => singleSteps)],
      sumOver(offload, ({ outputs }) => outputs),
    ]),
    layers.map(({ offload, acceleratorCycles }) =>
      Math.max(0, acceleratorCycles - startCycles * sumOver(offload, () => 1)),
    ),
  );
}

/** Cycles of the core before the first program, and for each. */
function coreRates(layers: readonly OffloadedLayer[]): number[] {
  const counts = layers.map(({ offload }) => sumOver(offload, () => 1));
  const wanted = layers.map(({ coreCycles }) => coreCycles);
  if (new Set(layers.map(({ row }) => row.model)).size >= FEWEST_NETWORKS)
    return fitNonNegative(
      counts.map((programs) => [1, programs]),
      wanted,
    );
  const rest = wanted.map((cycles) => Math.max(0, cycles - LIKELY_SETUP));
  return [
    LIKELY_SETUP,
    ...fitNonNegative(
      counts.map((programs) => [programs]),
      rest,
    ),
  ];
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1];

/** The unit with these values in place of its constants'. */
export function withRates(unit: ProgramUnit, rates: ProgramRates): ProgramUnit {
  const constants = Object.fromEntries(
    Object.entries(unit.constants).map(([name, constant]) => [
      name,
      { ...constant, value: rates[name] ?? constant.value },
    ]),
  );
  return { ...unit, constants };
}

/** How far the times of layers are off with these rates, and by which factor all of them are. */
function judge(layers: readonly OffloadedLayer[], unit: ProgramUnit): { factor: number; error: number } {
  const logs = layers.map(({ row, offload }) => {
    const cycles = row.latencyMs * row.clockMhz * 1000;
    return Math.log(cycles / offloadCycles(unit, offload).totalCycles);
  });
  const middle = median(logs);
  const error = logs.reduce((sum, log) => sum + Math.abs(log - middle), 0);
  return { factor: Math.exp(middle), error };
}

/** The rates under the names of the unit's constants, so many of the core's cycles for a program being its load. */
function nameRates(found: ReadonlyMap<string, readonly number[]>, loadCycles: number): ProgramRates {
  const rates: Record<string, number> = { loadCycles, cyclesPerCount: 1 };
  for (const [kernel, [step, singleStep, output, setup, program]] of found) {
    rates[`${kernel}StepCycles`] = step;
    if (singleStep > 0) rates[`${kernel}SingleStepCycles`] = singleStep;
    rates[`${kernel}OutputCycles`] = output;
    rates[`${kernel}SetupCycles`] = setup;
    rates[`${kernel}BuildCycles`] = Math.max(0, program - loadCycles);
  }
  return rates;
}

/**
 * Rates of a unit's constants from layers that it ran: cycles of the accelerator and of the core by kernel, as their own
 * columns have them; what of the core's work the accelerator waits for, and the cycles of the board's clock in one that was
 * counted, by the layers' times. A kernel without a layer has those of one that is written alike.
 */
export function fitPrograms(layers: readonly OffloadedLayer[], unit: ProgramUnit): ProgramRates {
  const rates = new Map(
    [...new Set(layers.map(({ offload }) => offload.kernel))].map((kernel) => {
      const own = layers.filter(({ offload }) => offload.kernel === kernel);
      return [
        kernel,
        [...acceleratorRates(own, unit.constants.startCycles.value), ...coreRates(own)],
      ] as const;
    }),
  );
  for (const [kernel, alike] of Object.entries(LIKENESS))
    if (!rates.has(kernel) && rates.has(alike)) rates.set(kernel, rates.get(alike)!);
  const sure = layers.filter(({ row }) => row.latencyMs >= SURE_MS);
  const tried = Array.from({ length: MOST_LOAD / LOAD_STEP + 1 }, (_, step) => {
    const named = nameRates(rates, step * LOAD_STEP);
    return { rates: named, ...judge(sure, withRates(unit, named)) };
  });
  const best = tried.reduce((a, b) => (b.error < a.error ? b : a));
  return { ...best.rates, cyclesPerCount: best.factor };
}
