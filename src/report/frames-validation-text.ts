import type { FramesValidation } from '../calibrate/frames/validate-frames.ts';
import { formatSigned } from './format.ts';
import { formatTable } from './table.ts';
import { formatGates } from './validation-text.ts';

const right = (title: string) => ({ title, align: 'right' as const });

/** Rows that are replayed with their errors, the others with the reason, and the bar. */
export function formatFramesValidation({ rows, replayed, met, gates }: FramesValidation): string {
  const table = rows.flatMap(({ id, measured, predicted, errorPercent, steps, isMet }) =>
    predicted === null
      ? []
      : [
          [
            ...[id, measured.toFixed(2), predicted.toFixed(2), formatSigned(errorPercent!, 1)],
            ...[`${steps!.simulated}`, `${steps!.measured}`, isMet ? '' : 'MISSED'],
          ],
        ],
  );
  const others = rows.filter(({ why }) => why !== '').map(({ id, why }) => [id, why]);
  return [
    `Published rates of camera loops, frames a second: ${met} of ${replayed} replayed rows met`,
    formatTable(
      [
        ...[{ title: 'row' }, right('measured'), right('simulated'), right('error %')],
        ...[right('sensor frames'), right('measured'), { title: '' }],
      ],
      table,
    ),
    '',
    formatTable([{ title: 'not replayed' }, { title: 'because' }], others),
    '',
    formatGates(gates),
  ].join('\n');
}
