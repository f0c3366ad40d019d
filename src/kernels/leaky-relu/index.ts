import { defineUnary } from '../elementwise.ts';

export const leakyRelu = defineUnary('LEAKY_RELU');
