// Starts the worker from its TypeScript source, where the project runs from its sources.
import { importSource } from '../../dev-entry.mjs';

await importSource(new URL('./guest-worker.ts', import.meta.url).href);
