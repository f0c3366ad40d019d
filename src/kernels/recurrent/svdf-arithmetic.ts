import type { Activation } from '../../models/graph/attributes.ts';
import { clamp } from '../../numbers.ts';
import type { Kernel, NumericData, Prepare } from '../definition/kernel.ts';
import { operand, type Operands } from '../definition/operands.ts';
import { mbqm, quantizeMultiplier } from '../numbers/fixed-point.ts';
import { floatBounds, integerRange, scaleOf } from '../numbers/quantization.ts';
import { biasAt } from '../numbers/rescale.ts';
import { SVDF, svdfGeometry, type SvdfAttributes, type SvdfGeometry } from './svdf-geometry.ts';

const { fround } = Math;

/** How sums are made and stored. */
interface Arithmetic {
  /** One product added to a sum of what the features give, or of what the state holds. */
  feature(sum: number, weight: number, value: number): number;
  history(sum: number, weight: number, value: number): number;
  add(a: number, b: number): number;
  /** What the state keeps of a sum, and what is stored of one. */
  keep(sum: number): number;
  store(sum: number): number;
}

/** The newest values of all filters enter at the end of the state, whose every element has moved by one. */
function advance(g: SvdfGeometry, x: Arithmetic, [input, feature, , , state]: readonly NumericData[]): void {
  state.copyWithin(0, 1);
  for (let batch = 0; batch < g.batches; batch++) {
    for (let f = 0; f < g.filters; f++) {
      let sum = 0;
      for (let c = 0; c < g.depth; c++) {
        sum = x.feature(sum, feature[f * g.depth + c], input[batch * g.depth + c]);
      }
      state[(batch * g.filters + f) * g.memory + g.memory - 1] = x.keep(sum);
    }
  }
}

/** A layer of filters in any arithmetic (TFLite Micro svdf_common.cc). */
function svdfKernel(g: SvdfGeometry, x: Arithmetic): Kernel {
  const rank = g.filters / g.units;
  const filterSum = (history: NumericData, state: NumericData, batch: number, f: number): number => {
    const from = (batch * g.filters + f) * g.memory;
    let sum = 0;
    for (let step = 0; step < g.memory; step++) {
      sum = x.history(sum, history[f * g.memory + step], state[from + step]);
    }
    return sum;
  };
  return {
    run(inputs, [out]) {
      advance(g, x, inputs);
      const [, , history, bias, state] = inputs;
      for (let at = 0; at < g.batches * g.units; at++) {
        const [batch, unit] = [Math.floor(at / g.units), at % g.units];
        let sum = biasAt(bias, unit);
        for (let r = 0; r < rank; r++) sum = x.add(sum, filterSum(history, state, batch, unit * rank + r));
        out[at] = x.store(sum);
      }
    },
  };
}

function activated(activation: Activation): (value: number) => number {
  if (activation === 'TANH') return Math.tanh;
  const { low, high } = floatBounds(activation);
  return (value) => clamp(value, low, high);
}

/** The layer in single precision. */
export const prepareSvdfFloat32: Prepare<SvdfAttributes> = (attributes, inputs) => {
  const product = (sum: number, weight: number, value: number) => fround(sum + fround(weight * value));
  return svdfKernel(svdfGeometry(attributes, inputs), {
    feature: product,
    history: product,
    add: (a, b) => fround(a + b),
    keep: (sum) => sum,
    store: activated(attributes.activation),
  });
};

function scalesOf(inputs: Operands) {
  const named = (position: number, role: string) => scaleOf(operand(inputs, position, role), role);
  return {
    input: named(SVDF.input, 'input'),
    feature: named(SVDF.feature, 'feature weights'),
    history: named(SVDF.history, 'time weights'),
    state: named(SVDF.state, 'state'),
  };
}

/** The layer in integers; the fused activation is in the output's range, as the kernel has it. */
export const prepareSvdfInteger: Prepare<SvdfAttributes> = (attributes, inputs, [output]) => {
  const { input, feature, history, state } = scalesOf(inputs);
  const out = scaleOf(output, 'output');
  const kept = quantizeMultiplier(fround(fround(input.scale * feature.scale) / state.scale));
  const stored = quantizeMultiplier(fround(fround(state.scale * history.scale) / out.scale));
  const range = integerRange(operand(inputs, SVDF.state, 'state').dtype);
  const { low, high } = integerRange(output.dtype);
  return svdfKernel(svdfGeometry(attributes, inputs), {
    feature: (sum, weight, value) => (sum + weight * (value - input.zeroPoint)) | 0,
    history: (sum, weight, value) => (sum + weight * (value - state.zeroPoint)) | 0,
    add: (a, b) => (a + b) | 0,
    keep: (sum) => clamp(mbqm(sum, kept.q, kept.e) + state.zeroPoint, range.low, range.high),
    store: (sum) => clamp(mbqm(sum, stored.q, stored.e) + out.zeroPoint, low, high),
  });
};
