import { definePad } from '../moves/pad.ts';

export const pad = definePad('PAD');
