import { definePad } from '../pad.ts';

export const padv2 = definePad('PADV2');
