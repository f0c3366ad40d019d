import { defineReduce } from '../reduce.ts';

export const mean = defineReduce('MEAN');
