import { enableOperators } from '../deploy/enable-operators.ts';
import { opFor } from '../kernels/index.ts';
import type { Graph } from '../models/graph/graph.ts';
import { quantizeGraph as quantize, type Observe } from '../models/quantize/quantize.ts';

// It has operators that the float one has not.
enableOperators();

/**
 * A float32 network in int8, inputs and outputs too, by TFLite's scheme of post-training quantization. `calibrate` runs
 * the float network on its images and passes on each input and each node's float outputs. Throws a SpecError that names
 * a tensor without range, an UnsupportedOpError for an op that has no int8 form.
 */
export function quantizeGraph(graph: Graph, calibrate: (observe: Observe) => void): Graph {
  return quantize(graph, calibrate, opFor);
}
