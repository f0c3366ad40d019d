import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';

/** Starts the engine that trains, with the .wasm files of the package that brings it. Call it once before training. */
export async function startNodeTrainingEngine(): Promise<void> {
  const { startTrainingEngine } = await import('../training/backend.ts');
  const manifest = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json');
  await startTrainingEngine(`${dirname(manifest)}${sep}wasm-out${sep}`);
}
