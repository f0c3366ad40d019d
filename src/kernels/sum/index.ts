import { defineReduce } from '../reduce.ts';

export const sum = defineReduce('SUM');
