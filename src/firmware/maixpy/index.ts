import type { FirmwareKit } from '../kit.ts';

/** MaixPy: KPU, Maix.GPIO, fpioa_manager, board and what MicroPython of that age called utime and uos. */
export const MAIXPY: FirmwareKit = { id: 'maixpy', shims: [], aliases: {}, modules: () => [] };
