import { defineUnary } from '../elementwise/elementwise.ts';

export const leakyRelu = defineUnary('LEAKY_RELU');
