import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import { loadOptional } from '../optional-package.ts';

/**
 * Starts the engine that trains, with the .wasm files of the package that brings it. Call it once before training.
 * Throws a SpecError where that package is not installed.
 */
export async function startNodeTrainingEngine(): Promise<void> {
  const { startTrainingEngine, TRAINING_ENGINE } = await import('../training/backend.ts');
  const manifest = await loadOptional(TRAINING_ENGINE, () =>
    createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json'),
  );
  await startTrainingEngine(`${dirname(manifest)}${sep}wasm-out${sep}`);
}
