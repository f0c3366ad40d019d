import { defineUnary } from '../elementwise/elementwise.ts';

export const relu6 = defineUnary('RELU6');
