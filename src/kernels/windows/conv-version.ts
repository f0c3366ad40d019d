import type { Site } from '../../models/formats/tflite/op-versions.ts';
import { isHybrid, isPerChannel } from '../definition/version-rules.ts';

/** Version of a convolution with hybrid or 4-bit weights; undefined leaves the choice to the types. */
export function convVersion(
  site: Site,
  hybrid: readonly [perTensor: number, perChannel: number],
): number | undefined {
  if (isHybrid(site)) return hybrid[Number(isPerChannel(site.inputs[1]))];
  return site.inputs[1]?.dtype === 'int4' ? 7 : undefined;
}
