import type { BoardAnswer, Lane } from 'inferscope/experiments';
import type { TimeWindow } from '../scale/time-window.ts';
import { fittingText } from '../scale/fitting-text.ts';
import { selection } from '../state/lab-store.ts';

/** Heights in CSS pixels. */
export const LANE = { head: 24, row: 24, gap: 6, label: 98 };
/** A label stands inside of a block from this width on. */
const LABEL_FROM = 46;

/** What a drawing needs to know to place an instant. */
export interface Placing {
  readonly window: TimeWindow;
  readonly width: number;
}

/** Where an instant lies, in CSS pixels from the left. */
export function xOf(ms: number, { window, width }: Placing): number {
  const share = (ms - window.fromMs) / (window.toMs - window.fromMs);
  return LANE.label + share * (width - LANE.label - 4);
}

/** Rows of a board: its pin and its lanes. */
export const rowsOf = ({ lanes }: BoardAnswer): number => 1 + lanes.length;

/** Height of a board's rows with its name. */
export const heightOf = (board: BoardAnswer): number => LANE.head + rowsOf(board) * LANE.row + LANE.gap;

function Pin({
  endMs,
  y,
  placing,
}: {
  readonly endMs: number;
  readonly y: number;
  readonly placing: Placing;
}) {
  const [low, high, right] = [y + 17, y + 4, placing.width - 4];
  const clamp = (ms: number) => Math.min(right, Math.max(LANE.label, xOf(ms, placing)));
  const [up, down] = [clamp(0), clamp(endMs)];
  return (
    <>
      <text class="lane-name" x={0} y={y + 15}>
        pin
      </text>
      <path class="pin" d={`M${LANE.label} ${low}H${up}V${high}H${down}V${low}H${right}`} />
    </>
  );
}

function stepAt(board: BoardAnswer, startMs: number, durationMs: number): number {
  const middle = startMs + durationMs / 2;
  const steps = board.prediction?.steps ?? [];
  return steps.findIndex((step) => middle >= step.startMs && middle <= step.startMs + step.durationMs);
}

function Spans(props: {
  readonly board: BoardAnswer;
  readonly lane: Lane;
  readonly y: number;
  readonly placing: Placing;
}) {
  const { board, lane, y, placing } = props;
  const right = placing.width - 4;
  return (
    <>
      <rect class="track" x={LANE.label} y={y + 2} width={right - LANE.label} height={LANE.row - 4} />
      <text class="lane-name" x={0} y={y + 16}>
        {lane.unit.length > 15 ? `${lane.unit.slice(0, 14)}\u2026` : lane.unit}
        <title>{lane.unit}</title>
      </text>
      {lane.spans.map(({ name, startMs, durationMs }, at) => {
        const x = Math.max(LANE.label, xOf(startMs, placing));
        const end = Math.min(right, xOf(startMs + durationMs, placing));
        if (end < LANE.label || x > right) return null;
        const step = stepAt(board, startMs, durationMs);
        const isChosen = selection.value?.board === board.board && selection.value.step === step;
        const width = Math.max(1, end - x);
        return (
          <g key={at} onClick={() => (selection.value = { board: board.board, step })}>
            <rect
              class={`span unit-${lane.kind}${isChosen ? ' chosen' : ''}`}
              {...{ x, y: y + 2, width, height: LANE.row - 4 }}
            >
              <title>{name}</title>
            </rect>
            {width >= LABEL_FROM && (
              <text class="span-name" x={x + 4} y={y + 16}>
                {fittingText(name, width - 6)}
              </text>
            )}
          </g>
        );
      })}
    </>
  );
}

/** The pin and the units of one board, from `y` on; the reference's end stands as an outline. */
export function BoardLanes(props: {
  readonly board: BoardAnswer;
  readonly y: number;
  readonly placing: Placing;
  readonly ghostMs: number | undefined;
}) {
  const { board, y, placing, ghostMs } = props;
  const endMs = board.prediction?.latencyMs.value ?? 0;
  const first = y + LANE.head;
  const right = placing.width - 4;
  const ghostX = ghostMs === undefined ? 0 : Math.min(right, xOf(ghostMs, placing));
  return (
    <g>
      <text class="board-name" x={0} y={y + 16}>
        {board.name}
      </text>
      <Pin endMs={endMs} y={first} placing={placing} />
      {board.lanes.map((lane, at) => (
        <Spans key={lane.unit} {...{ board, lane, placing }} y={first + (at + 1) * LANE.row} />
      ))}
      {ghostMs !== undefined && ghostX > LANE.label && (
        <rect
          class="ghost-outline"
          {...{ x: LANE.label, y: first + LANE.row + 1, width: ghostX - LANE.label, height: LANE.row - 2 }}
        />
      )}
    </g>
  );
}
