import { InferscopeError } from '../../errors.ts';
import type { Op } from '../../kernels/definition/op.ts';
import { OPS } from '../../kernels/index.ts';
import { registerOps } from '../../kernels/registry.ts';
import { buildGraph } from '../../models/specs/builder.ts';
import { countedCoreOf } from '../measurements/counted-core.ts';
import { dropsDeadChannels, identityOf, type Identity } from '../measurements/row-identity.ts';
import { countGraph, isReference, type Counted } from './count-network.ts';
import { earlyKernels } from './early-kernels.ts';
import type { Run } from './effects.ts';
import type { MeasuredRow } from './measured-rows.ts';
import { networkOf } from './network-names.ts';
import type { NetworkShape } from './network-specs.ts';
import { OP_CLASSES } from './op-classes.ts';
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
    const early = earlyKernels(identity, core);
    const key = JSON.stringify([shape, identity.dtype, isReference(identity), core, isOperator, !early]);
    let counted = this.#counted.get(key);
    if (!counted) {
      counted = countGraph(buildGraph({ ...shape, dtype: identity.dtype }, row.model), identity, core, early);
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
