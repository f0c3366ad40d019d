import type { Activation } from '../../models/graph/attributes.ts';
import { fail, operandOfRank, shapeText, type Operands } from '../definition/operands.ts';

/** Positions of the operands of SVDF, and how many there are. */
export const SVDF = { input: 0, feature: 1, history: 2, bias: 3, state: 4, operands: 5 } as const;

export interface SvdfAttributes {
  readonly rank: number;
  readonly activation: Activation;
}

export interface SvdfGeometry {
  readonly batches: number;
  /** Elements of one input. */
  readonly depth: number;
  readonly filters: number;
  /** Time steps that the state holds. */
  readonly memory: number;
  readonly units: number;
}

/** Sizes of an SVDF layer. Throws a SpecError where its operands do not fit. */
export function svdfGeometry({ rank }: SvdfAttributes, inputs: Operands): SvdfGeometry {
  const [batches, depth] = operandOfRank(inputs, SVDF.input, 'input', 2).shape;
  const feature = operandOfRank(inputs, SVDF.feature, 'feature weights', 2).shape;
  const history = operandOfRank(inputs, SVDF.history, 'time weights', 2).shape;
  const [filters, memory] = history;
  if (feature[0] !== filters || feature[1] !== depth) {
    fail(`feature weights ${shapeText(feature)}, needs ${shapeText([filters, depth])}`);
  }
  if (filters % rank !== 0) fail(`${filters} filters are not a multiple of the rank ${rank}`);
  return { batches, depth, filters, memory, units: filters / rank };
}
