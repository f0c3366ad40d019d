// Starts host-worker.ts where TypeScript is not built: Node 20 takes no --import for workers.
import { register } from 'tsx/esm/api';

register();
await import('./host-worker.ts');
