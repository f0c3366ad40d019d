import type { FirmwareKit } from '../kit.ts';

/** image, sensor and lcd for MaixPy; its `modules` set `hardware.images` and `hardware.display`. */
export const MAIXPY_IMAGES: FirmwareKit = { id: 'maixpy', shims: [], replaces: [], modules: () => [] };

/** image and sensor for OpenMV. */
export const OPENMV_IMAGES: FirmwareKit = { id: 'openmv', shims: [], replaces: [], modules: () => [] };
