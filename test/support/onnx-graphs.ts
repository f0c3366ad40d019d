import { readOnnx } from '../../src/files/onnx/read-onnx.ts';
import { createExecutor } from '../../src/kernels/execute/executor.ts';
import type { Graph } from '../../src/models/graph/graph.ts';
import { onnxFile, type OnnxConstant, type OnnxFile } from './onnx-file.ts';

export const read = (file: OnnxFile) => readOnnx(onnxFile(file), 'net.onnx');
export const opsOf = ({ nodes }: Graph) => nodes.map(({ op }) => op);
export const outputShape = ({ tensors, outputs }: Graph) => tensors[outputs[0]!]!.shape;
export const run = (graph: Graph, ...values: number[]) => [
  ...createExecutor(graph).run([Float32Array.from(values)])[0]!,
];
export const whole = (name: string, ...values: number[]): OnnxConstant => ({
  ...{ name, dims: [values.length], values, dataType: 7 },
});
export const number = (name: string, value: number): OnnxConstant => ({
  name,
  dims: [],
  values: [value],
  dataType: 7,
});
