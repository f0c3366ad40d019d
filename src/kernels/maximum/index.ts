import { defineBinary } from '../elementwise/elementwise.ts';

export const maximum = defineBinary('MAXIMUM');
