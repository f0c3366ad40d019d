import { formatCount, formatSigned } from '../format.ts';
import { asClause } from './explain.ts';
import type { Part } from './parts.ts';

/** Why a part takes another time: the rule that changed, and in words what it did. */
export interface Cause {
  readonly rule: string;
  readonly text: string;
}

/** What is known of both sides besides their parts. */
export interface Sides {
  readonly fromBoard: string;
  readonly toBoard: string;
  /** Sentences of the second prediction, which say why weights had to move. */
  readonly warnings: readonly string[];
}

/** Every rule that changed between two parts of the same work; growth where only its amount did. */
export function causesOf(before: Part, after: Part, sides: Sides): Cause[] {
  const causes = [
    ...boardCause(sides),
    ...placementCause(before, after),
    ...dtypeCause(before, after),
    ...kernelCauses(before, after),
    ...memoryCauses(before, after, sides),
  ];
  return causes.length > 0 ? causes : workCauses(before, after);
}

function boardCause({ fromBoard, toBoard }: Sides): Cause[] {
  return fromBoard === toBoard
    ? []
    : [{ rule: 'board', text: `it runs on ${toBoard} instead of ${fromBoard}` }];
}

/** Of a layer in a kmodel it is known where it lies, not by which rule. */
const isPlacedByFile = (...parts: readonly Part[]): boolean =>
  parts.some(({ rule }) => rule.startsWith('kmodel/'));

function placementCause(before: Part, after: Part): Cause[] {
  if (before.unit === after.unit && (before.rule === after.rule || isPlacedByFile(before, after))) return [];
  const move =
    before.unit === after.unit
      ? `stays on ${after.unit} under another rule`
      : `moves from ${before.unit} to ${after.unit}`;
  return [{ rule: after.rule, text: `${move}, by the rule ${after.rule}: ${asClause(after.reason)}` }];
}

function dtypeCause({ dtype: from, unit }: Part, { dtype: to, unit: toUnit }: Part): Cause[] {
  if (from === undefined || to === undefined || from === to || unit !== toUnit) return [];
  return [{ rule: 'dtype', text: `it computes in ${to} instead of ${from}` }];
}

function kernelCauses(before: Part, after: Part): Cause[] {
  if (before.kernels === undefined || after.kernels === undefined) return [];
  if (before.kernels !== after.kernels) {
    return [
      { rule: 'kernel-library', text: `kernels of ${after.kernels} instead of those of ${before.kernels}` },
    ];
  }
  if (before.path === after.path || before.op !== after.op || before.unit !== after.unit) return [];
  const pathOf = ({ path }: Part) => (path === undefined ? 'the general path' : `the path for ${path}`);
  return [
    {
      rule: 'kernel-path',
      text: `${after.kernels} takes ${pathOf(after)} instead of ${pathOf(before)}`,
    },
  ];
}

/** Operands that lie in another memory of the same board, with the reason where the toolchain gave one. */
export function memoryCauses(before: Part, after: Part, { warnings, fromBoard, toBoard }: Sides): Cause[] {
  if (!before.memories || !after.memories || before.unit !== after.unit || fromBoard !== toBoard) return [];
  return (['weights', 'input', 'output'] as const).flatMap((operand) => {
    const [from, to] = [before.memories?.[operand], after.memories?.[operand]];
    if (from === to || from === undefined || to === undefined) return [];
    if (operand === 'weights' && after.weightBytes === 0) return [];
    const why = warnings.find((text) => text.includes(to) && text.includes('does not fit'));
    const text = `its ${operand} ${operand === 'weights' ? 'lie' : 'lies'} in ${to} instead of ${from}`;
    return [{ rule: `memory/${operand}`, text: why === undefined ? text : `${text}: ${why}` }];
  });
}

function workCauses(before: Part, after: Part): Cause[] {
  const bytesOf = ({ loadBytes, storeBytes, weightBytes }: Part) => loadBytes + storeBytes + weightBytes;
  const amounts = [
    { name: 'MACs', from: before.macs, to: after.macs },
    { name: 'bytes', from: bytesOf(before), to: bytesOf(after) },
  ].filter(({ from, to }) => from !== to);
  if (amounts.length === 0) {
    if (before.durationPs === after.durationPs) return [];
    return [
      { rule: 'neighbours', text: 'the same work, of which other steps leave more or less in the caches' },
    ];
  }
  const grown = amounts.map(({ name, from, to }) => {
    const share = from > 0 ? ` (${formatSigned((100 * (to - from)) / from, 1)} %)` : '';
    return `${formatCount(to)} ${name} instead of ${formatCount(from)}${share}`;
  });
  return [{ rule: 'growth', text: grown.join(', ') }];
}
