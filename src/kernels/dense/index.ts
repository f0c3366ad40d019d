import { byInput } from '../definition/kernel.ts';
import { prepareFullyConnectedFloat32 } from './float32.ts';
import { prepareFullyConnectedInteger } from './int8.ts';
import { FULLY_CONNECTED } from './dense-facts.ts';

/** FULLY_CONNECTED with its arithmetic. */
export const fullyConnected = {
  ...FULLY_CONNECTED,
  prepare: byInput(0, prepareFullyConnectedFloat32, prepareFullyConnectedInteger),
};
