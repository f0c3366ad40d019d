import { useEffect, useState } from 'preact/hooks';
import { formatSure } from 'inferscope/experiments';
import { ask, callLab } from '../state/lab-simulation.ts';
import { fileFacts } from '../state/files.ts';
import { experiment, listings } from '../state/lab-store.ts';
import type { BoardTime } from '../worker/predict-service.ts';
import { Table } from './table.tsx';

/** Boards that are asked at once: few enough for the first to be seen soon. */
const AT_ONCE = 6;

/** Times of all boards, which come in a few at a time. */
function useTimes(): readonly BoardTime[] {
  const [times, setTimes] = useState<readonly BoardTime[]>([]);
  const ids = listings.value.boards.map(({ id }) => id);
  const { model, set, floatFc } = experiment.value;
  useEffect(() => {
    let isCurrent = true;
    setTimes([]);
    const askAll = async () => {
      for (let from = 0; from < ids.length && isCurrent; from += AT_ONCE) {
        const some = await callLab((lab) => lab.timesOn(experiment.value, ids.slice(from, from + AT_ONCE)));
        if (isCurrent) setTimes((known) => [...known, ...some]);
      }
    };
    askAll().catch(() => undefined);
    return () => void (isCurrent = false);
  }, [ids.join(), model, JSON.stringify(set), floatFc]);
  return times;
}

function rangeText(latencyMs: NonNullable<BoardTime['latencyMs']>): string {
  const { low, high } = formatSure(latencyMs);
  return `${low} to ${high}`;
}

/** Ends of an axis of factors, in ms. */
interface Axis {
  readonly low: number;
  readonly high: number;
}

function axisOf(times: readonly BoardTime[]): Axis {
  const known = times.flatMap(({ latencyMs }) => (latencyMs ? [latencyMs] : []));
  return { low: Math.min(...known.map(({ low }) => low)), high: Math.max(...known.map(({ high }) => high)) };
}

/** An interval and its middle on an axis of factors. */
function IntervalBar(props: {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly axis: Axis;
}) {
  const { value, low, high, axis } = props;
  const range = Math.log(axis.high / axis.low);
  const at = (ms: number) => `${(100 * Math.log(Math.max(ms, axis.low) / axis.low)) / range}%`;
  return (
    <span class="interval-bar" aria-hidden="true">
      <span class="interval-span" style={{ left: at(low), right: `calc(100% - ${at(high)})` }} />
      <span class="interval-middle" style={{ left: at(value) }} />
    </span>
  );
}

/** The model on every board, the fastest first; those that refuse say why. */
export function BoardTimes() {
  const times = useTimes();
  const nameOf = (id: string) => listings.value.boards.find((board) => board.id === id)?.name ?? id;
  const sorted = [...times].sort(
    (a, b) => (a.latencyMs?.value ?? Infinity) - (b.latencyMs?.value ?? Infinity),
  );
  const axis = axisOf(times);
  const compare = (id: string) =>
    ask({ ...experiment.value, boards: [experiment.value.boards[0] ?? id, id] });
  return (
    <>
      {fileFacts.value.map((fact) => (
        <p key={fact} class="key">
          {fact}
        </p>
      ))}
      <p class="key" data-count={times.length}>
        {times.length} of {listings.value.boards.length} boards have answered.
      </p>
      <Table
        name="Times on all boards"
        columns={['board', 'time', '9 times in 10', 'from fast to slow, by factors', 'fits', 'side by side']}
        rows={sorted.map(({ board, latencyMs, fits, refusal }) => [
          nameOf(board),
          latencyMs ? <span class="no-break">{formatSure(latencyMs).value} ms</span> : 'no time',
          latencyMs ? <span class="no-break">{rangeText(latencyMs)}</span> : (refusal ?? ''),
          latencyMs ? <IntervalBar {...latencyMs} axis={axis} /> : '',
          fits === undefined ? '' : fits ? 'yes' : 'no',
          <button type="button" onClick={() => compare(board)}>
            compare
          </button>,
        ])}
      />
    </>
  );
}
