import type { Identity } from '../measurements/row-identity.ts';
import { COVARIANCE_STEP, type SpeedCard } from '../measurements/speed-card.ts';
import { isEarly } from './early-kernels.ts';
import { OP_CLASSES } from './op-classes.ts';
import type { Population } from './population.ts';
import type { ReplayedRow } from './replayed-rows.ts';
import { engineKey } from './version-order.ts';

/** Significant digits that are kept: far below the doubt. */
const DIGITS = 3;
const rounded = (value: number): number => Number(value.toPrecision(DIGITS));

const NETWORK = 'a network that was not measured';

const keyOf = ({ board, core, version, ...identity }: Identity): string =>
  [board, core, engineKey(identity), version].join(' ');

/** Each set-up of the rows once, and each of core and engine on a board that is not known. */
function identitiesOf(rows: readonly ReplayedRow[]): Identity[] {
  const found = new Map<string, Identity>();
  for (const { identity, row } of rows) {
    if (row.op !== 'model' || row.accelerator !== '' || identity.variant !== '') continue;
    const unknown = { ...identity, board: '', family: '' };
    for (const one of [identity, unknown]) found.set(keyOf(one), one);
  }
  return [...found.values()];
}

/** How far compiler flags are apart by class, on average over the rows of an engine. */
function meanFlagLogs(rows: readonly ReplayedRow[], identity: Identity): readonly number[] | undefined {
  const alike = rows.filter(
    ({ flagLogs, ...row }) => flagLogs && engineKey(row.identity) === engineKey(identity),
  );
  if (alike.length === 0) return undefined;
  return OP_CLASSES.map((_, index) => {
    const known = alike.filter(({ instructions }) => instructions[index] > 0);
    return known.reduce((sum, { flagLogs }) => sum + flagLogs![index], 0) / Math.max(1, known.length);
  });
}

/** The set-ups of a population, but of kernels of another time: networks are counted with those that ship. */
export function speedCards(population: Population): SpeedCard[] {
  const rows = population.rows.filter(
    ({ inferredBy, identity }) => inferredBy === undefined && !isEarly(identity),
  );
  return identitiesOf(rows).map((identity) => {
    const flagLogs = meanFlagLogs(rows, identity);
    const runs = OP_CLASSES.map((_, of) => ({
      ...{ identity, network: NETWORK, ...(flagLogs && { flagLogs }) },
      instructions: OP_CLASSES.map((__, index) => (index === of ? 1 : 0)),
    }));
    const { means, covariance } = population.joint(runs);
    const here = rows.filter(
      (row) => row.identity.board === identity.board && engineKey(row.identity) === engineKey(identity),
    );
    return {
      identity,
      means: means.map(rounded),
      covariance: covariance.flatMap((row, index) =>
        row.slice(index).map((value) => Math.round(value / COVARIANCE_STEP)),
      ),
      rows: here.length,
    };
  });
}
