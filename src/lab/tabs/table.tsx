import type { ComponentChildren } from 'preact';

/** A table that scrolls inside of its card, by wheel, finger and keyboard. */
export function Table(props: {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly ComponentChildren[])[];
}) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={props.name}>
      <table class="plain">
        <thead>
          <tr>
            {props.columns.map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((cells, row) => (
            <tr key={row}>
              {cells.map((cell, at) => (
                <td key={at}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
