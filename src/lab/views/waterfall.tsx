import { formatSigned, formatShortMs, type BoardAnswer, type DifferenceRow } from 'inferscope/experiments';
import { answer, pinned, pointedWhy } from '../state/lab-store.ts';
import { useComputed } from '../state/use-asked.ts';

const AMOUNT_DECIMALS = 3;

function amountOf({ kind, fromMs, toMs }: DifferenceRow): string {
  return kind === 'total' ? formatShortMs(toMs) : `${formatSigned(toMs - fromMs, AMOUNT_DECIMALS)} ms`;
}

function Row({
  row,
  topMs,
  name,
}: {
  readonly row: DifferenceRow;
  readonly topMs: number;
  readonly name: string;
}) {
  const { label, kind, fromMs, toMs, why } = row;
  const [low, high] = [Math.min(fromMs, toMs), Math.max(fromMs, toMs)];
  const share = (ms: number) => `${(100 * ms) / topMs}%`;
  const point = () => (pointedWhy.value = why === '' ? undefined : `${label}: ${why}.`);
  return (
    <tr class={`step-${kind}`} onMouseEnter={point} onClick={point} data-delta-ms={toMs - fromMs}>
      <th scope="row">
        <button type="button" title={why} onFocus={point}>
          {kind === 'total' ? name : label}
        </button>
      </th>
      <td class="bar-cell" aria-hidden="true">
        <span class="stair" style={{ left: share(low), width: share(high - low) }} />
      </td>
      <td class="amount">{amountOf(row).replace('-', '\u2212')}</td>
    </tr>
  );
}

/** From the pinned answer to the one that stands, layer by layer, on the board of one place. */
export function Waterfall({ board, at }: { readonly board: BoardAnswer; readonly at: number }) {
  const from = pinned.value;
  const other = from?.boards[at];
  const asked = other && {
    from: { experiment: from.experiment, board: other.board },
    to: { experiment: answer.value!.experiment, board: board.board },
  };
  const { value, error } = useComputed(asked && JSON.stringify(asked), (lab) =>
    lab.difference(asked!.from, asked!.to),
  );
  if (!other) return null;
  const topMs = Math.max(1e-9, ...(value ?? []).map(({ fromMs, toMs }) => Math.max(fromMs, toMs)));
  const nameOf = (isLast: boolean) =>
    `${isLast ? 'now' : 'A'}: ${(isLast ? board : other).prediction?.model ?? ''}`;
  return (
    <table class="bars waterfall" data-board={board.board}>
      <caption>{other.board === board.board ? board.name : `${other.name} to ${board.name}`}</caption>
      <tbody>
        {error !== undefined && (
          <tr>
            <td class="refusal">{error}</td>
          </tr>
        )}
        {value?.map((row, index) => (
          <Row key={index} row={row} topMs={topMs} name={nameOf(index > 0)} />
        ))}
      </tbody>
    </table>
  );
}
