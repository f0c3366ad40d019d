import { expose } from 'comlink';
import { createSweepService } from './service.ts';

expose(createSweepService());
