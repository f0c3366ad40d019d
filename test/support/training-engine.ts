import { fileURLToPath } from 'node:url';
import { startTrainingEngine } from '../../src/training/backend.ts';

const WASM_FOLDER = new URL('../../node_modules/@tensorflow/tfjs-backend-wasm/wasm-out/', import.meta.url);

export function startEngineForTests(): Promise<void> {
  return startTrainingEngine(fileURLToPath(WASM_FOLDER));
}
