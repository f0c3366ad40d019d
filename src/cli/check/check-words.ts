import { formatCount, formatMs, formatNumber, formatPercent, formatSigned } from '../../report/format.ts';
import type { Move } from '../../report/explanation/step-moves.ts';
import type { LimitName } from './budget-file.ts';
import type { Checked, CheckReport, Verdict } from './check-results.ts';

const NAMES: Readonly<Record<LimitName, string>> = {
  latencyMs: 'latency',
  latencyHighMs: 'latency, upper end',
  latencyGrowthPercent: 'growth since the baseline',
  flashBytes: 'flash',
  arenaBytes: 'arena',
  ramBytes: 'RAM',
  energyUj: 'energy',
  accuracy: 'accuracy',
  noLayerOnCore: 'no layer on the core',
  fits: 'fits',
};

const SHARE = 100;

/** The name of a limit as a person reads it. */
export const limitName = ({ limit }: Verdict): string => NAMES[limit];

/** A value of a limit with its unit. */
export function limitValue(limit: LimitName, value: number): string {
  if (limit.endsWith('Ms')) return formatMs(value);
  if (limit.endsWith('Bytes')) return `${formatCount(value)} bytes`;
  if (limit === 'energyUj') return `${formatNumber(value)} uJ`;
  if (limit === 'accuracy') return formatPercent(SHARE * value);
  if (limit === 'latencyGrowthPercent') return `${formatSigned(value, 2)} %`;
  return formatCount(value);
}

/** "5.000 ms", or "yes" for a switch. */
export const allowedOf = ({ limit, allowed }: Verdict): string =>
  allowed === true ? 'yes' : limitValue(limit, allowed);

export function valueOfVerdict({ limit, value, allowed }: Verdict): string {
  if (allowed !== true) return limitValue(limit, value);
  return value === 0 ? 'yes' : `no: ${value}`;
}

/** "CONV_2D (op 3) +0.120 ms: 40 MACs instead of 20 (growth)". */
export function describeMove({ what, deltaMs, deltaBytes, causes }: Move): string {
  const bytes = deltaBytes === 0 ? '' : `, ${formatSigned(deltaBytes, 0)} bytes`;
  const why = causes.map(({ text, rule }) => `${text} (${rule})`).join('; ');
  return `${what} ${formatSigned(deltaMs, 4)} ms${bytes}${why === '' ? '' : `: ${why}`}`;
}

/** How a model on a board stands: what is the worst of its verdicts. */
export function stateOf({ refused, verdicts }: Checked): 'refused' | 'over' | 'holds' {
  if (refused !== undefined) return 'refused';
  return verdicts.every(({ holds }) => holds) ? 'holds' : 'over';
}

export const titleOf = ({ model, board, options }: Checked): string =>
  `${model} on ${board}${options === undefined ? '' : ` (${options})`}`;

/** One line on the whole report. */
export function summarize({ checked }: CheckReport): string {
  const count = (state: string) => checked.filter((one) => stateOf(one) === state).length;
  const parts = [
    `${count('holds')} of ${checked.length} within budget`,
    ...(count('over') > 0 ? [`${count('over')} over`] : []),
    ...(count('refused') > 0 ? [`${count('refused')} refused`] : []),
  ];
  return parts.join(', ');
}
