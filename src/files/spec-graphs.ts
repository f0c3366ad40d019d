import { enableOperators } from '../deploy/enable-operators.ts';
import { hardSwish, leakyRelu, relu, relu6 } from '../kernels/elementwise/activations.ts';
import { add, mul } from '../kernels/elementwise/binary.ts';
import { logistic, tanh } from '../kernels/elementwise/sigmoidal.ts';
import { concatenation } from '../kernels/moves/concatenation.ts';
import { mean } from '../kernels/reduce/reduce.ts';
import { registerOps } from '../kernels/registry.ts';
import { softmax } from '../kernels/softmax/index.ts';
import { depthwiseConv2d } from '../kernels/windows/depthwise-conv-2d/index.ts';
import { averagePool2d, maxPool2d } from '../kernels/windows/pool.ts';
import type { Graph } from '../models/graph/graph.ts';
import * as builder from '../models/specs/builder.ts';
import * as specs from '../models/specs/spec.ts';

/** Operators that layers become, beside those of the published CNN. */
const LAYER_OPS = [
  ...[depthwiseConv2d, relu, relu6, leakyRelu, hardSwish, logistic, tanh],
  ...[add, mul, concatenation, mean, softmax, maxPool2d, averagePool2d],
];

registerOps(LAYER_OPS);
enableOperators();

/** `buildGraph` of `models/specs` with the operators of its layers loaded. */
export const buildGraph: typeof builder.buildGraph = (spec, fallbackName, onLayer): Graph => {
  return builder.buildGraph(spec, fallbackName, onLayer);
};

/** `modelFromSpec` of `models/specs` with the operators of its layers loaded. */
export const modelFromSpec: typeof specs.modelFromSpec = (spec): Graph | undefined => {
  return specs.modelFromSpec(spec);
};

/** `modelFromJson` of `models/specs` with the operators of its layers loaded. */
export const modelFromJson: typeof specs.modelFromJson = (json): Graph => {
  return specs.modelFromJson(json);
};
