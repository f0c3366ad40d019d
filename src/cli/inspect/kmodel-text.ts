import { formatCount, formatShape } from '../../report/format.ts';
import { formatKpuLines } from '../../report/kpu-lines.ts';
import type { MemoryFigure } from '../../report/memory/memory-figure.ts';
import { formatTable } from '../../report/table.ts';
import type { InspectedLayer, KmodelInspection } from './kmodel-inspection.ts';

const COLUMNS = [
  { title: '#', align: 'right' },
  { title: 'layer' },
  { title: 'in' },
  { title: 'out' },
  { title: 'MACs', align: 'right' },
  { title: 'body bytes', align: 'right' },
  { title: 'main', align: 'right' },
  { title: 'line', align: 'right' },
] as const;

function rowOf({
  index,
  op,
  shapeIn,
  shapeOut,
  macs,
  bodyBytes,
  mainAddress,
  line,
}: InspectedLayer): string[] {
  return [
    ...[
      `${index}`,
      op,
      formatShape(shapeIn),
      formatShape(shapeOut),
      formatCount(macs),
      formatCount(bodyBytes),
    ],
    ...[
      mainAddress === undefined ? '' : formatCount(mainAddress),
      line === undefined ? '' : formatCount(line),
    ],
  ];
}

function formatRegisters({ index, op, registers }: InspectedLayer): string[] {
  if (!registers) return [];
  const words = Object.entries(registers).map(([word, fields]) => {
    const values = Object.entries(fields as Readonly<Record<string, number>>);
    return `    ${word.padEnd(21)} ${values.map(([field, value]) => `${field}=${value}`).join(' ')}`;
  });
  return [`  layer ${index} (${op})\n${words.join('\n')}`];
}

/** Layers with their memory, registers where they were asked for, and KPU lines over the steps. */
export function formatKmodelInspection(inspection: KmodelInspection): string {
  const { name, format, fileBytes, ops, inputs, outputs, totals, mainMemoryBytes, kpuBytes } = inspection;
  const tensors = (list: typeof inputs) =>
    list.map(({ name: tensor, shape, dtype }) => `${tensor} ${formatShape(shape)} ${dtype}`).join('; ');
  const picture = formatKpuLines(inspection.kpuMaps, inspection.steps.length);
  const kpu = kpuBytes > 0 ? `, ${formatCount(kpuBytes)} bytes of KPU memory at most` : '';
  return [
    `${name} (${format}, ${formatCount(fileBytes)} bytes)\n  inputs   ${tensors(inputs)}\n  outputs  ${tensors(outputs)}`,
    formatTable(COLUMNS, ops.map(rowOf)),
    ...ops.flatMap(formatRegisters),
    `  total    ${formatCount(totals.macs)} MACs, ${formatCount(totals.parameters)} parameters, ` +
      `${formatCount(mainMemoryBytes)} bytes of main memory${kpu}`,
    ...(picture === '' ? [] : [picture]),
  ].join('\n\n');
}

/** The maps in KPU memory as `drawMemoryFigure` takes them. */
export function kpuFigure({ name, steps, kpuMaps }: KmodelInspection): MemoryFigure {
  const plannedBytes = Math.max(0, ...kpuMaps.map((block) => block.offset + block.plannedBytes));
  return {
    title: `KPU memory over the layers: ${name.split('/').at(-1)}`,
    key: 'a box is a feature map: the layers it lives for across, its bytes upwards; 64 bytes are a line',
    steps,
    rows: [{ title: 'KPU memory', blocks: kpuMaps, plannedBytes }],
  };
}
