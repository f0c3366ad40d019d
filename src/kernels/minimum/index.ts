import { defineBinary } from '../elementwise/elementwise.ts';

export const minimum = defineBinary('MINIMUM');
