import { defineBinary } from '../elementwise.ts';

export const maximum = defineBinary('MAXIMUM');
