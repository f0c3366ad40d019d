import { expose } from 'comlink';
import { predictService } from './predict-service.ts';

expose(predictService);
