import { InferscopeError, SpecError } from '../../errors.ts';
import type { Board, CoreUnit, CostRow } from '../board/board.ts';
import type { Counts } from './terms.ts';

/**
 * A cost script as a function: core cycles, finite and 0 or more, of a work's counts. It depends on the counts alone.
 * Throws an InferscopeError of one line that begins with the script's line.
 */
export interface Formula {
  (counts: Counts): number;
  /** Gives back what it holds outside the heap; it is not called again. */
  readonly close?: () => void;
}

/** Compiles a script; throws an InferscopeError of one line where it is none. */
export type FormulaCompiler = (source: string) => Formula;

/** Results that one formula keeps; beyond them the oldest are forgotten. */
const MAX_RESULTS = 65_536;

/** Scripts that are kept compiled, more than boards have: a worker prices strangers' boards for days. Beyond them the oldest goes. */
const MAX_FORMULAS = 1024;

interface CachedFormula {
  readonly formula: Formula;
  readonly byCounts: WeakMap<Counts, number>;
  readonly byContent: Map<string, number | InferscopeError>;
  /** Names of counts that have come together, so that a key need not repeat them. */
  readonly shapes: Map<string, number>;
}

let compile: FormulaCompiler | undefined;
const formulas = new Map<string, CachedFormula>();

/** Gives boards the means to run cost scripts, which this layer has none of; `script/formulas.ts` calls it. */
export function setFormulaCompiler(compiler: FormulaCompiler | undefined): void {
  compile = compiler;
  for (const source of formulas.keys()) forget(source);
}

function forget(source: string): void {
  formulas.get(source)?.formula.close?.();
  formulas.delete(source);
}

const joined = new WeakMap<readonly string[], string>();

function formulaSource(cost: NonNullable<CostRow['cost']>): string {
  if (typeof cost.lua === 'string') return cost.lua;
  let source = joined.get(cost.lua);
  if (source === undefined) {
    source = cost.lua.join('\n');
    joined.set(cost.lua, source);
  }
  return source;
}

/**
 * What is wrong with a row's script: it is none, or runs into its limits when it is tried with `counts`. Undefined where nothing is, or where scripts cannot
 * be run here.
 */
export function formulaProblem(row: CostRow, counts: Counts): string | undefined {
  if (row.cost === undefined || !compile) return undefined;
  try {
    const { formula } = cachedFormula(formulaSource(row.cost), compile);
    const tried = resultOf(formula, counts);
    return typeof tried !== 'number' && tried.isLimit ? tried.message : undefined;
  } catch (error) {
    if (error instanceof InferscopeError) return error.message;
    throw error;
  }
}

function cachedFormula(source: string, compiler: FormulaCompiler): CachedFormula {
  let cached = formulas.get(source);
  if (!cached) {
    cached = {
      formula: compiler(source),
      byCounts: new WeakMap(),
      byContent: new Map(),
      shapes: new Map(),
    };
    if (formulas.size === MAX_FORMULAS) forget(formulas.keys().next().value!);
    formulas.set(source, cached);
  }
  return cached;
}

function contentKey(counts: Counts, shapes: Map<string, number>): string {
  const names = Object.keys(counts).join();
  let shape = shapes.get(names);
  if (shape === undefined) {
    shape = shapes.size;
    shapes.set(names, shape);
  }
  return `${shape}:${Object.values(counts).join()}`;
}

/** A failure too is a result: a formula that runs into its limits would do so at each point of a sweep. */
function resultOf(formula: Formula, counts: Counts): number | InferscopeError {
  try {
    return formula(counts);
  } catch (error) {
    if (error instanceof InferscopeError) return error;
    throw error;
  }
}

function evaluateCached({ formula, byCounts, byContent, shapes }: CachedFormula, counts: Counts): number {
  const known = byCounts.get(counts);
  if (known !== undefined) return known;
  const key = contentKey(counts, shapes);
  const result = byContent.get(key) ?? resultOf(formula, counts);
  byContent.set(key, result);
  if (byContent.size > MAX_RESULTS) byContent.delete(byContent.keys().next().value!);
  if (typeof result !== 'number') throw result;
  byCounts.set(counts, result);
  return result;
}

function placeOf(row: CostRow, unit: CoreUnit, board: Board): string {
  return `board "${board.id}", units.${unit.id}.costs[${unit.costs.indexOf(row)}] (${row.op} ${row.dtype})`;
}

/**
 * Core cycles that the script of a row with `cost` gives for these counts, computed once for each distinct set of counts. Throws a
 * SpecError naming board, unit, row and the script's line.
 */
export function priceFormula(row: CostRow, unit: CoreUnit, board: Board, counts: Counts): number {
  if (!compile) {
    const where = placeOf(row, unit, board);
    throw new SpecError(`${where}: its cost is a Lua script; call prepareFormulas before you predict`);
  }
  try {
    return evaluateCached(cachedFormula(formulaSource(row.cost!), compile), counts);
  } catch (error) {
    if (error instanceof InferscopeError)
      throw new SpecError(`${placeOf(row, unit, board)}: ${error.message}`);
    throw error;
  }
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;

/** Whether a board, or JSON that may become one, has a cost that is a script. */
export function hasFormulas(board: unknown): boolean {
  const rows = listOf(fieldOf(board, 'units')).flatMap((unit) => listOf(fieldOf(unit, 'costs')));
  return rows.some((row) => fieldOf(row, 'cost') !== undefined);
}
