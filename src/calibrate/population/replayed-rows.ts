import { InferscopeError } from '../../errors.ts';
import type { Op } from '../../kernels/definition/op.ts';
import { OPS } from '../../kernels/index.ts';
import { registerOps } from '../../kernels/registry.ts';
import type { Graph } from '../../models/graph/graph.ts';
import { buildGraph } from '../../models/specs/builder.ts';
import { countedCoreOf } from '../measurements/counted-core.ts';
import { dropsDeadChannels, identityOf, type Identity } from '../measurements/row-identity.ts';
import type { Run } from './effects.ts';
import type { MeasuredRow } from './measured-rows.ts';
import { networkOf } from './network-names.ts';
import type { NetworkShape } from './network-specs.ts';
import { classInstructions, OP_CLASSES, type ClassInstructions } from './op-classes.ts';
import { operatorNetwork } from './operator-specs.ts';

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

export interface Counted {
  readonly instructions: ClassInstructions;
  readonly flagLogs?: readonly number[];
  readonly macs: number;
}

/** Counts between -O2 and -Os, and how far the two are apart. */
function betweenFlags(graph: Graph, core: string): Counted {
  const fast = classInstructions(graph, 'tflm-reference', core);
  const small = classInstructions(graph, 'tflm-reference-Os', core).instructions;
  const between = fast.instructions.map((count, index) => Math.sqrt(count * small[index]));
  const flagLogs = fast.instructions.map((count, index) => (count > 0 ? Math.log(small[index] / count) : 0));
  return { instructions: between, flagLogs, macs: fast.macs };
}

/** The kernels whose counts stand for an engine's work: its own, or those of CMSIS-NN for one that is closed. */
function countGraph(graph: Graph, { engine, dtype }: Identity, core: string): Counted {
  if (REFERENCE.has(engine)) return betweenFlags(graph, core);
  return classInstructions(graph, dtype === 'float32' ? 'tflm-reference' : 'cmsis-nn', core);
}

/** Counted instructions of a network for the engine and the core of a run. */
export function countNetwork(graph: Graph, identity: Identity): Counted {
  registerOps(Object.values<Op>(OPS));
  return countGraph(graph, identity, countedCoreOf(identity));
}

const CALL = OP_CLASSES.indexOf('call');

const withoutCall = (counted: Counted): Counted => ({
  ...counted,
  instructions: counted.instructions.map((count, index) => (index === CALL ? 0 : count)),
});

function shapeOf(row: MeasuredRow, identity: Identity): NetworkShape | undefined {
  if (row.op !== 'model') return operatorNetwork(row);
  return networkOf({
    ...{ model: row.model, description: row.model_desc, notes: row.notes },
    dropsDeadChannels: dropsDeadChannels(identity),
  });
}

/** Counts of networks and single operators, each made once. */
export class CountedNetworks {
  readonly #counted = new Map<string, Counted>();

  constructor() {
    registerOps(Object.values<Op>(OPS));
  }

  /** Undefined for a network whose structure is not known. Throws an InferscopeError for one that nobody counted. */
  of(row: MeasuredRow, identity: Identity): Counted | undefined {
    const shape = shapeOf(row, identity);
    if (shape === undefined) return undefined;
    const core = countedCoreOf(identity);
    const isOperator = row.op !== 'model';
    const key = JSON.stringify([shape, identity.dtype, REFERENCE.has(identity.engine), core, isOperator]);
    let counted = this.#counted.get(key);
    if (!counted) {
      counted = countGraph(buildGraph({ ...shape, dtype: identity.dtype }, row.model), identity, core);
      if (isOperator) counted = withoutCall(counted);
      this.#counted.set(key, counted);
    }
    return counted;
  }
}

function refusalOf(row: MeasuredRow): string | undefined {
  if (Number.isNaN(row.latencyMs)) return 'no latency_ms';
  if (Number.isNaN(row.clockMhz)) return 'no clock_mhz';
  return undefined;
}

function unknownOf({ op, model }: MeasuredRow): string {
  return op === 'model'
    ? `network "${model}": its structure is not known`
    : `operator ${op}: it is not replayed`;
}

/** Words of a row that put its tensors outside of the chip. */
const EXTERNAL = /external (spi )?ram|psram/i;

/** What a row says of itself that moves its time as a whole. */
function conditionsOf(
  { id, grade, notes }: MeasuredRow,
  { board }: Identity,
): Pick<Run, 'isExternal' | 'inferredBy'> {
  return {
    ...(EXTERNAL.test(notes) && { isExternal: true }),
    ...(grade === 'C' && { inferredBy: `${id.split('-')[0]} ${board}` }),
  };
}

/** A row with its counts, or why it has none. */
function replayRow(row: MeasuredRow, networks: CountedNetworks): ReplayedRow | string {
  const refusal = refusalOf(row);
  if (refusal !== undefined) return refusal;
  const identity = identityOf(row);
  try {
    const counted = networks.of(row, identity);
    if (counted === undefined) return unknownOf(row);
    const logCycles = Math.log(row.latencyMs * row.clockMhz * 1000);
    return { row, identity, network: row.model, ...counted, ...conditionsOf(row, identity), logCycles };
  } catch (error) {
    if (error instanceof InferscopeError) return error.message;
    throw error;
  }
}

/** Rows that can be replayed, and the others with the reason. */
export function replayRows(
  rows: readonly MeasuredRow[],
  networks = new CountedNetworks(),
): { replayed: ReplayedRow[]; skipped: SkippedRow[] } {
  const replayed: ReplayedRow[] = [];
  const skipped: SkippedRow[] = [];
  for (const row of rows) {
    const found = replayRow(row, networks);
    if (typeof found === 'string') skipped.push({ id: row.id, reason: found });
    else replayed.push(found);
  }
  return { replayed, skipped };
}
