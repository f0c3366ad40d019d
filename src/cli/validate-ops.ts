import { dirname, join } from 'node:path';
import { readFileSync } from 'node:fs';
import type { Board } from '../boards/board/board.ts';
import { BOARDS } from '../boards/index.ts';
import { judgeOps } from '../calibrate/ops/judge-ops.ts';
import { parseOpsGolden, type OpsGolden } from '../calibrate/ops/ops-golden.ts';
import { computeOpsFile, type OpsTarget } from '../calibrate/ops/compute-ops.ts';
import { kernelsOf } from '../deploy/options.ts';
import { FormatError, InferscopeError, SpecError } from '../errors.ts';
import { formatOpsValidation } from '../report/ops-validation-text.ts';
import { explainReadError, loadBoard, readJsonValues } from './inputs.ts';

const REFERENCE_KERNELS = 'tflm-reference';

/** The options that this validation takes. */
export interface OpsValidationOptions {
  readonly golden: string | undefined;
  readonly board: string | undefined;
  readonly kernels: string | undefined;
  readonly only: string | undefined;
}

/** A pattern of file names as a shell has them: `*` for any signs, `?` for one. */
function fits(pattern: string): (name: string) => boolean {
  const literal = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  const expression = new RegExp(`^${literal.replaceAll('*', '.*').replaceAll('?', '.')}$`);
  return (name) => expression.test(name);
}

async function boardOf(name: string | undefined): Promise<Board> {
  if (name !== undefined) return loadBoard(name);
  return BOARDS.find(({ runtime }) => runtime.toolchain === 'tflm')!;
}

async function readGolden(path: string): Promise<OpsGolden> {
  const json = await readJsonValues(path);
  try {
    return parseOpsGolden(json);
  } catch (error) {
    if (!(error instanceof InferscopeError)) throw error;
    throw new FormatError(`${path}: ${error.message}`);
  }
}

function readBeside(golden: string, name: string): Uint8Array {
  try {
    return readFileSync(join(dirname(golden), name));
  } catch (error) {
    throw explainReadError(name, error);
  }
}

/** Every file beside the golden one: computed for --json, and judged for the text and the bars. */
export async function validateOps({ golden, board, kernels, only }: OpsValidationOptions) {
  if (golden === undefined) throw new SpecError('validate ops needs --golden FILE');
  const on = await boardOf(board);
  const target: OpsTarget = { board: on, kernels: kernelsOf(on, { kernels: kernels ?? REFERENCE_KERNELS }) };
  const entries = await readGolden(golden);
  const names = Object.keys(entries).filter(fits(only ?? '*'));
  if (names.length === 0) throw new SpecError(`--only ${only}: no file in ${golden} is named so`);
  const files = names.map((name) =>
    computeOpsFile(name, () => readBeside(golden, name), entries[name], target),
  );
  const judged = judgeOps(files, entries);
  return {
    document: { board: on.id, kernels: target.kernels, files },
    text: () => formatOpsValidation(files.length, judged),
    misses: judged.gates
      .filter(({ holds }) => !holds)
      .map(({ name, figure, bar }) => `${name} (${figure.toFixed(2)}, bar ${bar})`),
  };
}
