import { useEffect, useState } from 'preact/hooks';
import { formatMs, formatNumber } from 'inferscope/experiments';
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

/** The model on every board, the fastest first; those that refuse say why. */
export function BoardTimes() {
  const times = useTimes();
  const nameOf = (id: string) => listings.value.boards.find((board) => board.id === id)?.name ?? id;
  const sorted = [...times].sort(
    (a, b) => (a.latencyMs?.value ?? Infinity) - (b.latencyMs?.value ?? Infinity),
  );
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
        columns={['board', 'time', '9 times in 10', 'fits', 'side by side']}
        rows={sorted.map(({ board, latencyMs, fits, refusal }) => [
          nameOf(board),
          latencyMs ? formatMs(latencyMs.value) : 'no time',
          latencyMs ? `${formatNumber(latencyMs.low)} to ${formatNumber(latencyMs.high)}` : (refusal ?? ''),
          fits === undefined ? '' : fits ? 'yes' : 'no',
          <button type="button" onClick={() => compare(board)}>
            compare
          </button>,
        ])}
      />
    </>
  );
}
