import { defineUnary } from '../elementwise.ts';

export const relu = defineUnary('RELU');
