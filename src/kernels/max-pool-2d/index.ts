import { definePool } from '../windows/pool.ts';

export const maxPool2d = definePool('MAX_POOL_2D');
