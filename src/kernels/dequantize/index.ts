import { defineUnary } from '../elementwise/elementwise.ts';

export const dequantize = defineUnary('DEQUANTIZE', 'float32');
