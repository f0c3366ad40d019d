import { useState } from 'preact/hooks';
import { elementAt, formatNumber, type TensorValues } from 'inferscope/experiments';

/** Rows and columns that a page can hold as text. */
const [MAX_ROWS, MAX_COLUMNS] = [64, 64];

function Rows({ tensor, channel }: { readonly tensor: TensorValues; readonly channel: number }) {
  const { h, w } = tensor.shape;
  const [rows, columns] = [Math.min(h, MAX_ROWS), Math.min(w, MAX_COLUMNS)];
  return (
    <table>
      <tbody>
        {Array.from({ length: rows }, (_, y) => (
          <tr key={y}>
            <th scope="row">{y}</th>
            {Array.from({ length: columns }, (_unused, x) => (
              <td key={x}>{formatNumber(tensor.stored[elementAt(tensor, y, x, channel)]!, 4)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The stored values of one map as a table, made when it is opened. */
export function ValueTable({ tensor, channel }: { readonly tensor: TensorValues; readonly channel: number }) {
  const [isOpen, setOpen] = useState(false);
  const { h, w, c } = tensor.shape;
  const isCut = h > MAX_ROWS || w > MAX_COLUMNS;
  return (
    <details class="as-table" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        {c > 1 ? `Map ${channel} as a table` : 'The same as a table'}
        {isCut && ', its first values'}
      </summary>
      {isOpen && (
        <div class="scroll" tabIndex={0}>
          <Rows tensor={tensor} channel={channel} />
        </div>
      )}
    </details>
  );
}
