import type { PosteriorData } from '../calibrated.ts';

export const POSTERIOR: PosteriorData = { values: [11000,34.3,31,20,18,60,30,6,9,0.68,54,2800,1.025], covariance: Array.from({length:13},(_,i)=>Array.from({length:13},()=>0)), residualMs: 0.03 };
