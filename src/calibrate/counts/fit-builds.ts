import { parseForms, type KernelForm } from '../../boards/libraries/counted/kernel-forms.ts';
import { formsOf } from '../../boards/libraries/counted/forms-of.ts';
import type { InstructionRow } from '../instruction-rows.ts';
import { countCall } from './eval-counts.ts';
import type { EvalRow } from './eval-rows.ts';
import { fitForm, formInstructions, rowsOfForms, type FittedRow } from './fit-forms.ts';

/** Rows of one library as one compiler built it for one core. */
export interface FittedBuild {
  readonly target: string;
  readonly flags: string;
  readonly library: string;
  readonly forms: readonly KernelForm[];
  /** Instructions of each form's terms; undefined for a form that no counted row has. */
  readonly coefficients: readonly (readonly number[] | undefined)[];
}

const EVAL = 'evalCall';
/** With this flag all cores were counted. */
const BEST_FLAG = '-O2';

interface BuildRows {
  readonly target: string;
  readonly flags: string;
  readonly library: string;
  readonly rows: FittedRow[];
}

function buildsOf(rows: readonly EvalRow[]): BuildRows[] {
  const builds = new Map<string, BuildRows>();
  for (const row of rows) {
    const { target, flags, library, dtype, instructions } = row;
    const key = `${target} ${flags} ${library}`;
    const build = builds.get(key) ?? { target, flags, library, rows: [] };
    const { op, counts } = countCall(row);
    build.rows.push({ op, dtype, counts: { ...counts, [EVAL]: 1 }, instructions });
    builds.set(key, build);
  }
  return [...builds.values()];
}

/** Kernels of CMSIS-NN are C functions that a direct call runs as the operator does, without what the operator does before. */
function directRows(rows: readonly InstructionRow[], { target, flags, library }: BuildRows): FittedRow[] {
  if (library !== 'cmsis-nn') return [];
  return rows
    .filter((row) => row.kernelLibrary === library && row.target === target && row.flag === flags)
    .map(({ op, dtype, counts, instructions }) => {
      const channelMultiplier = (counts.outChannels ?? 0) / (counts.inChannels ?? 1);
      return {
        op,
        dtype,
        instructions,
        counts: { channelMultiplier, broadcastRows: 0, ...counts, [EVAL]: 0 },
      };
    });
}

/** With a term for what only an operator's call has, which is then part of the constant. */
function fitJointly(
  { terms }: KernelForm,
  called: readonly FittedRow[],
  direct: readonly FittedRow[],
): number[] {
  const fitted = fitForm([...terms, EVAL], [...called, ...direct]);
  const wrapper = fitted.pop()!;
  return fitted.map((value, at) => (terms[at] === '1' ? value + wrapper : value));
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
}

const round = (value: number) => Number(value.toPrecision(4));

function fitBuild(build: BuildRows, direct: readonly InstructionRow[], like?: FittedBuild): FittedBuild {
  const forms = parseForms(formsOf(build.library, build.target));
  const called = rowsOfForms(forms, build.rows);
  const alone = rowsOfForms(forms, directRows(direct, build));
  const coefficients = forms.map((form, at) => {
    const [rows, more, known] = [called[at]!, alone[at]!, like?.coefficients[at]];
    if (rows.length === 0) return undefined;
    if (more.length > 0) return fitJointly(form, rows, more).map(round);
    if (known === undefined || build.library !== 'cmsis-nn' || form.dtype !== 'int8')
      return fitForm(form.terms, rows).map(round);
    const ratio = medianOf(rows.map((row) => row.instructions / formInstructions(form.terms, known, row)));
    return known.map((value) => round(ratio * value));
  });
  const { target, flags, library } = build;
  return { target, flags, library, forms, coefficients };
}

/** Whether the same code runs but for a factor: cores and units of floating point differ, kernels and flag do not. */
const isLike = (build: BuildRows, best: BuildRows) =>
  build.flags.split(' ')[0] === best.flags &&
  (build.target !== best.target || build.flags !== best.flags) &&
  formsOf(build.library, build.target) === formsOf(best.library, best.target);

/**
 * Every library and build that the rows hold, fitted. CMSIS-NN of one core was counted by direct calls as well and is fitted
 * to both; where another core runs the same kernels, its forms are those of that core times a factor.
 */
export function fitBuilds(rows: readonly EvalRow[], direct: readonly InstructionRow[]): FittedBuild[] {
  const builds = buildsOf(rows);
  const isBest = (build: BuildRows) => build.flags === BEST_FLAG && directRows(direct, build).length > 0;
  const best = builds.find(isBest);
  const like = best && fitBuild(best, direct);
  return builds.map((build) => fitBuild(build, direct, best && isLike(build, best) ? like : undefined));
}
