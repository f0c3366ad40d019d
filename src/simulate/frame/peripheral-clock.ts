import { SpecError } from '../../errors.ts';
import type { PeripheralClock } from '../../boards/board/frame-path.ts';
import type { Hz } from '../../units.ts';

/** What dividers make of a source where `askedHz` is asked for. */
const DIVIDED: Readonly<Record<PeripheralClock['divider'], (sourceHz: Hz, askedHz: Hz) => Hz>> = {
  // dvp_sclk of the camera port: source / (2 round(source / (2 asked))).
  rounded: (sourceHz, askedHz) => sourceHz / (2 * Math.max(1, Math.round(sourceHz / (2 * askedHz)))),
  // A divider whose lowest bit is forced to 0.
  even: (sourceHz, askedHz) => sourceHz / Math.max(2, 2 * Math.floor(sourceHz / askedHz / 2)),
  'power of two': (sourceHz, askedHz) =>
    sourceHz / 2 ** Math.max(1, Math.ceil(Math.log2(sourceHz / askedHz))),
};

/** The frequency that a peripheral really runs at. Throws a SpecError unless the one asked for is above 0. */
export function peripheralHz(
  { divider, sourceHz, coreDivider }: PeripheralClock,
  askedHz: Hz,
  coreHz: Hz,
): Hz {
  if (!(askedHz > 0)) throw new SpecError(`a clock must be above 0 Hz, got ${askedHz}`);
  return DIVIDED[divider](sourceHz?.value ?? coreHz / (coreDivider?.value ?? 1), askedHz);
}
