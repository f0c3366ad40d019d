import type { MemoryBlock } from '../../deploy/program.ts';
import { formatCount } from '../format.ts';
import { formatTable } from '../table.ts';

const COLUMNS = [
  { title: 'bytes', align: 'right' },
  { title: 'at', align: 'right' },
  { title: 'lives over the steps' },
  { title: 'tensor' },
] as const;

const MOST_STEPS = 60;
const MOST_LINES = 40;
const MOST_NAME = 40;

/** A bar with a sign for each step, or for several where there are too many: "..####..". */
function lifetimeBar({ firstStep, lastStep, kind }: MemoryBlock, steps: number): string {
  const perSign = Math.ceil(steps / MOST_STEPS);
  const mark = kind === 'scratch' ? '+' : '#';
  return Array.from({ length: Math.ceil(steps / perSign) }, (_, sign) => {
    const isAlive = firstStep < (sign + 1) * perSign && lastStep >= sign * perSign;
    return isAlive ? mark : '.';
  }).join('');
}

/** A tensor's name as people know it: of names that a converter joined with semicolons, the last. */
export function shortName(name: string): string {
  return name.split(';').at(-1)!;
}

function shorten(name: string): string {
  const text = shortName(name);
  return text.length > MOST_NAME ? `…${text.slice(1 - MOST_NAME)}` : text;
}

/** What is shown of the blocks of one memory. */
export interface LifetimesView {
  readonly steps: number;
  readonly all: boolean;
}

/** Blocks of one memory as a table with bars: # a tensor, + scratch of a kernel. */
export function formatLifetimes(title: string, blocks: readonly MemoryBlock[], view: LifetimesView): string {
  const { steps, all } = view;
  const rows = blocks
    .slice(0, all ? blocks.length : MOST_LINES)
    .map((block) => [
      formatCount(block.bytes),
      formatCount(block.offset),
      lifetimeBar(block, steps),
      shorten(block.name),
    ]);
  const left = blocks.length - rows.length;
  const rest = left > 0 ? [`  ... ${formatCount(left)} more; --all, --json list them, --svg draws them`] : [];
  return [title, '', formatTable(COLUMNS, rows), ...rest].join('\n');
}
