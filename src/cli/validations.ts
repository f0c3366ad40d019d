import { FormatError, InferscopeError, SpecError } from '../errors.ts';
import type { Gate, RowsValidation } from '../report/validation-text.ts';
import {
  formatKpuValidation,
  formatPaperValidation,
  formatRowsValidation,
} from '../report/validation-text.ts';
import { readBytes, readJsonValues, readText } from './inputs.ts';

export interface ValidationOptions {
  readonly loo: boolean;
  readonly lono?: boolean;
  readonly lobo?: boolean;
  readonly ops?: boolean;
  readonly coverage?: boolean;
  readonly energy?: boolean;
  readonly measured: string | undefined;
  readonly golden: string | undefined;
  readonly model: string | undefined;
  readonly board: string | undefined;
  readonly kernels: string | undefined;
  readonly only: string | undefined;
}

/** A validation's JSON document, its text when asked for, and the names of the bars that it misses. */
export interface Validation {
  readonly document: object;
  readonly text: () => string;
  readonly misses: readonly string[];
}

function findMisses(gates: readonly Gate[] = []): string[] {
  return gates
    .filter((gate) => !gate.holds)
    .map(({ name, figure, bar }) => `${name} (${figure.toFixed(2)}, bar ${bar})`);
}

function fromRows(title: string, document: RowsValidation): Validation {
  const text = () => formatRowsValidation(title, document);
  return { document, text, misses: findMisses(document.gates) };
}

async function validatePaperTables({ loo }: ValidationOptions): Promise<Validation> {
  const { validatePaper } = await import('../calibrate/validate-paper.ts');
  const document = validatePaper();
  return { document, text: () => formatPaperValidation(document, loo), misses: findMisses(document.gates) };
}

async function validatePublishedFrames(): Promise<Validation> {
  const { validateFrames } = await import('../calibrate/frames/validate-frames.ts');
  const { formatFramesValidation } = await import('../report/frames-validation-text.ts');
  const document = validateFrames();
  return { document, text: () => formatFramesValidation(document), misses: findMisses(document.gates) };
}

async function validateLayers(): Promise<Validation> {
  const { validateK210Layers } = await import('../calibrate/validate-k210-layers.ts');
  return fromRows('Published timings of single accelerator layers, ms', validateK210Layers());
}

async function validateCounts({ measured }: ValidationOptions): Promise<Validation> {
  const { validateM7Counts } = await import('../calibrate/validate-m7-counts.ts');
  const csv = measured === undefined ? undefined : await readText(measured);
  try {
    return fromRows('Counted instructions of single kernel calls', validateM7Counts(csv));
  } catch (error) {
    if (!(error instanceof InferscopeError) || measured === undefined) throw error;
    throw new FormatError(`${measured}: ${error.message}`);
  }
}

async function validateKpuBytes({ golden, model }: ValidationOptions): Promise<Validation> {
  if (golden === undefined)
    throw new SpecError('validate kpu needs --golden FILE, and for a model --model FILE');
  const { validateKpu } = await import('../calibrate/validate-kpu.ts');
  const expected = await readJsonValues(golden);
  const bytes = model === undefined ? undefined : await readBytes(model);
  try {
    const document = validateKpu(expected, bytes);
    const { equal, total } = document;
    const misses = equal < total ? [`${total - equal} of ${total} outputs differ`] : [];
    return { document, text: () => formatKpuValidation(document), misses };
  } catch (error) {
    if (!(error instanceof InferscopeError)) throw error;
    throw new FormatError(`${golden}: ${error.message}`);
  }
}

/** Only one of each of these can be asked for. */
const EITHER = [
  ['lono', 'lobo', 'coverage'],
  ['ops', 'energy'],
] as const;

function requireOne(options: ValidationOptions): void {
  for (const names of EITHER) {
    const given = names.filter((name) => options[name]);
    if (given.length > 1) throw new SpecError(`--${given.join(' and --')} exclude each other: choose one`);
  }
}

async function validatePublished(options: ValidationOptions): Promise<Validation> {
  requireOne(options);
  const { measured, lono, lobo, ops, energy, coverage = false } = options;
  const { validateExternal } = await import('../calibrate/validate-external.ts');
  const { formatExternalValidation } = await import('../report/external-text.ts');
  const csv = measured === undefined ? undefined : await readText(measured);
  const heldOut = lono ? 'network' : lobo ? 'board' : 'nothing';
  try {
    const judging = ops ? 'operators' : energy ? 'energy' : 'networks';
    const document = validateExternal({ csv, heldOut, judging, coverage });
    return { document, text: () => formatExternalValidation(document), misses: [] };
  } catch (error) {
    if (!(error instanceof InferscopeError) || measured === undefined) throw error;
    throw new FormatError(`${measured}: ${error.message}`);
  }
}

const VALIDATIONS: Readonly<Record<string, (options: ValidationOptions) => Promise<Validation>>> = {
  paper: validatePaperTables,
  'k210-layers': validateLayers,
  frames: validatePublishedFrames,
  'm7-counts': validateCounts,
  counts: async (options) => (await import('./operator-counts.ts')).validateCountedOperators(options),
  kpu: validateKpuBytes,
  external: validatePublished,
  ops: async (options) => (await import('./validate-ops.ts')).validateOps(options),
};

/** The validations that take an option. */
const OWNERS = {
  measured: ['m7-counts', 'counts', 'external'],
  golden: ['kpu', 'ops'],
  model: ['kpu'],
  board: ['ops'],
  kernels: ['ops'],
  only: ['ops'],
  loo: ['paper'],
  lono: ['external'],
  lobo: ['external'],
  coverage: ['external'],
  ops: ['external'],
  energy: ['external'],
} as const satisfies Partial<Record<keyof ValidationOptions, readonly string[]>>;

/** Runs one of the validations. Throws a SpecError for an option that it does not take. */
export async function validate(what: string, options: ValidationOptions): Promise<Validation> {
  for (const [option, owners] of Object.entries<readonly string[]>(OWNERS)) {
    const given = options[option as keyof typeof OWNERS];
    if (given === undefined || given === false || owners.includes(what)) continue;
    throw new SpecError(
      `--${option} goes with validate ${owners.join(' and validate ')}, not with validate ${what}`,
    );
  }
  return VALIDATIONS[what](options);
}
