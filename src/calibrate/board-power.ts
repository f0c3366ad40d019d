import { identityOf } from './measurements/row-identity.ts';
import { PUBLISHED_ROWS } from './measurements/published-rows.ts';
import { readMeasuredRows } from './population/measured-rows.ts';

/**
 * Mean power of a board while it infers, in mW (uJ a ms): the median of the published rows of whole networks that print an
 * energy and a time, all engines and networks together (data/measured.csv); undefined where there is none.
 */
export function boardPowerMw(boardId: string): number | undefined {
  const powersMw = readMeasuredRows(PUBLISHED_ROWS)
    .filter((row) => row.op === 'model' && !Number.isNaN(row.energyUj) && !Number.isNaN(row.latencyMs))
    .filter((row) => identityOf(row).board === boardId)
    .map(({ energyUj, latencyMs }) => energyUj / latencyMs)
    .sort((a, b) => a - b);
  if (powersMw.length === 0) return undefined;
  const middle = powersMw.length >> 1;
  return powersMw.length % 2 === 1 ? powersMw[middle] : (powersMw[middle - 1] + powersMw[middle]) / 2;
}
