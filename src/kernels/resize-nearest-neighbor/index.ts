import { defineResize } from '../resize/resize.ts';

export const resizeNearestNeighbor = defineResize('RESIZE_NEAREST_NEIGHBOR');
