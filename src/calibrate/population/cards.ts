import type { Identity } from '../measurements/row-identity.ts';
import { COVARIANCE_STEP, type CardFlag, type SpeedCard } from '../measurements/speed-card.ts';
import { isEarly } from './early-kernels.ts';
import { flagEffect, SPREADS, type Effect } from './effects.ts';
import { flagWeights, type FittedFlag } from './flag-mixture.ts';
import { tellsFlags } from './flag-parts.ts';
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

/** What is left of a covariance of the classes once the flag behind them is known, and the slopes by it. */
function atKnownFlag(joint: readonly (readonly number[])[]): {
  readonly covariance: number[][];
  readonly slopes: number[];
} {
  const across = joint.at(-1)!;
  const variance = across.at(-1)!;
  const slopes = across.slice(0, -1).map((shared) => shared / variance);
  const covariance = joint
    .slice(0, -1)
    .map((row, a) => row.slice(0, -1).map((value, b) => value - slopes[a] * across[b]));
  return { covariance, slopes };
}

/** The flag of a build, and those of its rows that tell it. */
interface OpenFlag {
  readonly effect: Effect;
  readonly built: readonly ReplayedRow[];
}

function openFlagOf(
  rows: readonly ReplayedRow[],
  { engine, dtype, version }: Identity,
): OpenFlag | undefined {
  const built = rows.filter(
    ({ identity: other, flagLogs }) =>
      flagLogs && other.engine === engine && other.dtype === dtype && other.version === version,
  );
  const effect = built.length > 0 ? flagEffect(built[0], SPREADS) : undefined;
  return effect && { effect, built };
}

function flagOnCard({ effect, built }: OpenFlag, fitted: FittedFlag, slopes: readonly number[]): CardFlag {
  const [, small] = flagWeights(fitted, effect, built);
  return {
    ...{ at: rounded(fitted.at), variance: rounded(fitted.variance), slopes: slopes.map(rounded) },
    ...{ small: rounded(small), tells: built.some(tellsFlags) },
  };
}

/** What the fit says of a class each of a set-up, and of its flag where that is open. */
function speedsOf(
  population: Population,
  identity: Identity,
  open: OpenFlag | undefined,
): Pick<SpeedCard, 'means' | 'covariance' | 'flag'> {
  const runs = OP_CLASSES.map((_, of) => ({
    ...{ identity, network: NETWORK },
    instructions: OP_CLASSES.map((__, index) => (index === of ? 1 : 0)),
  }));
  const { means, covariance } = population.joint(runs, open?.effect);
  const known = open && atKnownFlag(covariance);
  return {
    means: means.slice(0, runs.length).map(rounded),
    covariance: (known?.covariance ?? covariance).flatMap((row, index) =>
      row.slice(index).map((value) => Math.round(value / COVARIANCE_STEP)),
    ),
    ...(known && {
      flag: flagOnCard(open, { at: means.at(-1)!, variance: covariance.at(-1)!.at(-1)! }, known.slopes),
    }),
  };
}

/** The set-ups of a population, but of kernels of another time: networks are counted with those that ship. */
export function speedCards(population: Population): SpeedCard[] {
  const rows = population.rows.filter(
    ({ inferredBy, identity }) => inferredBy === undefined && !isEarly(identity),
  );
  return identitiesOf(rows).map((identity) => {
    const here = rows.filter(
      (row) => row.identity.board === identity.board && engineKey(row.identity) === engineKey(identity),
    );
    return { identity, ...speedsOf(population, identity, openFlagOf(rows, identity)), rows: here.length };
  });
}
