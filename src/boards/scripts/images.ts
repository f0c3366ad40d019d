import type { Constant } from '../board.ts';

type Prices = Readonly<Record<string, Constant>>;

/** Image, sensor and display functions under MaixPy, in core cycles: `image.resize` a call, `image.resize.pixel` a pixel. */
export const MAIXPY_IMAGE_CALLS: Prices = {};
/** Waits of MaixPy's devices, in ms. */
export const MAIXPY_IMAGE_WAITS: Prices = {};
/** Image and sensor functions under OpenMV, in core cycles. */
export const OPENMV_IMAGE_CALLS: Prices = {};
/** Waits of OpenMV's devices, in ms. */
export const OPENMV_IMAGE_WAITS: Prices = {};
