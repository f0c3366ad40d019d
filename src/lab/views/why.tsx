import { formatShortMs, type BoardAnswer } from 'inferscope/experiments';
import { answer, pinned, pointedWhy, reference, selection } from '../state/lab-store.ts';
import { selectedSentence } from './sentence.tsx';
import { Waterfall } from './waterfall.tsx';

const SHOWN = 12;

function kindOf(board: BoardAnswer, unit: string): string {
  return board.lanes.find((lane) => lane.unit === unit || lane.unit.startsWith(`${unit} `))?.kind ?? 'core';
}

function Bars({ board, longestMs }: { readonly board: BoardAnswer; readonly longestMs: number }) {
  const steps = board.explanation?.steps ?? [];
  const other = reference.value?.boards.find((candidate) => candidate.board === board.board);
  const ranked = [...steps].sort((a, b) => b.durationMs - a.durationMs).slice(0, SHOWN);
  const kept = steps.filter((step) => ranked.includes(step));
  const point = (step: number) => (selection.value = { board: board.board, step });
  const widthOf = (ms: number) => `${(100 * ms) / longestMs}%`;
  const beforeMs = (op: string, at: number) =>
    other?.explanation?.steps.find((step, index) => step.op === op && index >= at - 1)?.durationMs;
  return (
    <table class="bars">
      <caption>{board.name}</caption>
      <tbody>
        {kept.map(({ index, op, unit, durationMs }) => {
          const isChosen = selection.value?.board === board.board && selection.value.step === index;
          const ghostMs = beforeMs(op, index);
          return (
            <tr
              key={index}
              class={isChosen ? 'chosen' : ''}
              onMouseEnter={() => point(index)}
              onClick={() => point(index)}
            >
              <th scope="row">
                <button type="button" title={op} onFocus={() => point(index)} aria-pressed={isChosen}>
                  {op}
                </button>
              </th>
              <td class="bar-cell" aria-hidden="true">
                <span class={`bar unit-${kindOf(board, unit)}`} style={{ width: widthOf(durationMs) }} />
                {ghostMs !== undefined && (
                  <span class="ghost" style={{ width: widthOf(Math.min(ghostMs, longestMs)) }} />
                )}
              </td>
              <td class="amount">{formatShortMs(durationMs)}</td>
            </tr>
          );
        })}
      </tbody>
      {steps.length > SHOWN && (
        <tfoot>
          <tr>
            <td colSpan={3}>
              the {SHOWN} longest of {steps.length} steps; all are in the tab Layers
            </td>
          </tr>
        </tfoot>
      )}
    </table>
  );
}

/** Where the time of each board goes, with the sentence of the row that is pointed at. */
export function Why() {
  const boards = answer.value?.boards ?? [];
  const longestMs = Math.max(
    1e-9,
    ...boards.flatMap(({ explanation }) => explanation?.steps.map(({ durationMs }) => durationMs) ?? []),
  );
  if (pinned.value) return <FromPinned boards={boards} />;
  return (
    <section class="card why" aria-labelledby="why-title">
      <h2 id="why-title">Why: where the time goes</h2>
      <p class="pointed" aria-live="polite" tabIndex={0}>
        {selectedSentence() ??
          'Choose a row: this line says what takes the time, and by which rule it runs there.'}
      </p>
      {boards.map(
        (board) => board.explanation && <Bars key={board.board} board={board} longestMs={longestMs} />,
      )}
    </section>
  );
}

/** What led from the pinned answer to the one that stands. */
function FromPinned({ boards }: { readonly boards: readonly BoardAnswer[] }) {
  return (
    <section class="card why" aria-labelledby="why-title">
      <h2 id="why-title">Why: from pinned A to now</h2>
      <p class="pointed" aria-live="polite" tabIndex={0}>
        {pointedWhy.value ??
          'Filled: it adds time. Hollow: it takes some away. Choose a row: this line says what changed.'}
      </p>
      {boards.map((board, at) => (
        <Waterfall key={at} board={board} at={at} />
      ))}
    </section>
  );
}
