import { formatSigned, formatSure, type BoardAnswer } from 'inferscope/experiments';
import { ask } from '../state/lab-simulation.ts';
import { answer, experiment, listings, pinned, reference } from '../state/lab-store.ts';

function sinceText(board: BoardAnswer): string {
  const other = reference.value?.boards.find((candidate) => candidate.board === board.board);
  if (!other?.prediction || !board.prediction) return '\u00a0';
  const deltaMs = board.prediction.latencyMs.value - other.prediction.latencyMs.value;
  const decimals = formatSure(board.prediction.latencyMs).value.split('.')[1]?.length ?? 0;
  const name = pinned.value ? `than pinned A (${other.prediction.model})` : 'since your last move';
  if (Math.abs(deltaMs) < 0.5 * 10 ** -decimals)
    return pinned.value ? `same as pinned A (${other.prediction.model})` : 'no change since your last move';
  return `${deltaMs > 0 ? '\u25b2' : '\u25bc'} ${formatSigned(deltaMs, decimals).replace('-', '\u2212')} ms ${name}`;
}

function Time({ board }: { readonly board: BoardAnswer }) {
  if (!board.prediction) {
    return (
      <>
        <p class="big none">no time</p>
        <p class="refusal">{board.refusal}</p>
      </>
    );
  }
  const { latencyMs, toolchainRefuses } = board.prediction;
  const sure = formatSure(latencyMs);
  return (
    <>
      <div class="big-line">
        <p class="big" data-latency-ms={latencyMs.value} data-hash={board.prediction.traceHash}>
          {sure.value} ms
        </p>
        <p class="since">{sinceText(board)}</p>
      </div>
      <p class="interval">
        9 times in 10 between {sure.low} and {sure.high} ms
        {latencyMs.domain === 'extrapolated' && <span title={latencyMs.why}> (extrapolated)</span>}
      </p>
      {toolchainRefuses && <p class="refusal">What if: the real converter refuses {toolchainRefuses.op}.</p>}
    </>
  );
}

function Chooser({ at, chosen }: { readonly at: number; readonly chosen: string }) {
  const boards = listings.value.boards;
  const known = boards.some(({ id }) => id === chosen);
  const choose = (id: string) => {
    const now = experiment.value;
    ask({ ...now, boards: now.boards.map((board, index) => (index === at ? id : board)) });
  };
  return (
    <select
      class="board-choice"
      aria-label={`Board ${at + 1}`}
      value={chosen}
      onChange={(event) => choose(event.currentTarget.value)}
    >
      {!known && <option value={chosen}>{answer.value?.boards[at]?.name ?? chosen}</option>}
      {boards.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}

/** The times of the boards, as large as they matter, with their doubt and what changed. */
export function Numbers() {
  return (
    <section class="numbers" aria-label="Time of one inference" aria-live="polite">
      {answer.value?.boards.map((board, at) => (
        <div class={`number card line-${at}`} key={`${at}`} data-board={board.board}>
          <Chooser at={at} chosen={board.board} />
          <p class="summary" title={board.summary}>
            {board.summary}
          </p>
          <Time board={board} />
        </div>
      ))}
    </section>
  );
}
