import { FormatError } from '../../errors.ts';
import { isPlainName, showValue } from '../../models/graph/quote.ts';
import { movesBetween } from '../../report/explanation/step-moves.ts';
import { VERSION } from '../version.ts';
import type { CheckReport, Movement, Reading } from './check-results.ts';

const FORMAT = 'inferscope-baseline';

/** What `check --write-baseline` writes: predictions with their parts, and the version that made them. */
export interface Baseline {
  readonly format: typeof FORMAT;
  readonly inferscope: string;
  readonly readings: readonly (Reading & { readonly options?: string })[];
}

/** The predictions of a report, to be kept. */
export function baselineOf({ checked }: CheckReport): Baseline {
  const readings = checked.flatMap(({ reading, options }) =>
    reading ? [{ ...reading, ...(options !== undefined && { options }) }] : [],
  );
  return { format: FORMAT, inferscope: VERSION, readings };
}

/** A baseline from its JSON. Throws a FormatError where it is none, or was written by another version. */
export function parseBaseline(json: unknown, path: string): Baseline {
  const { format, inferscope, readings } = (json ?? {}) as Partial<Baseline>;
  if (format !== FORMAT || !Array.isArray(readings)) {
    throw new FormatError(`${path}: is no baseline; write one with check --write-baseline`);
  }
  if (inferscope !== VERSION) {
    const writer =
      typeof inferscope === 'string' && isPlainName(inferscope) ? inferscope : showValue(inferscope);
    throw new FormatError(
      `${path}: was written by inferscope ${writer} and this is ${VERSION}, whose predictions may differ for the ` +
        'same model; write it anew with --write-baseline',
    );
  }
  const broken = readings.findIndex((reading) => !isReading(reading));
  if (broken >= 0)
    throw new FormatError(`${path}: readings[${broken}] is cut short; write the baseline anew`);
  return { format, inferscope, readings };
}

function isReading(reading: Partial<Reading> | null): boolean {
  return (
    typeof reading?.model === 'string' &&
    typeof reading.board === 'string' &&
    typeof reading.latencyMs?.value === 'number' &&
    typeof reading.flashBytes === 'number' &&
    typeof reading.ramBytes === 'number' &&
    Array.isArray(reading.warnings) &&
    Array.isArray(reading.parts) &&
    reading.parts.every((part) => typeof part?.op === 'string' && Number.isInteger(part.durationPs))
  );
}

/** What moved between two readings of one model on one board. */
export function movementBetween(before: Reading, after: Reading): Movement {
  const moves = movesBetween(before, after)
    .filter(({ deltaPs, deltaBytes }) => deltaPs !== 0 || deltaBytes !== 0)
    .sort((a, b) => Math.abs(b.deltaPs) - Math.abs(a.deltaPs));
  return {
    latencyMs: { before: before.latencyMs.value, after: after.latencyMs.value },
    flashBytes: { before: before.flashBytes, after: after.flashBytes },
    ramBytes: { before: before.ramBytes, after: after.ramBytes },
    moves,
  };
}
