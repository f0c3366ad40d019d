import * as tf from '@tensorflow/tfjs-core';
import { loadOptional, type OptionalPart } from '../optional-package.ts';

/** What training needs beside tfjs-core. */
export const TRAINING_ENGINE: OptionalPart = {
  feature: 'training',
  packages: ['@tensorflow/tfjs-backend-wasm@4.22.0'],
};

let started: Promise<void> | undefined;

/**
 * Starts the engine that trains: tfjs on its WebAssembly backend, one thread, so that the same seed gives the same
 * bytes. `wasmFolder` is where the backend's .wasm files lie: a path with a closing slash in Node, a URL in a page.
 * Call it once before training. Throws a SpecError where the backend's package is not installed.
 */
export function startTrainingEngine(wasmFolder: string): Promise<void> {
  return (started ??= start(wasmFolder));
}

async function start(wasmFolder: string): Promise<void> {
  const { setWasmPaths } = await loadOptional(TRAINING_ENGINE, () => import('@tensorflow/tfjs-backend-wasm'));
  setWasmPaths(wasmFolder);
  await tf.setBackend('wasm');
  await tf.ready();
}
