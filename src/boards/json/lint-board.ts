import { COUNT_NAMES } from '../../kernels/definition/count-names.ts';
import { countNameOf } from '../pricing/terms.ts';
import type { Board, CalibratedParameter, CoreUnit, CostRow, Unit } from '../board/board.ts';
import { formulaProblem } from '../pricing/formula.ts';
import { constantAt } from '../board/constant-paths.ts';
import { missingParts } from '../board/needed-parts.ts';
import { valueProblems } from '../board/value-bounds.ts';

function findDuplicates(what: string, entries: readonly { readonly id: string }[]): string[] {
  const ids = entries.map((entry) => entry.id);
  return ids
    .filter((id, index) => ids.indexOf(id) !== index)
    .map((id) => `${what}: id "${id}" is given twice`);
}

function lintTerms(where: string, terms: Readonly<Record<string, unknown>> = {}): string[] {
  return Object.keys(terms)
    .filter((term) => !isCount(term))
    .flatMap((term) => term.split('*'))
    .filter((factor) => !isCount(factor))
    .map((factor) => `${where}: "${factor}" is no count; known: 1, ${Object.keys(COUNT_NAMES).join(', ')}`);
}

const isCount = (factor: string): boolean =>
  factor === '1' || Object.hasOwn(COUNT_NAMES, countNameOf(factor));

function lintConstantName(where: string, name: string | undefined, unit: CoreUnit): string[] {
  if (name === undefined || Object.hasOwn(unit.constants, name)) return [];
  return [`${where}: no constant "${name}" in unit "${unit.id}"; known: ${listNames(unit.constants)}`];
}

function listNames(entries: object): string {
  return Object.keys(entries).join(', ') || '(none)';
}

function lintCost(where: string, row: CostRow, unit: CoreUnit): string[] {
  const streams = row.streams ?? [];
  return [
    ...lintTerms(`${where}.instructions`, row.instructions),
    ...lintTerms(`${where}.coreCycles`, row.coreCycles),
    ...lintTerms(`${where}.constantCycles`, row.constantCycles),
    ...lintTerms(`${where}.when`, row.when),
    ...streams.flatMap((stream, index) => lintTerms(`${where}.streams[${index}].bytes`, stream.bytes)),
    ...streams.flatMap((stream, index) => lintTerms(`${where}.streams[${index}].passes`, stream.passes)),
    ...lintConstantName(`${where}.cpi`, row.cpi, unit),
    ...Object.entries(row.constantCycles ?? {}).flatMap(([term, name]) =>
      lintConstantName(`${where}.constantCycles.${term}`, name, unit),
    ),
    ...(row.instructions && !row.cpi ? [`${where}: instructions need a cpi`] : []),
    ...lintPricing(where, row),
  ];
}

/** One of everything, to try a script with. */
const ONES = Object.fromEntries(Object.keys(COUNT_NAMES).map((name) => [name, 1]));

const TERM_FIELDS = ['instructions', 'coreCycles', 'constantCycles', 'streams'] as const;

/** A row is priced by its terms or by a script, and by one of them. */
function lintPricing(where: string, row: CostRow): string[] {
  const terms = TERM_FIELDS.filter((field) => row[field] !== undefined);
  if (row.cost === undefined) {
    return terms.length > 0 ? [] : [`${where}: a row costs nothing; give ${TERM_FIELDS.join(', ')} or cost`];
  }
  const problem = formulaProblem(row, ONES);
  return [
    ...(terms.length > 0 ? [`${where}: cost is all that the row costs; leave out ${terms.join(', ')}`] : []),
    ...(problem === undefined ? [] : [`${where}.cost.lua: ${problem}`]),
  ];
}

function lintUnit(board: Board, unit: Unit, index: number): string[] {
  const clocks = board.clocks.map((clock) => clock.id);
  const problems = clocks.includes(unit.clock)
    ? []
    : [`units[${index}].clock: no clock "${unit.clock}"; known: ${clocks.join(', ')}`];
  if (unit.kind !== 'core') return problems;
  const costs = unit.costs.flatMap((row, at) => lintCost(`units[${index}].costs[${at}]`, row, unit));
  return [...problems, ...costs];
}

function lintPlacement(board: Board): string[] {
  const memories = board.memories.map((memory) => memory.id);
  const missing = missingParts(board);
  const strangers = Object.entries(board.runtime.placement)
    .filter(([, memory]) => !memories.includes(memory))
    .map(
      ([role, memory]) => `runtime.placement.${role}: no memory "${memory}"; known: ${memories.join(', ')}`,
    );
  return [...new Set([...strangers, ...missing])];
}

function lintParameter(board: Board, parameter: CalibratedParameter, index: number): string[] {
  try {
    constantAt(board, parameter.path);
    return [];
  } catch {
    return [`calibration.parameters[${index}].path: "${parameter.path}" leads to no constant of the board`];
  }
}

function lintCalibration(board: Board): string[] {
  if (!board.calibration) return [];
  const { parameters, covariance, groups = [] } = board.calibration;
  const names = groups.map(({ name }) => name);
  const strangers = parameters.filter(({ group }) => group !== undefined && !names.includes(group));
  const isSquare =
    covariance.length === parameters.length && covariance.every((row) => row.length === parameters.length);
  const shape = `calibration.covariance: one row and one column for each of the ${parameters.length} parameters`;
  return [
    ...parameters.flatMap((parameter, index) => lintParameter(board, parameter, index)),
    ...strangers.map(({ path, group }) => `calibration.parameters: ${path} is in no known group "${group}"`),
    ...(isSquare ? [] : [shape]),
  ];
}

function lintPlainData(value: unknown, path: string): string[] {
  const problems: string[] = [];
  // Into one list: a board has 20,000 values, and a script may ask about it in a loop.
  addOddData(value, path, problems);
  return problems;
}

function addOddData(value: unknown, path: string, problems: string[]): void {
  if (typeof value === 'string' || typeof value === 'boolean') return;
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) problems.push(`${path}: ${value} is no number in JSON`);
  } else if (Array.isArray(value)) {
    value.forEach((entry, at) => addOddData(entry, `${path}[${at}]`, problems));
  } else if (
    typeof value === 'object' &&
    value !== null &&
    Object.getPrototypeOf(value) === Object.prototype
  ) {
    for (const [key, entry] of Object.entries(value))
      addOddData(entry, path === '' ? key : `${path}.${key}`, problems);
  } else problems.push(`${path}: ${value === null ? 'null' : typeof value} is not plain data`);
}

/**
 * What a well-formed board still gets wrong, one sentence a problem with the path of the field: names that lead
 * nowhere, costs that nothing counts, numbers that no board has, values that do not survive JSON. Empty for a sound board.
 */
export function lintBoard(board: Board): string[] {
  return [
    ...lintPlainData(board, ''),
    ...valueProblems(board),
    ...findDuplicates('clocks', board.clocks),
    ...findDuplicates('memories', board.memories),
    ...findDuplicates('units', board.units),
    ...board.units.flatMap((unit, index) => lintUnit(board, unit, index)),
    ...lintPlacement(board),
    ...lintCalibration(board),
  ];
}
