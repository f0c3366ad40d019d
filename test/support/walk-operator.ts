/** Prints as JSON what the project knows of a unary operator; run inside a copy of the sources to which it was added. */
import { boardById } from '../../src/boards/index.ts';
import { quantizeGraph } from '../../src/files/int8-graph.ts';
import { readTflite, writeTflite } from '../../src/files/tflite.ts';
import { createExecutor } from '../../src/kernels/execute/executor.ts';
import { graphWork, inferGraph } from '../../src/kernels/execute/graph-work.ts';
import { predict } from '../../src/simulate/predict.ts';
import { opSupport } from '../../scripts/op-support.ts';
import { oneOp } from './one-op.ts';

const type = process.argv[2]!;
const tensor = { shape: [1, 3], dtype: 'float32' } as const;
const VALUES = Float32Array.of(-2, 0, 5);

const bytes = writeTflite(oneOp(type as 'ABS', {}, [tensor], tensor));
const graph = readTflite(bytes, 'walked.tflite');
const run = (values: Float32Array | Int8Array, given = graph): number[] =>
  Array.from(createExecutor(given).run([values])[0] as Float32Array, Number);
const int8 = quantizeGraph(graph, (observe) => {
  observe(0, VALUES);
  observe(1, run(VALUES));
});
const ops = (board: string, kernels?: string): unknown => {
  try {
    return predict(graph, boardById(board), { ...(kernels && { kernels }) }).steps.map(({ op }) => op);
  } catch (error) {
    return (error as Error).message;
  }
};

console.log(
  JSON.stringify({
    nodes: graph.nodes,
    runtime: new TextDecoder().decode(bytes).match(/\d+\.\d+\.\d+/)?.[0],
    shapes: inferGraph(graph).map(({ shape }) => shape),
    elements: graphWork(graph).nodes.map(({ work }) => work.elements),
    floats: run(VALUES),
    int8: int8.tensors.map(({ dtype }) => dtype),
    reference: ops('openmv-h7-plus', 'tflm-reference'),
    firmware: ops('openmv-h7-plus'),
    converter: ops('maixduino'),
    support: opSupport()
      .split('\n')
      .find((line) => line.includes(type)),
  }),
);
