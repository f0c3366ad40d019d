import { SpecError } from '../errors.ts';

type Args = Readonly<Record<string, unknown>>;

/** Keys of --set beside the options that say the same. A switch that is off says nothing. */
const ALIASES: Readonly<Record<string, string>> = {
  kernels: 'kernels',
  weightsIn: 'weights',
  floatFc: 'ncc.floatFc',
  copyOut: 'kpu.copyOut',
};

const keyOf = (part: string): string => part.split('=')[0].trim();

/** Keys that aliases set: `--clock core=240MHz` sets clocks.core. */
function aliasedKeys(args: Args): string[] {
  const said = Object.entries(ALIASES).filter(([name]) => args[name] !== undefined && args[name] !== false);
  const clocks = typeof args.clock === 'string' ? args.clock.split(/[,+]/) : [];
  return [...said.map(([, key]) => key), ...clocks.map((part) => `clocks.${keyOf(part)}`)];
}

/**
 * What --set says without what its aliases say, which hold where both are given; undefined where nothing is left. Throws a
 * SpecError for a key that is there twice.
 */
export function settingsInForce(args: Args): string | undefined {
  if (typeof args.set !== 'string') return undefined;
  const parts = args.set.split(',');
  const keys = parts.map(keyOf);
  const twice = keys.find((key, at) => key !== '' && keys.indexOf(key) !== at);
  if (twice !== undefined) throw new SpecError(`--set: ${twice} is there twice; leave one of them`);
  const aliased = aliasedKeys(args);
  const left = parts.filter((part) => !aliased.includes(keyOf(part)));
  return left.length === 0 ? undefined : left.join(',');
}
