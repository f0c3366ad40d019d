import { serveSweep } from 'inferscope/sweep-worker';

serveSweep();
