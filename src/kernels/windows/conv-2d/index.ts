import { byInput } from '../../definition/kernel.ts';
import { prepareConv2dFloat32 } from './float32.ts';
import { prepareConv2dInteger } from './int8.ts';
import { CONV_2D } from './conv-2d-facts.ts';

/** CONV_2D with its arithmetic. */
export const conv2d = { ...CONV_2D, prepare: byInput(0, prepareConv2dFloat32, prepareConv2dInteger) };
