import { graphWork } from '../../kernels/execute/graph-work.ts';
import type { Graph, Tensor } from '../../models/graph/graph.ts';
import { formatCount, formatShape } from '../../report/format.ts';
import { formatRows } from '../../report/long-table.ts';

interface InspectedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
}

/** An operator of a model, or a layer of a kmodel. */
export interface InspectedOp {
  readonly index: number;
  readonly op: string;
  readonly shapeIn: readonly number[];
  readonly shapeOut: readonly number[];
  readonly macs: number;
  readonly parameters: number;
}

/** What `inspect --json` prints. */
export interface Inspection {
  readonly name: string;
  readonly format: string;
  readonly fileBytes: number;
  readonly inputs: readonly InspectedTensor[];
  readonly outputs: readonly InspectedTensor[];
  readonly ops: readonly InspectedOp[];
  readonly totals: { readonly macs: number; readonly parameters: number; readonly bytes: number };
}

function describeTensor({ name, shape, dtype }: Tensor): InspectedTensor {
  return { name, shape, dtype };
}

function shapeOf(graph: Graph, index: number | undefined): readonly number[] {
  return index === undefined || index < 0 ? [] : graph.tensors[index].shape;
}

/** Operators with their shapes and counts. Throws an UnsupportedOpError naming an op that the project cannot count. */
export function inspectModel(graph: Graph): Inspection {
  const { nodes, totals } = graphWork(graph);
  const ops = nodes.map(({ node, index, work, parameters }) => ({
    index,
    op: node.op,
    shapeIn: shapeOf(graph, node.inputs[0]),
    shapeOut: shapeOf(graph, node.outputs[0]),
    macs: work.macs,
    parameters,
  }));
  const describeAll = (indices: readonly number[]) => indices.map((at) => describeTensor(graph.tensors[at]));
  return {
    name: graph.name,
    format: graph.format,
    fileBytes: graph.fileBytes,
    inputs: describeAll(graph.inputs),
    outputs: describeAll(graph.outputs),
    ops,
    totals,
  };
}

const COLUMNS = [
  { title: '#', align: 'right' },
  { title: 'op' },
  { title: 'in' },
  { title: 'out' },
  { title: 'MACs', align: 'right' },
  { title: 'parameters', align: 'right' },
] as const;

/** Inputs or outputs that a line names. */
const MOST_ENDS = 20;

function formatTensors(label: string, tensors: readonly InspectedTensor[]): string {
  const texts = tensors
    .slice(0, MOST_ENDS)
    .map(({ name, shape, dtype }) => `${name} ${formatShape(shape)} ${dtype}`);
  if (tensors.length > MOST_ENDS) texts.push(`... ${formatCount(tensors.length - MOST_ENDS)} more; --json`);
  return `  ${label.padEnd(8)} ${texts.join('; ')}`;
}

function opRow({ index, op, shapeIn, shapeOut, macs, parameters }: InspectedOp): string[] {
  const shapes = [formatShape(shapeIn), formatShape(shapeOut)];
  return [`${index}`, op, ...shapes, formatCount(macs), formatCount(parameters)];
}

/** Ends, operators and totals; of the operators at most `rows`. */
export function formatInspection(inspection: Inspection, rows = Infinity): string {
  const { name, format, fileBytes, inputs, outputs, ops, totals } = inspection;
  const counts = `${formatCount(totals.macs)} MACs, ${formatCount(totals.parameters)} parameters`;
  return [
    `${name} (${format}, ${formatCount(fileBytes)} bytes)`,
    formatTensors('inputs', inputs),
    formatTensors('outputs', outputs),
    '',
    formatRows(COLUMNS, ops, opRow, rows),
    '',
    `  total    ${counts} in ${formatCount(totals.bytes)} bytes`,
  ].join('\n');
}
