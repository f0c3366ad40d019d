import { useSignal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { formatMs, formatNumber, msFromPs } from 'inferscope/experiments';
import type { PinEdge, ScopeReading } from 'inferscope/instruments';
import { Table } from '../table.tsx';
import { loadWorkbench } from './load-workbench.ts';
import { firstPulse, pinEdges } from './pin-edges.ts';
import { ScopePicture } from './scope-picture.tsx';
import { runState } from './script-run.ts';

/** Edges that the instrument is given: its records hold no more. */
const READ_EDGES = 20_000;

/** What the instrument shows of a pin, when a run is over. */
function useReading(edges: readonly PinEdge[]): ScopeReading | undefined {
  const [reading, setReading] = useState<ScopeReading>();
  const isOver = !['starting', 'running'].includes(runState.value);
  useEffect(() => {
    setReading(undefined);
    if (!isOver || edges.length < 2) return;
    void loadWorkbench().then(({ readScope }) => setReading(readScope(edges.slice(0, READ_EDGES))));
  }, [edges, isOver]);
  return reading;
}

function Readings({ pin, reading }: { readonly pin: string; readonly reading: ScopeReading }) {
  return (
    <Table
      name={`Measurements of ${pin}`}
      columns={['measurement', 'shown', 'mean', 'least', 'most', 'exact']}
      rows={reading.measurements.map(({ name, unit, shown, exact }) => [
        ...[name, shown.current, shown.mean, shown.min, shown.max],
        <span key={name} data-exact={exact?.current}>
          {exact ? `${formatNumber(exact.current)} ${unit}` : ''}
        </span>,
      ])}
    />
  );
}

/** An instant to 0.1 us, as far as a reader compares. */
const instant = (ps: number) => `${msFromPs(ps).toFixed(4)} ms`;

/** Both cursors in words: what lies between them. */
function CursorText({ fromPs, toPs }: { readonly fromPs: number; readonly toPs: number }) {
  const betweenPs = Math.abs(toPs - fromPs);
  const hz = betweenPs > 0 ? `${formatNumber(1e3 / msFromPs(betweenPs))} Hz` : 'no frequency';
  return (
    <p data-between-ps={betweenPs}>
      A at {instant(fromPs)}, B at {instant(toPs)}: <strong>{formatMs(msFromPs(betweenPs))}</strong> between
      them, {hz}
    </p>
  );
}

/** Pins of the run on an oscilloscope: zoom, two cursors that step from edge to edge, and its measurements. */
export function Oscilloscope() {
  const pins = [...pinEdges.value].filter(([, edges]) => edges.length > 0);
  const wanted = useSignal<string | undefined>(undefined);
  const busiest = [...pins].sort(([, a], [, b]) => b.length - a.length)[0]?.[0];
  const pin = pins.some(([name]) => name === wanted.value) ? wanted.value! : busiest;
  const edges = pinEdges.value.get(pin ?? '') ?? [];
  const reading = useReading(edges);
  const cursors = useSignal({ fromPs: 0, toPs: 0 });
  const pulse = firstPulse(edges);
  useEffect(() => {
    if (pulse) cursors.value = pulse;
  }, [pin, pulse?.fromPs, pulse?.toPs]);
  if (pin === undefined)
    return <p class="key">No pin has changed its level yet: the oscilloscope has nothing to show.</p>;
  return (
    <section aria-labelledby="scope-title">
      <h3 id="scope-title">Oscilloscope</h3>
      <label>
        Pin{' '}
        <select value={pin} onChange={({ currentTarget }) => (wanted.value = currentTarget.value)}>
          {pins.map(([name, { length }]) => (
            <option key={name} value={name}>
              {name} ({length} edges)
            </option>
          ))}
        </select>
      </label>
      <ScopePicture key={pin} pins={pins} pin={pin} cursors={cursors} />
      <CursorText {...cursors.value} />
      {reading && <Readings pin={pin} reading={reading} />}
    </section>
  );
}
