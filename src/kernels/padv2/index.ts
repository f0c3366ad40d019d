import { definePad } from '../moves/pad.ts';

export const padv2 = definePad('PADV2');
