import type { MemoryBlock } from '../deploy/program.ts';

const LINE_BYTES = 64;
const MOST_ROWS = 48;
const SIGNS = '0123456789abcdefghijklmnopqrstuvwxyz';
const INPUT_SIGN = '*';
const FREE_SIGN = '.';
const STEPS_PER_TICK = 5;

/** A stretch of lines, `to` exclusive. */
interface Row {
  readonly from: number;
  readonly to: number;
  readonly blocks: readonly MemoryBlock[];
}

const firstLine = ({ offset }: MemoryBlock): number => offset / LINE_BYTES;
const endLine = ({ offset, plannedBytes }: MemoryBlock): number => (offset + plannedBytes) / LINE_BYTES;

/** A row from each line where a map starts or ends to the next, as few as fit; stretches that nothing uses are left out. */
function rowsOf(blocks: readonly MemoryBlock[]): Row[] {
  const all = [...new Set(blocks.flatMap((block) => [firstLine(block), endLine(block)]))].sort(
    (a, b) => a - b,
  );
  const every = Math.ceil(all.length / MOST_ROWS);
  const edges = all.filter((_, index) => index % every === 0 || index === all.length - 1);
  return edges
    .slice(0, -1)
    .map((from, index) => {
      const to = edges[index + 1];
      return { from, to, blocks: blocks.filter((block) => firstLine(block) < to && endLine(block) > from) };
    })
    .filter((row) => row.blocks.length > 0);
}

/** The sign of a step's result: `*` the input, then 0 to 9 and a to z over and over. */
function signOf(step: number): string {
  return step === 0 ? INPUT_SIGN : SIGNS[(step - 1) % SIGNS.length];
}

function rowText({ from, to, blocks }: Row, steps: number): string {
  const signs = Array.from({ length: steps }, (_, step) => {
    const holder = blocks.findLast(({ firstStep, lastStep }) => firstStep <= step && step <= lastStep);
    return holder ? signOf(holder.firstStep) : FREE_SIGN;
  });
  return `  ${`${from}`.padStart(5)} to ${`${to - 1}`.padStart(5)}  ${signs.join('')}`;
}

function tickText(steps: number): string {
  const ticks = Array.from({ length: Math.ceil(steps / STEPS_PER_TICK) }, (_, tick) =>
    `${tick * STEPS_PER_TICK}`.padEnd(STEPS_PER_TICK),
  );
  return `${' '.repeat(18)}${ticks.join('').trimEnd()}`;
}

/**
 * The KPU's memory over the steps of a model, step 0 the input and step i layer i - 1: a column a step, a row a stretch
 * of lines, each with the sign of the layer that wrote what lies there. Empty where nothing does.
 */
export function formatKpuLines(blocks: readonly MemoryBlock[], steps: number): string {
  if (blocks.length === 0) return '';
  const title = `  KPU lines over the steps: ${INPUT_SIGN} the input, 0-9a-z the layer that wrote them, ${FREE_SIGN} free`;
  const rows = rowsOf(blocks).map((row) => rowText(row, steps));
  return [title, '', ...rows, tickText(steps)].join('\n');
}
