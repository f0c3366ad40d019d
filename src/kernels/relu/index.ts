import { defineUnary } from '../elementwise/elementwise.ts';

export const relu = defineUnary('RELU');
