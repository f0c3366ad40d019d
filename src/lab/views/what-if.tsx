import {
  CURVE_FILTERS,
  formatMs,
  paperOptionsOf,
  withPaperOptions,
  type Curve,
} from 'inferscope/experiments';
import { axisTicks, tickText } from '../scale/axis-ticks.ts';
import { EDGE, filtersAt, HEIGHT, msAt, xAt, yAt, type Frame } from '../scale/curve-frame.ts';
import { LAST_GUESSED } from '../state/guess-line.ts';
import { useDrawing } from '../scale/use-drawing.ts';
import { ask } from '../state/lab-simulation.ts';
import { drawAt, guessable, isDrawing } from '../state/drawn-guess.ts';
import { answer, curves, experiment, listings } from '../state/lab-store.ts';
import { GuessControls, GuessLine, GuessRoom } from './guess-curve.tsx';

const solved = ({ points }: Curve) =>
  points.flatMap(({ filters, latencyMs }) => (latencyMs ? [{ filters, ...latencyMs }] : []));

function CurveLine(props: {
  readonly curve: Curve;
  readonly at: number;
  readonly frame: Frame;
  readonly chosen: number;
  /** The last number of filters that is shown. */
  readonly until: number;
}) {
  const { curve, at, frame, chosen, until } = props;
  const points = solved(curve).filter(({ filters }) => filters <= until);
  const place = (filters: number, ms: number) => `${xAt(filters, frame)},${yAt(ms, frame)}`;
  const band = [
    ...points.map(({ filters, high }) => place(filters, high)),
    ...points.toReversed().map(({ filters, low }) => place(filters, Math.max(0, low))),
  ];
  const now = points.find(({ filters }) => filters === chosen);
  return (
    <g class={`curve line-${at}`}>
      <polygon class="band" points={band.join(' ')} />
      <polyline points={points.map(({ filters, value }) => place(filters, value)).join(' ')} />
      {curve.measured
        .filter(({ filters }) => filters <= until)
        .map(({ filters, pulseMs }) => (
          <circle key={filters} class="measured" cx={xAt(filters, frame)} cy={yAt(pulseMs, frame)} r={4} />
        ))}
      {now && <circle class="now" cx={xAt(chosen, frame)} cy={yAt(now.value, frame)} r={6} />}
    </g>
  );
}

function Grid({ frame, chosen }: { readonly frame: Frame; readonly chosen: number }) {
  const every = frame.width < 420 ? 2 : 1;
  return (
    <g class="axis">
      {axisTicks(frame.topMs, 4).map((ms) => (
        <g key={ms}>
          <line x1={EDGE.left} x2={frame.width - EDGE.right} y1={yAt(ms, frame)} y2={yAt(ms, frame)} />
          <text x={EDGE.left - 6} y={yAt(ms, frame) + 4} text-anchor="end">
            {tickText(ms, frame.topMs)}
          </text>
        </g>
      ))}
      {Array.from({ length: CURVE_FILTERS }, (_, at) => at + 1)
        .filter(
          (filters) =>
            filters === chosen || ((filters - 1) % every === 0 && Math.abs(filters - chosen) >= every),
        )
        .map((filters) => (
          <text
            key={filters}
            class={filters === chosen ? 'chosen' : ''}
            x={xAt(filters, frame)}
            y={HEIGHT - 8}
            text-anchor="middle"
          >
            {filters}
          </text>
        ))}
      <line
        class="here"
        x1={xAt(chosen, frame)}
        x2={xAt(chosen, frame)}
        y1={EDGE.top}
        y2={HEIGHT - EDGE.bottom}
      />
    </g>
  );
}

function CurveTable() {
  return (
    <details class="as-table">
      <summary>The same as a table</summary>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">filters</th>
              {curves.value.map(({ board }) => (
                <th key={board} scope="col">
                  {board}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {Array.from({ length: CURVE_FILTERS }, (_, at) => (
              <tr key={at}>
                <th scope="row">{at + 1}</th>
                {curves.value.map(({ board, points }) => (
                  <td key={board}>
                    {points[at]?.latencyMs ? formatMs(points[at].latencyMs.value) : 'no time'}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

/** A point of the guess: behind what is known, as far as was measured. */
function drawGuess(filters: number, ms: number): void {
  if (filters > guessable.value!.known.filters && filters <= LAST_GUESSED) drawAt(filters, ms);
}

/** Time against filters with its doubt and what was measured; the picture is a slider too. */
export function WhatIf() {
  const { ref, width, svg, xOf, yOf } = useDrawing<HTMLDivElement>();
  const options = paperOptionsOf(experiment.value);
  if (!options || curves.value.length === 0) return null;
  const { filters } = options;
  const topMs =
    1.05 * Math.max(1e-3, ...curves.value.flatMap((curve) => solved(curve).map(({ high }) => high)));
  const frame = { width, topMs };
  const choose = (event: PointerEvent) => {
    if (event.type === 'pointermove' && event.buttons === 0) return;
    const next = filtersAt(xOf(event), frame);
    if (isDrawing.value) return drawGuess(next, msAt(yOf(event), frame));
    if (next !== filters) ask(withPaperOptions(experiment.value, { filters: next }));
  };
  const until = isDrawing.value ? guessable.value!.known.filters : CURVE_FILTERS;
  const shown = answer.value?.boards ?? [];
  const nameOf = (id: string) =>
    shown.find(({ board }) => board === id)?.name ??
    listings.value.boards.find((one) => one.id === id)?.name ??
    id;
  const isMeasured = curves.value.some(({ measured }) => measured.length > 0);
  return (
    <section class="card what-if" aria-labelledby="what-if-title">
      <h2 id="what-if-title">What if: time against filters</h2>
      <div ref={ref} class="curve-picture" onPointerDown={choose} onPointerMove={choose}>
        <svg {...svg(HEIGHT)} role="img" aria-label="Time against filters; the table below has the numbers">
          <Grid frame={frame} chosen={filters} />
          <GuessRoom frame={frame} />
          {curves.value.map((curve, at) => (
            <CurveLine key={curve.board} {...{ curve, at, frame, until }} chosen={filters} />
          ))}
          <GuessLine frame={frame} />
        </svg>
      </div>
      <p class="key line-keys">
        {curves.value.map(({ board }, at) => (
          <span key={board} class="line-key">
            <svg width="28" height="10" aria-hidden="true" class={`curve line-${at}`}>
              <line x1="0" x2="28" y1="5" y2="5" />
            </svg>{' '}
            {nameOf(board)}{' '}
          </span>
        ))}
        <span class="line-key">
          <span class="swatch band-swatch" /> 9 times in 10
        </span>{' '}
        {isMeasured && (
          <span class="line-key">
            <span class="swatch dot-swatch" /> measured by the authors, less their loop's pause
          </span>
        )}
        {!isDrawing.value && <span>Drag in the picture, or press [ and ].</span>}
      </p>
      <GuessControls frame={frame} />
      {!isDrawing.value && <CurveTable />}
    </section>
  );
}
