import { definePad } from '../pad.ts';

export const pad = definePad('PAD');
