import { defineBinary } from '../elementwise.ts';

export const add = defineBinary('ADD');
