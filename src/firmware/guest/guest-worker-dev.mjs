// Starts the worker from its TypeScript source, where the project runs from its sources.
import { register } from 'tsx/esm/api';

register();
await import('./guest-worker.ts');
