import { defineResize } from '../resize.ts';

export const resizeBilinear = defineResize('RESIZE_BILINEAR');
