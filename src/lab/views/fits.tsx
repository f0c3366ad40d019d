import { formatCount, type BoardAnswer } from 'inferscope/experiments';
import { answer } from '../state/lab-store.ts';

function kib(bytes: number): string {
  if (bytes < 1024) return `${formatCount(bytes)} B`;
  const value = bytes / 1024;
  return value < 1024 ? `${value.toFixed(1)} KiB` : `${(value / 1024).toFixed(1)} MiB`;
}

function Parts({ board }: { readonly board: BoardAnswer }) {
  const { fits, parts } = board.prediction!.memory;
  return (
    <table class="bars">
      <caption>
        {board.name} <span class={fits ? 'yes' : 'no'}>{fits ? 'fits' : 'does not fit'}</span>
      </caption>
      <tbody>
        {parts.map(({ name, memory, bytes, availableBytes }) => (
          <tr key={`${name} ${memory}`}>
            <th scope="row" title={`${name} in ${memory}`}>
              {name}
            </th>
            <td class="bar-cell" aria-hidden="true">
              <span
                class="bar unit-memory"
                style={{ width: `${Math.min(100, (100 * bytes) / availableBytes)}%` }}
              />
            </td>
            <td
              class="amount"
              title={`${formatCount(bytes)} of ${formatCount(availableBytes)} bytes of ${memory}`}
            >
              {kib(bytes)} <small>of {kib(availableBytes)}</small>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Whether each board has the room, and what takes it. */
export function Fits() {
  return (
    <section class="card fits" aria-labelledby="fits-title">
      <h2 id="fits-title">Will it fit?</h2>
      {answer.value?.boards.map((board) => board.prediction && <Parts key={board.board} board={board} />)}
    </section>
  );
}
