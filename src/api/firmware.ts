/** Runs MicroPython scripts on a virtual board in the realm that calls. `inferscope/node` brings a guarded thread. */
export type { Frame } from '../firmware/hardware/devices.ts';
export { runGuest, type GuestRequest, type GuestResult, type Picture } from '../firmware/guest/run-guest.ts';
