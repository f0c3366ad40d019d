/** The web worker's side of a sweep in a page. */
export { serveSweep, type SweepWorkerOptions } from '../web/sweep-worker.ts';
