import { defineReduce } from '../reduce/reduce.ts';

export const mean = defineReduce('MEAN');
