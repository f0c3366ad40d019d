// Every board that ships, a line each. By its name, so that a bundler leaves out the boards that a page does not name.
export { maixduino } from './maixduino.ts';
export { openmvH7Plus } from './openmv-h7-plus.ts';
