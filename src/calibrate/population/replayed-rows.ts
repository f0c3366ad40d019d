import { buildGraph } from '../../models/specs/builder.ts';
import type { Run } from './effects.ts';
import type { MeasuredRow } from './measured-rows.ts';
import { networkOf, type NamedNetwork } from './network-names.ts';
import { classInstructions, type ClassInstructions, type CountedKernels } from './op-classes.ts';
import { identityOf, type Identity } from '../measurements/row-identity.ts';

/** A published row as the population sees it. */
export interface ReplayedRow extends Run {
  readonly row: MeasuredRow;
  readonly macs: number;
  readonly logCycles: number;
}

/** Why a row has no prediction. */
export interface SkippedRow {
  readonly id: string;
  readonly reason: string;
}

/** Engines whose kernels are the plain loops of TensorFlow Lite Micro. */
const REFERENCE = new Set(['tflm-reference', 'tflm-float']);

/** The kernels whose counts stand for an engine's work: its own, or those of CMSIS-NN for one that is closed. */
export function countedKernelsOf({ engine, dtype }: Identity): CountedKernels {
  return dtype === 'float32' || REFERENCE.has(engine) ? 'tflm-reference' : 'cmsis-nn';
}

interface Counted {
  readonly instructions: ClassInstructions;
  readonly macs: number;
}

/** Counts of networks, each made once. */
export class CountedNetworks {
  readonly #counted = new Map<string, Counted | undefined>();

  /** Undefined for a network whose structure is not known. */
  of(named: NamedNetwork, identity: Identity): Counted | undefined {
    const shape = networkOf(named);
    if (shape === undefined) return undefined;
    const kernels = countedKernelsOf(identity);
    const key = JSON.stringify([shape, identity.dtype, kernels]);
    if (!this.#counted.has(key)) {
      const graph = buildGraph({ ...shape, dtype: identity.dtype }, named.model);
      this.#counted.set(key, classInstructions(graph, kernels));
    }
    return this.#counted.get(key);
  }
}

function refusalOf(row: MeasuredRow): string | undefined {
  if (row.op !== 'model') return 'one operator, not a whole network';
  if (Number.isNaN(row.latencyMs)) return 'no latency_ms';
  if (Number.isNaN(row.clockMhz)) return 'no clock_mhz';
  if (row.accelerator !== '') return `accelerator ${row.accelerator}: no model of it`;
  return undefined;
}

/** Rows that can be replayed on a CPU, and the others with the reason. */
export function replayRows(
  rows: readonly MeasuredRow[],
  networks = new CountedNetworks(),
): { replayed: ReplayedRow[]; skipped: SkippedRow[] } {
  const replayed: ReplayedRow[] = [];
  const skipped: SkippedRow[] = [];
  for (const row of rows) {
    const refusal = refusalOf(row);
    const identity = identityOf(row);
    const named = { model: row.model, description: row.model_desc, notes: row.notes };
    const counted = refusal === undefined ? networks.of(named, identity) : undefined;
    if (counted === undefined) {
      skipped.push({ id: row.id, reason: refusal ?? `network "${row.model}": its structure is not known` });
      continue;
    }
    const logCycles = Math.log(row.latencyMs * row.clockMhz * 1000);
    replayed.push({ row, identity, network: row.model, ...counted, logCycles });
  }
  return { replayed, skipped };
}
