import { defineBinary } from '../elementwise/elementwise.ts';

export const add = defineBinary('ADD');
