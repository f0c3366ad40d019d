import { defineResize } from '../resize.ts';

export const resizeNearestNeighbor = defineResize('RESIZE_NEAREST_NEIGHBOR');
