import { fail, operand, operandOfRank, shapeText, type Operands } from '../definition/operands.ts';
import { elementCount } from '../../models/graph/graph.ts';
import type { Activation } from '../../models/graph/attributes.ts';

/** The four gates in the order in which TFLite lists their weights. */
export const GATES = ['input', 'forget', 'cell', 'output'] as const;

/** Positions of the operands of an LSTM: of the first gate's where there is one for each gate. */
export const LSTM = { input: 0, inputWeights: 1, stateWeights: 5, bias: 12, hidden: 18, cell: 19 } as const;

/** Operands that TFLite has and TFLite Micro's kernel refuses: peepholes, projection, layer normalization. */
export const LSTM_VARIANTS: readonly number[] = [9, 10, 11, 16, 17, 20, 21, 22, 23];
export const LSTM_OPERANDS = 24;

export interface LstmAttributes {
  readonly activation: Activation;
  readonly cellClip: number;
  readonly projClip: number;
  readonly timeMajor: boolean;
}

export interface LstmGeometry {
  readonly batches: number;
  readonly steps: number;
  /** Elements of one input, and of one state. */
  readonly inputs: number;
  readonly units: number;
  readonly timeMajor: boolean;
}

/** Sizes of an LSTM. Throws a SpecError where its operands do not fit. */
export function lstmGeometry({ timeMajor }: LstmAttributes, operands: Operands): LstmGeometry {
  const [first, second, inputs] = operandOfRank(operands, LSTM.input, 'input', 3).shape;
  const [batches, steps] = timeMajor ? [second, first] : [first, second];
  const units = operandOfRank(operands, LSTM.stateWeights + 1, 'forget weights of the state', 2).shape[1];
  for (let gate = 0; gate < GATES.length; gate++) {
    requireShape(operands, LSTM.inputWeights + gate, [units, inputs]);
    requireShape(operands, LSTM.stateWeights + gate, [units, units]);
    requireShape(operands, LSTM.bias + gate, [units]);
  }
  for (const position of [LSTM.hidden, LSTM.cell]) {
    const { shape } = operand(operands, position, 'state');
    if (elementCount(shape) === batches * units) continue;
    fail(`input ${position} (state) ${shapeText(shape)}, needs ${shapeText([batches, units])}`);
  }
  return { batches, steps, inputs, units, timeMajor };
}

function requireShape(operands: Operands, position: number, expected: readonly number[]): void {
  const { shape } = operand(operands, position, 'weights or bias of a gate');
  if (String(shape) === String(expected)) return;
  fail(`input ${position} is ${shapeText(shape)}, the gates need ${shapeText(expected)}`);
}

/** Multiply-accumulates and updates of the gates; those in pairs of units are how CMSIS-NN goes through them. */
export function lstmCounts({
  batches,
  steps,
  inputs,
  units,
  timeMajor,
}: LstmGeometry): Record<string, number> {
  const rows = batches * steps;
  // CMSIS-NN leaves the product with the state out in the first step.
  const later = batches * (steps - 1);
  const quads = rows * Math.floor(inputs / 4) + later * Math.floor(units / 4);
  const rest = rows * (inputs % 4) + later * (units % 4);
  const pairs = Math.floor(units / 2);
  return {
    gateInputMacs: 4 * rows * units * inputs,
    gateStateMacs: 4 * rows * units * units,
    cellUpdates: rows * units,
    timeSteps: timeMajor ? steps : rows,
    gatePairQuads: 4 * pairs * quads,
    gatePairRest: 4 * pairs * rest,
    gateOddQuads: 4 * (units % 2) * quads,
    laterGatePairs: 4 * pairs * later,
    inputElements: rows * inputs,
    outputs: rows * units,
  };
}
