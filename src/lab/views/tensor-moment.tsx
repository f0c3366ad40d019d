import { useRef } from 'preact/hooks';
import { paperOptionsOf } from 'inferscope/experiments';
import { answer, cursorMs, experiment, selection, type Selection } from '../state/lab-store.ts';
import { isSeen, seenNow, seenVersion } from '../state/pad-ink.ts';
import { useComputed } from '../state/use-asked.ts';
import { resourceText } from '../worker/lab-resource.ts';
import { stepAtMs } from './moment.ts';
import { TensorPicture } from './tensor-picture.tsx';

/** Steps that the reader looks at: of the moment under the cursor, or of the row that was chosen after it. */
function useWatched(): readonly Selection[] {
  const last = useRef({ ms: cursorMs.value, chosen: selection.value, isChosen: false });
  const [ms, chosen] = [cursorMs.value, selection.value];
  if (ms !== last.current.ms) last.current = { ms, chosen, isChosen: false };
  else if (chosen !== last.current.chosen) last.current = { ms, chosen, isChosen: true };
  if (chosen && last.current.isChosen) return [chosen];
  if (ms === undefined) return chosen ? [chosen] : [];
  const boards = answer.value?.boards ?? [];
  return boards.flatMap((board) =>
    board.prediction ? [{ board: board.board, step: Math.max(0, stepAtMs(board, ms)) }] : [],
  );
}

function AtStep({ at }: { readonly at: Selection }) {
  const isFile = paperOptionsOf(experiment.value) === undefined;
  const key = `${seenVersion.value} ${JSON.stringify([experiment.value, at])}`;
  const { value, error } = useComputed(key, async (lab) =>
    lab.tensorAt(experiment.value, at, seenNow(isFile), await resourceText('weights.json')),
  );
  if (error !== undefined) return <p class="refusal">{error}</p>;
  return value ? <TensorPicture board={value.board} tensor={value.tensor} /> : null;
}

/** What the network has computed at the moment that the reader looks at, value by value. */
export function TensorMoment() {
  const watched = useWatched();
  if (!isSeen()) {
    return (
      <p class="key">
        Draw a digit, or press Example: each form of the network names it, and its values stand here.
      </p>
    );
  }
  return (
    <div class="tensors">
      <h3>Values at the cursor of time</h3>
      {watched.length === 0 && <p class="key">Point at When, or choose a row of Why.</p>}
      <div class="tensor-row">
        {watched.map((at) => (
          <AtStep key={at.board} at={at} />
        ))}
      </div>
    </div>
  );
}
