import { defineReduce } from '../reduce/reduce.ts';

export const sum = defineReduce('SUM');
