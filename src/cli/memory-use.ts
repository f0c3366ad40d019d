import type { Board } from '../boards/board/board.ts';
import { deploy } from '../deploy/index.ts';
import type { DeployOptions } from '../deploy/options.ts';
import type { MemoryBlock, MemoryTimeline } from '../deploy/program.ts';
import { planTimeline } from '../deploy/memory-timeline.ts';
import type { Model } from '../models/formats/model.ts';
import { formatCount, wrapText } from '../report/format.ts';
import type { MemoryFigure } from '../report/memory/memory-figure.ts';
import { formatLifetimes } from '../report/memory/memory-text.ts';
import { formatRefusals } from '../report/refusals-text.ts';
import { formatTable } from '../report/table.ts';
import { fitMemory } from '../simulate/memory-fit.ts';
import type { Prediction } from '../simulate/prediction.ts';
import type { BoardAnswers } from './boards/ask-boards.ts';

interface MemoryShare {
  readonly memory: string;
  readonly usedBytes: number;
  readonly availableBytes: number;
  readonly fits: boolean;
}

/** What one board says of its memories. */
export interface MemoryUse {
  readonly model: string;
  readonly board: string;
  readonly toolchain: string;
  /** Bytes of the toolchain's plan for the activations in main memory. */
  readonly arenaBytes: number;
  readonly flashBytes: number;
  readonly tensors: readonly MemoryBlock[];
  /** Names of the steps that `firstStep` and `lastStep` count. */
  readonly steps: readonly string[];
  readonly parts: Prediction['memory']['parts'];
  readonly fits: readonly MemoryShare[];
  /** Sentences on what the plan leaves out, and on what the toolchain warns of. */
  readonly notes: readonly string[];
}

function shareMemories(parts: MemoryUse['parts']): MemoryShare[] {
  const names = [...new Set(parts.map(({ memory }) => memory))];
  return names.map((memory) => {
    const own = parts.filter((part) => part.memory === memory);
    const usedBytes = own.reduce((sum, part) => sum + part.bytes, 0);
    const { availableBytes } = own[0];
    return { memory, usedBytes, availableBytes, fits: usedBytes <= availableBytes };
  });
}

/** Use of each memory, and the place of every tensor at every step. Throws what `deploy` throws. */
export function memoryUse(source: Model, board: Board, options: DeployOptions): MemoryUse {
  const { memory, toolchain, model, warnings } = deploy(source, board, options);
  const { blocks, steps, arenaBytes, notes }: MemoryTimeline = planTimeline(source, board, options);
  const { flashBytes, parts } = fitMemory(memory, board);
  return {
    model,
    board: board.id,
    toolchain,
    arenaBytes,
    flashBytes,
    tensors: blocks,
    steps,
    parts,
    fits: shareMemories(parts),
    notes: [...notes, ...warnings],
  };
}

/** What `memory --json` prints: the use on one board, or a list where several were asked. */
export function memoryDocument({ answers, refused }: BoardAnswers<MemoryUse>, asked: number): object {
  return asked === 1 ? answers[0] : { boards: answers, refused };
}

const memoriesOf = ({ tensors }: MemoryUse) => [...new Set(tensors.map(({ memory }) => memory))];

const endOf = (blocks: readonly MemoryBlock[]) =>
  Math.max(0, ...blocks.map(({ offset, plannedBytes }) => offset + plannedBytes));

/** The plan as `drawMemoryFigure` takes it, one row a memory. */
export function memoryFigure(use: MemoryUse): MemoryFigure {
  const rows = memoriesOf(use).map((memory) => {
    const blocks = use.tensors.filter((block) => block.memory === memory && block.lastStep >= 0);
    return { title: memory, blocks, plannedBytes: endOf(blocks) };
  });
  return {
    title: `Memory over the steps: ${use.model.split('/').at(-1)} on ${use.board}`,
    key: 'a box is a tensor: the steps it lives for across, its bytes upwards; grey boxes are scratch of kernels',
    steps: use.steps,
    rows,
  };
}

const COLUMNS = [
  { title: 'memory' },
  { title: 'part' },
  { title: 'bytes', align: 'right' },
  { title: 'available', align: 'right' },
  { title: 'fits' },
] as const;

function formatParts({ parts, fits }: MemoryUse): string {
  const rows = fits.flatMap(({ memory, usedBytes, availableBytes, fits: isEnough }) => [
    ...parts
      .filter((part) => part.memory === memory)
      .map((part) => [memory, part.name, formatCount(part.bytes), '', '']),
    [memory, 'total', formatCount(usedBytes), formatCount(availableBytes), isEnough ? 'yes' : 'NO'],
  ]);
  return formatTable(COLUMNS, rows);
}

/** Bytes by part and memory, then a bar for each tensor. */
function formatMemoryUse(use: MemoryUse, all: boolean): string {
  const { model, board, arenaBytes, tensors, steps, notes } = use;
  const bars = memoriesOf(use).map((memory) => {
    const blocks = tensors.filter((block) => block.memory === memory);
    const title = `${memory}: planned up to byte ${formatCount(endOf(blocks))} (# tensor, + scratch of a kernel)`;
    return formatLifetimes(title, blocks, { steps: steps.length, all });
  });
  const head = `${model} on ${board}: arena ${formatCount(arenaBytes)} bytes`;
  const remarks = notes.map((note) => wrapText(note, ' '.repeat(12), '  note      '));
  return [head, formatParts(use), ...bars, ...(remarks.length > 0 ? [remarks.join('\n')] : [])].join('\n\n');
}

/** What each board says, then a row for each that refuses. */
export function formatMemoryUses({ answers, refused }: BoardAnswers<MemoryUse>, all: boolean): string {
  return [...answers.map((use) => formatMemoryUse(use, all)), ...formatRefusals(refused)].join('\n\n');
}
