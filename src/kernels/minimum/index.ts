import { defineBinary } from '../elementwise.ts';

export const minimum = defineBinary('MINIMUM');
