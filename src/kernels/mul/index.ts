import { defineBinary } from '../elementwise.ts';

export const mul = defineBinary('MUL');
