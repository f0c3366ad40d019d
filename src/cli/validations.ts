import { FormatError, InferscopeError, SpecError } from '../errors.ts';
import type { Gate, RowsValidation } from '../report/validation.ts';
import { formatPaperValidation, formatRowsValidation } from '../report/validation.ts';
import { readText } from './inputs.ts';

export interface ValidationOptions {
  readonly loo: boolean;
  readonly measured: string | undefined;
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

const VALIDATIONS: Readonly<Record<string, (options: ValidationOptions) => Promise<Validation>>> = {
  paper: validatePaperTables,
  'k210-layers': validateLayers,
  'm7-counts': validateCounts,
};

/** Runs one of the validations. Throws a SpecError for an option that it does not take. */
export async function validate(what: string, options: ValidationOptions): Promise<Validation> {
  if (options.measured !== undefined && what !== 'm7-counts') {
    throw new SpecError(`--measured goes with validate m7-counts, not with validate ${what}`);
  }
  return VALIDATIONS[what]!(options);
}
