/** Runs MicroPython scripts on a virtual board in the realm that calls. `inferscope/node` brings a guarded thread. */
export type { Frame } from '../firmware/hardware/devices.ts';
export type { GuestNews } from '../firmware/guest/guest-news.ts';
export type { EdgeColumns } from '../firmware/hardware/session-trace.ts';
export { runGuest, type GuestRequest, type GuestResult, type Picture } from '../firmware/guest/run-guest.ts';
export { scriptFilesOf, type ScriptFiles } from '../firmware/kit-files.ts';
