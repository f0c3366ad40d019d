import { defineUnary } from '../elementwise.ts';

export const dequantize = defineUnary('DEQUANTIZE', 'float32');
