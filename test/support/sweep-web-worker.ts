/** The web worker of the test of sweeps in a page, as a user would write it. */
import { serveSweep } from '../../src/web/sweep-worker.ts';

serveSweep();
