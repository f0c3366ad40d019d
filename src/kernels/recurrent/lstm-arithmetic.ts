import { clamp } from '../../numbers.ts';
import type { Kernel, NumericData, Prepare } from '../definition/kernel.ts';
import { fail, operand, type Operands } from '../definition/operands.ts';
import { logistic32 } from '../elementwise/sigmoidal.ts';
import { mbqm, mbqmWide, quantizeMultiplier } from '../numbers/fixed-point.ts';
import { integerRange, scaleOf } from '../numbers/quantization.ts';
import { biasAt } from '../numbers/rescale.ts';
import { logisticByTable, tanhByTable } from '../numbers/table-functions.ts';
import { GATES, LSTM, lstmGeometry, type LstmAttributes, type LstmGeometry } from './lstm-geometry.ts';

const { fround } = Math;
const [INPUT, FORGET, CELL, OUTPUT] = GATES.keys();

/** A product of weights with a vector, and what is added to it. */
export interface Dot {
  readonly weights: NumericData;
  readonly values: NumericData;
  readonly from: number;
  readonly length: number;
  readonly unit: number;
  readonly bias: NumericData | undefined;
}

/** What the gates and states of one arithmetic do. */
interface Arithmetic {
  /** What a gate takes of the input, and of the state. */
  ofInput(gate: number, dot: Dot): number;
  ofState(gate: number, dot: Dot): number;
  add(a: number, b: number): number;
  sigmoid(x: number): number;
  tanh(x: number): number;
  /** The new cell state from the gates, and the new hidden state from it. */
  cell(forget: number, state: number, input: number, candidate: number): number;
  hidden(cell: number, output: number): number;
}

/** All steps of all sequences, each unit in the arithmetic given (TFLite Micro lstm_eval_general.h, LstmStep). */
function lstmKernel(g: LstmGeometry, x: Arithmetic): Kernel {
  const gates = GATES.map(() => new Float64Array(g.units));
  const computeGates = (inputs: readonly NumericData[], from: number, stateFrom: number): void => {
    for (let gate = 0; gate < GATES.length; gate++) {
      const input = { values: inputs[LSTM.input], weights: inputs[LSTM.inputWeights + gate] };
      const state = { values: inputs[LSTM.hidden], weights: inputs[LSTM.stateWeights + gate] };
      for (let unit = 0; unit < g.units; unit++) {
        const bias = inputs[LSTM.bias + gate];
        const sum = x.add(
          x.ofInput(gate, { ...input, from, length: g.inputs, unit, bias }),
          x.ofState(gate, { ...state, from: stateFrom, length: g.units, unit, bias: undefined }),
        );
        gates[gate][unit] = gate === CELL ? x.tanh(sum) : x.sigmoid(sum);
      }
    }
  };
  const update = (inputs: readonly NumericData[], out: NumericData, row: number, stateFrom: number): void => {
    const [hidden, cell] = [inputs[LSTM.hidden], inputs[LSTM.cell]];
    for (let unit = 0; unit < g.units; unit++) {
      const at = stateFrom + unit;
      cell[at] = x.cell(gates[FORGET][unit], cell[at], gates[INPUT][unit], gates[CELL][unit]);
      hidden[at] = x.hidden(cell[at], gates[OUTPUT][unit]);
      out[row * g.units + unit] = hidden[at];
    }
  };
  return {
    run(inputs, [out]) {
      for (let batch = 0; batch < g.batches; batch++) {
        for (let step = 0; step < g.steps; step++) {
          const row = g.timeMajor ? step * g.batches + batch : batch * g.steps + step;
          computeGates(inputs, row * g.inputs, batch * g.units);
          update(inputs, out, row, batch * g.units);
        }
      }
    },
  };
}

function requireTanh({ activation }: LstmAttributes): void {
  if (activation !== 'TANH') fail(`the activation ${activation} of the cell gate has no arithmetic`);
}

function floatDot(_gate: number, { weights, values, from, length, unit, bias }: Dot): number {
  let sum = 0;
  for (let c = 0; c < length; c++) sum = fround(sum + fround(weights[unit * length + c] * values[from + c]));
  return fround(sum + biasAt(bias, unit));
}

/** The layer in single precision. */
export const prepareLstmFloat32: Prepare<LstmAttributes> = (attributes, inputs) => {
  requireTanh(attributes);
  const clip = attributes.cellClip > 0 ? attributes.cellClip : Infinity;
  return lstmKernel(lstmGeometry(attributes, inputs), {
    ofInput: floatDot,
    ofState: floatDot,
    add: (a, b) => fround(a + b),
    sigmoid: (x) => fround(logistic32(x)),
    tanh: (x) => fround(Math.tanh(x)),
    cell: (forget, state, input, candidate) =>
      clamp(fround(fround(forget * state) + fround(input * candidate)), -clip, clip),
    hidden: (cell, output) => fround(fround(Math.tanh(cell)) * output),
  });
};

/** Gates are in Q3.12 before their function, in Q0.15 behind it. */
const GATE_SCALE = 2 ** -12;
const FUNCTION_SCALE = 2 ** -15;
const TO_GATE = { factor: 3, shift: 0 };

const { low: LOW16, high: HIGH16 } = integerRange('int16');
const to16 = (x: number): number => clamp(x, LOW16, HIGH16);

/** Products of 8-bit weights with one of the vectors, for each gate. */
function integerDots(inputs: Operands, vector: number, weights: number): (gate: number, dot: Dot) => number {
  const values = operand(inputs, vector, 'input');
  const { scale, zeroPoint } = scaleOf(values, 'input or state');
  const scaled = values.dtype === 'int16' ? mbqmWide : mbqm;
  const gates = GATES.map((_, gate) => {
    const of = scaleOf(operand(inputs, weights + gate, 'weights'), 'weights');
    return { zero: of.zeroPoint, ...quantizeMultiplier(fround(scale * of.scale) / GATE_SCALE) };
  });
  return (gate, { weights: w, values: x, from, length, unit, bias }) => {
    const { zero, q, e } = gates[gate];
    let sum = biasAt(bias, unit);
    for (let c = 0; c < length; c++) sum += (w[unit * length + c] - zero) * (x[from + c] - zeroPoint);
    return to16(scaled(sum, q, e));
  };
}

/** What brings a cell state of scale 2^power to the table of tanh (lstm_eval.cc, Tanh). */
function cellToTable(scale: number): { factor: number; shift: number } {
  const power = Math.round(Math.log2(scale));
  if (scale !== 2 ** power) fail(`the cell state has the scale ${scale}, needs a power of two`);
  const left = 12 + power;
  return left < 0 ? { factor: 3, shift: -left } : { factor: 3 << left, shift: 0 };
}

/** The layer with 8-bit or 16-bit activations and a 16-bit cell state. */
export const prepareLstmInteger: Prepare<LstmAttributes> = (attributes, inputs) => {
  requireTanh(attributes);
  const cellScale = scaleOf(operand(inputs, LSTM.cell, 'cell state'), 'cell state').scale;
  const hidden = operand(inputs, LSTM.hidden, 'hidden state');
  const out = scaleOf(hidden, 'hidden state');
  const kept = quantizeMultiplier((FUNCTION_SCALE * cellScale) / cellScale);
  const entered = quantizeMultiplier(FUNCTION_SCALE ** 2 / cellScale);
  const shown = quantizeMultiplier(FUNCTION_SCALE ** 2 / out.scale);
  const clip = attributes.cellClip > 0 ? Math.trunc(to16(attributes.cellClip / cellScale)) : -LOW16;
  const range = integerRange(hidden.dtype);
  const toTable = cellToTable(cellScale);
  return lstmKernel(lstmGeometry(attributes, inputs), {
    ofInput: integerDots(inputs, LSTM.input, LSTM.inputWeights),
    ofState: integerDots(inputs, LSTM.hidden, LSTM.stateWeights),
    add: (a, b) => to16(a + b),
    sigmoid: (x) => logisticByTable(TO_GATE, x),
    tanh: (x) => tanhByTable(TO_GATE, x),
    cell(forget, state, input, candidate) {
      const old = to16(mbqm(forget * state, kept.q, kept.e));
      const added = to16(mbqm(input * candidate, entered.q, entered.e));
      return clamp(to16(old + added), -clip, clip);
    },
    hidden: (cell, output) =>
      clamp(
        mbqm(tanhByTable(toTable, cell) * output, shown.q, shown.e) + out.zeroPoint,
        range.low,
        range.high,
      ),
  });
};
