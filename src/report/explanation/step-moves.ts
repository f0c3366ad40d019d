import type { Prediction } from '../../simulate/prediction.ts';
import { msFromPs, type Ps } from '../../units.ts';
import { alignParts, type PartPair } from './align-parts.ts';
import { causesOf, type Cause, type Sides } from './move-causes.ts';
import { asClause } from './explain.ts';
import { partsOf, type Part } from './parts.ts';

/** How a part differs between two inferences. */
export interface Move {
  /** "CONV_2D (op 3)", "output-list": as every command counts operators. */
  readonly what: string;
  readonly op: string;
  readonly fromNode: number | null;
  readonly toNode: number | null;
  readonly beforeMs: number;
  readonly afterMs: number;
  readonly deltaMs: number;
  readonly deltaPs: Ps;
  readonly beforeBytes: number;
  readonly afterBytes: number;
  readonly deltaBytes: number;
  readonly causes: readonly Cause[];
}

/** Sum of the moves of one kind of operator. */
export interface KindSum {
  readonly op: string;
  readonly moves: number;
  readonly beforeMs: number;
  readonly afterMs: number;
  readonly deltaMs: number;
}

/** One side of a difference: its parts and what else is said of it. */
export interface Side {
  readonly board: string;
  readonly parts: readonly Part[];
  readonly warnings: readonly string[];
}

export function sideOf(prediction: Prediction): Side {
  return { board: prediction.board, parts: partsOf(prediction), warnings: prediction.warnings };
}

/** How each part moved from one inference to another; the moves add up to the difference, to the picosecond. */
export function movesBetween(from: Side, to: Side): Move[] {
  const sides: Sides = { fromBoard: from.board, toBoard: to.board, warnings: to.warnings };
  return alignParts(from.parts, to.parts).map((pair) => moveOf(pair, sides));
}

function moveOf(pair: PartPair, sides: Sides): Move {
  const { before, after } = pair;
  const [beforePs, afterPs] = [before?.durationPs ?? 0, after?.durationPs ?? 0];
  const [beforeBytes, afterBytes] = [bytesOf(before), bytesOf(after)];
  const shown = (after ?? before)!;
  return {
    what: nameOf(shown),
    op: shown.op,
    fromNode: before?.node ?? null,
    toNode: after?.node ?? null,
    beforeMs: msFromPs(beforePs),
    afterMs: msFromPs(afterPs),
    deltaMs: msFromPs(afterPs - beforePs),
    deltaPs: afterPs - beforePs,
    ...{ beforeBytes, afterBytes, deltaBytes: afterBytes - beforeBytes },
    causes: before && after ? causesOf(before, after, sides) : [lonely(pair, sides)],
  };
}

const bytesOf = (part: Part | undefined): number =>
  part ? part.loadBytes + part.storeBytes + part.weightBytes : 0;

function nameOf({ node, op }: Part): string {
  return node === null ? op : `${op} (op ${node})`;
}

function lonely({ before, after }: PartPair, { fromBoard, toBoard }: Sides): Cause {
  if (after) {
    const where = fromBoard === toBoard ? 'only the second has it' : `only ${toBoard} does it`;
    return { rule: after.rule, text: `${where}, on ${after.unit}: ${asClause(after.reason)}` };
  }
  const where = fromBoard === toBoard ? 'only the first has it' : `only ${fromBoard} does it`;
  return { rule: before!.rule, text: `${where}, on ${before!.unit}: ${asClause(before!.reason)}` };
}

/** Moves summed by operator, the largest change first. */
export function sumByKind(moves: readonly Move[]): KindSum[] {
  const sums = new Map<string, { moves: number; before: Ps; delta: Ps }>();
  for (const { op, beforeMs, deltaPs } of moves) {
    const sum = sums.get(op) ?? { moves: 0, before: 0, delta: 0 };
    sums.set(op, sum);
    sum.moves++;
    sum.before += beforeMs;
    sum.delta += deltaPs;
  }
  return [...sums]
    .map(([op, { moves: count, before, delta }]) => {
      return {
        op,
        moves: count,
        beforeMs: before,
        afterMs: before + msFromPs(delta),
        deltaMs: msFromPs(delta),
      };
    })
    .sort((a, b) => Math.abs(b.deltaMs) - Math.abs(a.deltaMs));
}
