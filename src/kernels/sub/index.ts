import { defineBinary } from '../elementwise.ts';

export const sub = defineBinary('SUB');
