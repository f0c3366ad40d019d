import { KERNELS_CHOICE } from '../boards/settings/maixpy-choices.ts';
import { parseSettings } from '../boards/settings/all-settings.ts';
import type { KmodelKernels } from '../kernels/kpu/kmodel-layers/kernels.ts';

/** Whose core layers a kmodel runs in under these choices of --set. Throws a SpecError for one that there is not. */
export function kernelsOf(set: string | undefined): KmodelKernels {
  return set !== undefined && parseSettings(set)[KERNELS_CHOICE.key] === 'sdk' ? 'sdk' : 'maixpy';
}
