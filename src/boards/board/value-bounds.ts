import type { Board, Clock, Constant, CoreUnit, CostRow, Memory, Terms, Unit } from './board.ts';

/** The least and the most that a number of a board may be. */
interface Bounds {
  readonly low: number;
  readonly high: number;
  readonly unit: string;
}

/** A cycle of the fastest is a picosecond, in which all time is counted; see `units.ts`. */
const HZ: Bounds = { low: 1, high: 1e12, unit: 'Hz' };
const BYTES: Bounds = { low: 1, high: 2 ** 40, unit: 'bytes' };
const CACHE_BYTES: Bounds = { low: 1, high: 2 ** 30, unit: 'bytes' };
const WAYS: Bounds = { low: 1, high: 1024, unit: 'ways' };
/** Of cycles, ns and rates: more of one of them is beyond the 2.5 hours that can be simulated, or next to it. */
const COST: Bounds = { low: 0, high: 1e12, unit: '' };
/** Sums that were fitted have terms below 0 beside others. */
const COEFFICIENT: Bounds = { low: -1e12, high: 1e12, unit: '' };

const isWithin = (value: unknown, { low, high }: Bounds): boolean =>
  typeof value === 'number' && value >= low && value <= high;

function outside(path: string, value: unknown, bounds: Bounds): string[] {
  if (isWithin(value, bounds)) return [];
  const { low, high, unit } = bounds;
  const known = unit === '' ? '' : ` ${unit}`;
  return [`${path} is ${String(value)}; allowed: ${low} to ${high}${known}`];
}

const costsOutside = (path: string, constants: Readonly<Record<string, Constant | undefined>>): string[] =>
  Object.entries(constants).flatMap(([name, constant]) =>
    constant === undefined ? [] : outside(`${path}.${name}.value`, constant.value, COST),
  );

function clockProblems({ hz }: Clock, at: number): string[] {
  return outside(`clocks[${at}].hz.value`, hz?.value, HZ);
}

function memoryProblems(memory: Memory, at: number): string[] {
  const { availableBytes, lineFillCycles, lineFillAtHz, accessNs } = memory;
  const path = `memories[${at}]`;
  return [
    ...outside(`${path}.availableBytes.value`, availableBytes?.value, BYTES),
    ...costsOutside(path, { lineFillCycles, accessNs }),
    ...(lineFillAtHz === undefined ? [] : outside(`${path}.lineFillAtHz`, lineFillAtHz, HZ)),
  ];
}

/** What was looked at and is sound: boards share lists, rows of libraries share sums. */
const sound = new WeakSet<object>();

/** Coefficients of a sum that costs nothing or less whatever the counts are no cost. */
function termProblems(path: string, terms: Terms | undefined): string[] {
  if (terms === undefined || sound.has(terms)) return [];
  const names = Object.keys(terms);
  const odd = names.filter((name) => !isWithin(terms[name], COEFFICIENT));
  if (odd.length > 0) return odd.flatMap((name) => outside(`${path}["${name}"]`, terms[name], COEFFICIENT));
  const negative = names.find((name) => terms[name] < 0);
  if (negative !== undefined && !names.some((name) => terms[name] > 0)) {
    const why = 'allowed: 0 or more, where no other term of the sum is above 0';
    return [`${path}["${negative}"] is ${terms[negative]}; ${why}`];
  }
  sound.add(terms);
  return [];
}

function rowProblems({ instructions, coreCycles, streams = [] }: CostRow, path: string): string[] {
  return [
    ...termProblems(`${path}.instructions`, instructions),
    ...termProblems(`${path}.coreCycles`, coreCycles),
    ...problemsOf(streams, ({ bytes, passes, rounds, accesses }, at) =>
      Object.entries({ bytes, passes, rounds, accesses }).flatMap(([name, terms]) =>
        termProblems(`${path}.streams[${at}].${name}`, terms),
      ),
    ),
  ];
}

function coreProblems({ dataCache, codeFetch, costs }: CoreUnit, path: string): string[] {
  const cache = dataCache && [
    ...outside(`${path}.dataCache.bytes`, dataCache.bytes, CACHE_BYTES),
    ...outside(`${path}.dataCache.lineBytes`, dataCache.lineBytes, CACHE_BYTES),
    ...outside(`${path}.dataCache.ways`, dataCache.ways, WAYS),
  ];
  return [
    ...(cache ?? []),
    ...costsOutside(`${path}.codeFetch`, { ...codeFetch }),
    ...problemsOf(costs, (row, at) => rowProblems(row, `${path}.costs[${at}]`)),
  ];
}

function unitProblems(unit: Unit, at: number): string[] {
  const path = `units[${at}]`;
  const constants = costsOutside(`${path}.constants`, unit.constants);
  return unit.kind === 'core' ? [...constants, ...coreProblems(unit, path)] : constants;
}

/** Problems of the elements of a list, each looked at once: boards that differ in a clock share all other lists. */
function problemsOf<Part extends object>(
  parts: readonly Part[],
  find: (part: Part, at: number) => string[],
): string[] {
  if (sound.has(parts)) return [];
  const problems = parts.flatMap(find);
  if (problems.length === 0) sound.add(parts);
  return problems;
}

/**
 * Numbers of a board that no board has: not finite, costs below 0, clocks and sizes beyond what is counted exactly. One
 * sentence each, with the path of the field and its bounds; empty for a sound board.
 */
export function valueProblems({ clocks, memories, units }: Board): string[] {
  return [
    ...problemsOf(clocks, clockProblems),
    ...problemsOf(memories, memoryProblems),
    ...problemsOf(units, unitProblems),
  ];
}
