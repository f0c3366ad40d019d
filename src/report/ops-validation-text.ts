import type { OpsDifference, OpsJudgement } from '../calibrate/ops/judge-ops.ts';
import { formatTable } from './table.ts';

/** Reasons that differ in indices and sizes only are one group. */
const kindOf = (why: string): string =>
  why
    .replace(/^(no outputs|no latency): [^:]*\.tflite: /, '$1: ')
    .replace(/"[^"]*"/g, '"..."')
    .replace(/-?\d+(\.\d+)?(e-?\d+)?/g, 'N');

interface Group {
  readonly what: OpsDifference['what'];
  readonly kind: string;
  readonly members: OpsDifference[];
}

function groupsOf(differences: readonly OpsDifference[]): Group[] {
  const groups = new Map<string, Group>();
  for (const one of differences) {
    const kind = kindOf(one.why);
    const key = `${one.what} ${kind}`;
    const group = groups.get(key) ?? { what: one.what, kind, members: [] };
    group.members.push(one);
    groups.set(key, group);
  }
  return [...groups.values()].sort((a, b) => b.members.length - a.members.length);
}

function formatGroup({ what, members }: Group): string {
  const [{ why }] = members;
  const names = members.map(({ file }) => file.replace(/\.tflite$/, '')).join(' ');
  return `  ${what}, ${members.length} ${members.length === 1 ? 'file' : 'files'}: ${why}\n      ${names}`;
}

function formatGates({ gates }: OpsJudgement): string {
  const columns = [
    { title: 'bar' },
    { title: 'files', align: 'right' },
    { title: 'figure', align: 'right' },
    { title: 'limit', align: 'right' },
    { title: '' },
  ] as const;
  const rows = gates.map(({ name, equal, of, figure, bar, holds }) => [
    name,
    `${equal} of ${of}`,
    figure.toFixed(2),
    `${bar}`,
    holds ? 'holds' : 'MISSED',
  ]);
  return formatTable(columns, rows);
}

/** Every file that differs from what TensorFlow Lite Micro did, grouped by the reason; then the bars. */
export function formatOpsValidation(files: number, judgement: OpsJudgement): string {
  const groups = groupsOf(judgement.differences);
  return [
    `${files === 1 ? '1 file' : `${files} files`} against what TensorFlow Lite Micro does with them`,
    ...(groups.length === 0 ? [] : [groups.map(formatGroup).join('\n')]),
    formatGates(judgement),
  ].join('\n\n');
}
