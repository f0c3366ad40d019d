import { formatNumber, formatShortMs, type Answer } from 'inferscope/experiments';
import { axisTicks, tickText } from '../scale/axis-ticks.ts';
import { acceleratorWindow, eventInstants, wholeWindow } from '../scale/time-window.ts';
import { useDrawing, type Drawing } from '../scale/use-drawing.ts';
import { answer, cursorMs, isZoomed, reference } from '../state/lab-store.ts';
import { momentText } from './moment.ts';
import { BoardLanes, heightOf, LANE, xOf, type Placing } from './when-lanes.tsx';

const AXIS = 26;

/** Puts the cursor of time on the next event of any unit, or on the one before. */
export function stepCursor(by: 1 | -1): void {
  if (!answer.value) return;
  const instants = eventInstants(answer.value);
  const now = cursorMs.value ?? (by > 0 ? -1 : Infinity);
  const next = by > 0 ? instants.find((ms) => ms > now + 1e-12) : instants.findLast((ms) => ms < now - 1e-12);
  if (next !== undefined) cursorMs.value = next;
}

function Axis({ y, placing }: { readonly y: number; readonly placing: Placing }) {
  const { fromMs, toMs } = placing.window;
  const lengthMs = toMs - fromMs;
  const ticks = axisTicks(lengthMs, Math.max(2, Math.floor((placing.width - LANE.label) / 90)));
  return (
    <g class="axis">
      {ticks.map((tick) => {
        const x = xOf(fromMs + tick, placing);
        const isLast = x > placing.width - 40;
        return (
          <g key={tick}>
            <line x1={x} x2={x} y1={4} y2={y + 4} />
            <text x={isLast ? placing.width - 2 : x} y={y + 18} text-anchor={isLast ? 'end' : 'middle'}>
              {fromMs > 0 ? `+${tickText(tick, lengthMs)}` : tickText(tick, lengthMs)}
            </text>
          </g>
        );
      })}
    </g>
  );
}

function Picture(props: {
  readonly shown: Answer;
  readonly placing: Placing;
  readonly svg: Drawing<HTMLDivElement>['svg'];
}) {
  const { shown, placing, svg } = props;
  const tops = shown.boards.map((_, at) =>
    shown.boards.slice(0, at).reduce((sum, board) => sum + heightOf(board), 0),
  );
  const height = shown.boards.reduce((sum, board) => sum + heightOf(board), 0);
  const cursor = cursorMs.value;
  const x = cursor === undefined ? -1 : xOf(cursor, placing);
  return (
    <svg {...svg(height + AXIS)} aria-hidden="true">
      <Axis y={height} placing={placing} />
      {shown.boards.map((board, at) => (
        <BoardLanes
          key={board.board}
          {...{ board, placing, y: tops[at]! }}
          ghostMs={
            reference.value?.boards.find((other) => other.board === board.board)?.prediction?.latencyMs.value
          }
        />
      ))}
      {x >= LANE.label && x <= placing.width && <line class="cursor" x1={x} x2={x} y1={0} y2={height + 4} />}
    </svg>
  );
}

function StepTable({ shown }: { readonly shown: Answer }) {
  return (
    <details class="as-table">
      <summary>The same as a table</summary>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              {['board', 'unit', 'work', 'from', 'for'].map((title) => (
                <th key={title} scope="col">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.boards.flatMap(({ board, lanes }) =>
              lanes.flatMap(({ unit, spans }) =>
                spans.map(({ name, startMs, durationMs }) => (
                  <tr key={`${board} ${unit} ${startMs}`}>
                    <td>{board}</td>
                    <td>{unit}</td>
                    <td>{name}</td>
                    <td>{formatNumber(startMs)} ms</td>
                    <td>{formatShortMs(durationMs)}</td>
                  </tr>
                )),
              ),
            )}
          </tbody>
        </table>
      </div>
    </details>
  );
}

/** Who works at which moment: pins and units of the boards over one axis of time, with one cursor. */
export function When() {
  const { ref, width, svg, xOf: pointerX } = useDrawing<HTMLDivElement>();
  const shown = answer.value;
  if (!shown) return null;
  const lens = acceleratorWindow(shown);
  const placing = { window: (isZoomed.value && lens) || wholeWindow(shown), width };
  const scrub = (event: PointerEvent) => {
    if (event.type === 'pointermove' && event.buttons === 0 && event.pointerType !== 'mouse') return;
    const share = (pointerX(event) - LANE.label) / (width - LANE.label - 4);
    const { fromMs, toMs } = placing.window;
    if (share >= 0) cursorMs.value = Math.min(toMs, fromMs + share * (toMs - fromMs));
  };
  return (
    <section class="card when" aria-labelledby="when-title">
      <header>
        <h2 id="when-title">When: who works at which moment</h2>
        {lens && (
          <button
            type="button"
            aria-pressed={isZoomed.value}
            onClick={() => (isZoomed.value = !isZoomed.value)}
          >
            zoom to the accelerator
          </button>
        )}
      </header>
      <div
        {...{ ref, class: 'scrubber', role: 'slider', tabIndex: 0 }}
        aria-label="Cursor of time"
        aria-valuemin={0}
        aria-valuemax={wholeWindow(shown).toMs}
        aria-valuenow={cursorMs.value ?? 0}
        aria-valuetext={momentText(shown, cursorMs.value)}
        onPointerMove={scrub}
        onPointerDown={scrub}
        onKeyDown={(event) => {
          const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key] as 1 | -1 | undefined;
          if (!by) return;
          stepCursor(by);
          event.preventDefault();
        }}
      >
        <Picture shown={shown} placing={placing} svg={svg} />
      </div>
      <p class="moment">
        {cursorMs.value === undefined
          ? 'Point at the picture or tap it, or press the arrows: here stands what happens at that moment.'
          : momentText(shown, cursorMs.value)}
      </p>
      <p class="key">
        <span class="swatch unit-core" /> core <span class="swatch unit-kpu" /> KPU accelerator{' '}
        <span class="swatch unit-dma" /> DMA copies
      </p>
      <StepTable shown={shown} />
    </section>
  );
}
