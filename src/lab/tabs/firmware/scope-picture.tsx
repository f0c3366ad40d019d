import type { Signal } from '@preact/signals';
import { useState } from 'preact/hooks';
import { msFromPs, psFromMs } from 'inferscope/experiments';
import type { PinEdge } from 'inferscope/instruments';
import { axisTicks, tickText } from '../../scale/axis-ticks.ts';
import { useWidth } from '../../scale/use-width.ts';
import { firstPulse, neighbour } from './pin-edges.ts';
import { pinPath, xOfPs, type ScopeWindow } from './scope-window.ts';

/** Two instants that the reader compares. */
export interface Cursors {
  readonly fromPs: number;
  readonly toPs: number;
}

type Pins = readonly (readonly [string, readonly PinEdge[]])[];

/** Heights in CSS pixels. */
const [ROW, AXIS] = [34, 20];

function Cursor(props: {
  readonly name: 'A' | 'B';
  readonly atPs: number;
  readonly x: number;
  readonly height: number;
  readonly move: (direction: 1 | -1) => void;
}) {
  const { name, atPs, x, height, move } = props;
  const onKeyDown = (event: KeyboardEvent) => {
    const direction = ({ ArrowRight: 1, ArrowLeft: -1 } as const)[event.key];
    if (direction === undefined) return;
    event.preventDefault();
    move(direction);
  };
  return (
    <g
      class="scope-cursor"
      role="slider"
      tabindex={0}
      aria-label={`Cursor ${name}: arrows step from edge to edge`}
      aria-valuenow={msFromPs(atPs)}
      aria-valuetext={`${msFromPs(atPs)} ms`}
      onKeyDown={onKeyDown}
    >
      <rect x={x - 6} y={0} width={12} height={height} />
      <line x1={x} x2={x} y1={0} y2={height} />
      <text x={x + 3} y={11}>
        {name}
      </text>
    </g>
  );
}

/** The stretch that is shown: at first four times the first period or pulse, then what the reader makes of it. */
function useScopeWindow(edges: readonly PinEdge[]) {
  const [chosen, setChosen] = useState<ScopeWindow>();
  const pulse = firstPulse(edges);
  const lastPs = edges.at(-1)?.atPs ?? 0;
  const periodPs = pulse
    ? (edges.find(({ atPs }) => atPs > pulse.toPs)?.atPs ?? pulse.toPs) - pulse.fromPs
    : lastPs;
  const fromPs = Math.max(0, (pulse?.fromPs ?? 0) - periodPs / 4);
  const window = chosen ?? { fromPs, toPs: fromPs + 3 * Math.max(periodPs, 1) };
  const zoom = (factor: number, middlePs = (window.fromPs + window.toPs) / 2) => {
    const half = (factor * (window.toPs - window.fromPs)) / 2;
    setChosen({ fromPs: Math.max(0, middlePs - half), toPs: Math.max(0, middlePs - half) + 2 * half });
  };
  const shift = (share: number) => {
    const by = Math.max(-window.fromPs, share * (window.toPs - window.fromPs));
    setChosen({ fromPs: window.fromPs + by, toPs: window.toPs + by });
  };
  const all = () => setChosen({ fromPs: 0, toPs: Math.max(1, 1.02 * lastPs) });
  return { window, zoom, shift, all, first: () => setChosen(undefined) };
}

function Buttons({ zoom, shift, all, first }: ReturnType<typeof useScopeWindow>) {
  const BUTTONS = [
    { text: 'Earlier', act: () => shift(-0.5) },
    { text: 'Later', act: () => shift(0.5) },
    { text: 'Zoom in', act: () => zoom(0.5) },
    { text: 'Zoom out', act: () => zoom(2) },
    { text: 'All', act: all },
    { text: 'First pulse', act: first },
  ];
  return (
    <div class="bench-controls">
      {BUTTONS.map(({ text, act }) => (
        <button type="button" key={text} onClick={act}>
          {text}
        </button>
      ))}
    </div>
  );
}

/** Levels of all pins over time, two cursors on the chosen one's edges; a click moves the cursor that is nearer. */
export function ScopePicture(props: {
  readonly pins: Pins;
  readonly pin: string;
  readonly cursors: Signal<Cursors>;
}) {
  const { pins, pin, cursors } = props;
  const [ref, width] = useWidth<HTMLDivElement>();
  const edges = pins.find(([name]) => name === pin)![1];
  const view = useScopeWindow(edges);
  const { window } = view;
  const height = AXIS + ROW * pins.length;
  const spanMs = msFromPs(window.toPs - window.fromPs);
  const step = (key: 'fromPs' | 'toPs') => (direction: 1 | -1) => {
    const next = neighbour(edges, cursors.value[key], direction);
    if (next !== undefined) cursors.value = { ...cursors.value, [key]: next };
  };
  const click = (event: MouseEvent) => {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    const atPs = window.fromPs + ((event.clientX - box.left) / box.width) * (window.toPs - window.fromPs);
    const { fromPs, toPs } = cursors.value;
    const key = Math.abs(atPs - fromPs) <= Math.abs(atPs - toPs) ? 'fromPs' : 'toPs';
    const snapPs = (8 / width) * (window.toPs - window.fromPs);
    const near = edges.find((edge) => Math.abs(edge.atPs - atPs) <= snapPs);
    cursors.value = { ...cursors.value, [key]: near?.atPs ?? Math.round(atPs) };
  };
  const place = (ps: number) => xOfPs(ps, window, width);
  return (
    <div ref={ref}>
      <Buttons {...view} />
      <svg
        class="scope"
        width={width}
        height={height}
        role="group"
        aria-label="Pins over time"
        onClick={click}
      >
        {axisTicks(spanMs, 6).map((ms) => (
          <text
            key={ms}
            class="tick"
            x={Math.min(place(window.fromPs + psFromMs(ms)), width - 46)}
            y={height - 5}
          >
            {tickText(msFromPs(window.fromPs) + ms, msFromPs(window.toPs))}
          </text>
        ))}
        {pins.map(([name, own], row) => (
          <g key={name} transform={`translate(0 ${ROW * row})`}>
            <path class={name === pin ? 'pin chosen' : 'pin'} d={pinPath(own, window, width)} />
            <text class="lane-name" x={2} y={30}>
              {name}
            </text>
          </g>
        ))}
        {(['fromPs', 'toPs'] as const).map((key) => (
          <Cursor
            key={key}
            name={key === 'fromPs' ? 'A' : 'B'}
            atPs={cursors.value[key]}
            x={place(cursors.value[key])}
            height={height - AXIS}
            move={step(key)}
          />
        ))}
      </svg>
    </div>
  );
}
