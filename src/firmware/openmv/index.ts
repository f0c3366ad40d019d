import type { FirmwareKit } from '../kit.ts';

/** OpenMV: tf, pyb, machine. */
export const OPENMV: FirmwareKit = { id: 'openmv', shims: [], aliases: {}, modules: () => [] };
