import { defineBinary } from '../elementwise/elementwise.ts';

export const sub = defineBinary('SUB');
