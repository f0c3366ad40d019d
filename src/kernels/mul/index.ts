import { defineBinary } from '../elementwise/elementwise.ts';

export const mul = defineBinary('MUL');
