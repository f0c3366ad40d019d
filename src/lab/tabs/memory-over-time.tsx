import { formatCount, type BoardAnswer } from 'inferscope/experiments';
import { fittingText } from '../scale/fitting-text.ts';
import { useDrawing } from '../scale/use-drawing.ts';
import { answer } from '../state/lab-store.ts';
import { Table } from './table.tsx';

type Block = NonNullable<BoardAnswer['memory']>['blocks'][number];
const HEIGHT = 150;

function Picture({
  blocks,
  steps,
  title,
}: {
  readonly blocks: readonly Block[];
  readonly steps: number;
  readonly title: string;
}) {
  const { ref, width, svg } = useDrawing<HTMLDivElement>();
  const first = Math.min(...blocks.map(({ offset }) => offset));
  const last = Math.max(...blocks.map(({ offset, plannedBytes }) => offset + plannedBytes));
  const xOf = (step: number) => (step / Math.max(1, steps)) * width;
  const yOf = (byte: number) => HEIGHT - ((byte - first) / Math.max(1, last - first)) * HEIGHT;
  return (
    <div ref={ref}>
      <svg {...svg(HEIGHT)} role="img" aria-label={`${title}; the table below has the numbers`}>
        <rect class="track" width={width} height={HEIGHT} />
        {blocks.map(({ name, firstStep, lastStep, offset, plannedBytes }, at) => {
          const [x, top, bottom] = [xOf(Math.max(0, firstStep)), yOf(offset + plannedBytes), yOf(offset)];
          const wide = xOf(lastStep + 1) - x;
          return (
            <g key={at}>
              <rect
                class="span unit-memory"
                {...{ x, y: top, width: Math.max(1, wide), height: Math.max(1, bottom - top) }}
              >
                <title>{`${name}, ${formatCount(plannedBytes)} bytes`}</title>
              </rect>
              {wide >= 46 && bottom - top >= 16 && (
                <text class="span-name" x={x + 4} y={top + 13}>
                  {fittingText(`${name}, ${formatCount(plannedBytes)} bytes`, wide - 6)}
                </text>
              )}
            </g>
          );
        })}
      </svg>
    </div>
  );
}

function Memory({ board, memory }: { readonly board: BoardAnswer; readonly memory: string }) {
  const { blocks, steps } = board.memory!;
  const own = blocks.filter((block) => block.memory === memory && block.lastStep >= 0);
  if (own.length === 0) return null;
  const first = Math.min(...own.map(({ offset }) => offset));
  const spanned = Math.max(...own.map(({ offset, plannedBytes }) => offset + plannedBytes)) - first;
  const title = `${memory} of ${board.name}: ${formatCount(spanned)} bytes over ${steps.length} steps`;
  return (
    <>
      <h3>{title}</h3>
      <Picture blocks={own} steps={steps.length} title={title} />
      <details class="as-table">
        <summary>The same as a table</summary>
        <Table
          name={title}
          columns={['what', 'kind', 'bytes', 'from byte', 'from step', 'to step']}
          rows={own.map((block) => [
            ...[block.name, block.kind, formatCount(block.plannedBytes), formatCount(block.offset)],
            steps[block.firstStep] ?? 'before',
            steps[block.lastStep] ?? '',
          ])}
        />
      </details>
    </>
  );
}

/** Which bytes hold what at which step, a picture for each memory. */
export function MemoryOverTime() {
  return (
    <>
      <p class="key">
        Across: steps of the call. Upwards: bytes. A box is a tensor or a kernel's scratch, as long as it
        lives.
      </p>
      {answer.value?.boards.map((board) =>
        board.memory ? (
          [...new Set(board.memory.blocks.map(({ memory }) => memory))].map((memory) => (
            <Memory key={`${board.board} ${memory}`} board={board} memory={memory} />
          ))
        ) : (
          <p key={board.board} class="refusal">
            {board.name}: {board.refusal ?? 'no converter plans memory for this network'}
          </p>
        ),
      )}
    </>
  );
}
