import { dirname, isAbsolute, join } from 'node:path';
import type { Board } from '../../boards/board/board.ts';
import { InferscopeError, SpecError } from '../../errors.ts';
import type { Model } from '../../models/formats/model.ts';
import { loadBoards, loadModel, looksLikeFile } from '../inputs.ts';
import { movementBetween, type Baseline } from './baseline.ts';
import type { Budget } from './budget-file.ts';
import type { Checked, CheckReport, Reading } from './check-results.ts';
import { matchFiles, matchNames } from './globs.ts';
import { judge } from './judge.ts';
import { measure, type Measured } from './read-budget.ts';

/** A budget with its globs written out: each model with its boards. */
interface Asked {
  readonly budget: Budget;
  readonly models: readonly { readonly name: string; readonly model: Model }[];
  readonly boards: readonly Board[];
}

/**
 * Holds every budget against what is predicted. A board that refuses a model stands in the report; throws a SpecError or
 * FormatError for a model or board that is not there, before anything is predicted.
 */
export async function runCheck(
  budgets: readonly Budget[],
  path: string,
  baseline: Baseline | undefined,
): Promise<CheckReport> {
  const asked: Asked[] = [];
  for (const [at, budget] of budgets.entries()) asked.push(await writeOut(budget, path, at));
  const checked: Checked[] = [];
  for (const one of asked) {
    for (const { name, model } of one.models) {
      for (const board of one.boards) checked.push(await checkOne(one.budget, name, model, board, baseline));
    }
  }
  const holds = checked.every(({ refused, verdicts }) => !refused && verdicts.every((one) => one.holds));
  return { holds, checked, gone: goneSince(baseline, checked) };
}

async function writeOut(budget: Budget, path: string, at: number): Promise<Asked> {
  const where = `${path}: budgets[${at}]`;
  const names = await matchModels(budget.model, dirname(path));
  if (names.length === 0) throw new SpecError(`${where}: no file matches the model "${budget.model}"`);
  const { BOARD_IDS } = await import('../../boards/all-boards.ts');
  const ids =
    budget.board === 'all' ? ['all'] : budget.board.split(',').flatMap((one) => boardNames(one, BOARD_IDS));
  if (ids.length === 0) throw new SpecError(`${where}: no board matches "${budget.board}"`);
  const models = await Promise.all(
    names.map(async (name) => ({ name, model: await loadModel(besides(name, path)) })),
  );
  const boards = await loadBoards(ids.map((id) => besides(id, path)).join(','), budget.options.set);
  return { budget, models, boards };
}

function boardNames(pattern: string, ids: readonly string[]): readonly string[] {
  return matchNames(pattern.trim(), ids);
}

/** A spec is one model; a path may be a glob. */
async function matchModels(pattern: string, folder: string): Promise<readonly string[]> {
  return looksLikeFile(pattern) || pattern.includes('*') ? matchFiles(pattern, folder) : [pattern];
}

/** Paths in a budget file are told from its folder. */
function besides(name: string, path: string): string {
  const isPath = looksLikeFile(name) && !name.includes(':');
  return isPath && !isAbsolute(name) ? join(dirname(path), name) : name;
}

async function checkOne(
  budget: Budget,
  name: string,
  model: Model,
  board: Board,
  baseline: Baseline | undefined,
): Promise<Checked> {
  const options = describeOptions(budget);
  const base = { model: name, board: board.id, ...(options !== undefined && { options }) };
  const measured = await refusing(() => measure({ ...budget, name, model, board }));
  if (typeof measured === 'string') return { ...base, refused: measured, verdicts: [] };
  const before = baseline?.readings.find((one) => isSame(one, base));
  const movement = before && movementBetween(before, measured.reading);
  return {
    ...base,
    reading: measured.reading,
    verdicts: judge(budget.limits, measured, movement),
    ...(movement && { movement }),
    ...(baseline && !before && { isNew: true }),
  };
}

/** What is measured, or why the board refuses. */
async function refusing(action: () => Promise<Measured>): Promise<Measured | string> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof InferscopeError) return error.message;
    throw error;
  }
}

function describeOptions({ options }: Budget): string | undefined {
  const texts = Object.entries(options).map(([key, value]) => `${key} ${String(value)}`);
  return texts.length === 0 ? undefined : texts.join(', ');
}

type Key = Pick<Checked, 'model' | 'board' | 'options'>;

const isSame = (a: Key, b: Key): boolean =>
  a.model === b.model && a.board === b.board && a.options === b.options;

function goneSince(baseline: Baseline | undefined, checked: readonly Checked[]): string[] {
  const gone = (baseline?.readings ?? []).filter((reading: Reading & { readonly options?: string }) =>
    checked.every((one) => !isSame(one, reading)),
  );
  return gone.map(({ model, board }) => `${model} on ${board}`);
}
