import type { Graph } from '../../models/graph/graph.ts';
import { buildGraph } from '../../models/specs/builder.ts';
import type { Run } from './effects.ts';
import type { MeasuredRow } from './measured-rows.ts';
import { networkOf, type NamedNetwork } from './network-names.ts';
import { classInstructions, type ClassInstructions } from './op-classes.ts';
import { dropsDeadChannels, identityOf, type Identity } from '../measurements/row-identity.ts';

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

/** Engines whose kernels are the plain loops of TensorFlow Lite Micro, compiled with a flag that rows do not say. */
const REFERENCE = new Set(['tflm-reference', 'tflm-float']);

interface Counted {
  readonly instructions: ClassInstructions;
  readonly flagLogs?: readonly number[];
  readonly macs: number;
}

/** Counts between -O2 and -Os, and how far the two are apart. */
function betweenFlags(graph: Graph): Counted {
  const fast = classInstructions(graph, 'tflm-reference');
  const small = classInstructions(graph, 'tflm-reference-Os').instructions;
  const between = fast.instructions.map((count, index) => Math.sqrt(count * small[index]));
  const flagLogs = fast.instructions.map((count, index) => (count > 0 ? Math.log(small[index] / count) : 0));
  return { instructions: between, flagLogs, macs: fast.macs };
}

/** The kernels whose counts stand for an engine's work: its own, or those of CMSIS-NN for one that is closed. */
function countGraph(graph: Graph, { engine, dtype }: Identity): Counted {
  if (REFERENCE.has(engine)) return betweenFlags(graph);
  return classInstructions(graph, dtype === 'float32' ? 'tflm-reference' : 'cmsis-nn');
}

/** Counts of networks, each made once. */
export class CountedNetworks {
  readonly #counted = new Map<string, Counted>();

  /** Undefined for a network whose structure is not known. */
  of(named: NamedNetwork, identity: Identity): Counted | undefined {
    const shape = networkOf(named);
    if (shape === undefined) return undefined;
    const key = JSON.stringify([shape, identity.dtype, REFERENCE.has(identity.engine)]);
    let counted = this.#counted.get(key);
    if (!counted) {
      counted = countGraph(buildGraph({ ...shape, dtype: identity.dtype }, named.model), identity);
      this.#counted.set(key, counted);
    }
    return counted;
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
    const named = {
      ...{ model: row.model, description: row.model_desc, notes: row.notes },
      dropsDeadChannels: dropsDeadChannels(identity),
    };
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
