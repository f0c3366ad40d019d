import { defineResize } from '../resize/resize.ts';

export const resizeBilinear = defineResize('RESIZE_BILINEAR');
