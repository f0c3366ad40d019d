import { definePool } from '../windows/pool.ts';

export const averagePool2d = definePool('AVERAGE_POOL_2D');
