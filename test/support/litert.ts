import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';
import type { CompiledModel, Tensor } from '@litertjs/core';

/** Inputs and outputs of the reference interpreter. */
export type LiteRtArray = Float32Array | Int32Array | Uint8Array;

/** A model that the reference interpreter has opened; outputs in the order of the file. */
export interface LiteRtModel {
  run(inputs: readonly { data: LiteRtArray; shape: readonly number[] }[]): Promise<LiteRtArray[]>;
}

const require = createRequire(import.meta.url);
const WASM_FOLDER = fileURLToPath(new URL('../../node_modules/@litertjs/core/wasm/', import.meta.url));

let loading: Promise<typeof import('@litertjs/core')> | undefined;

// LiteRT.js is made for pages: in plain Node it needs the names of a worker's global scope.
function pretendWorker(): void {
  const scope = globalThis as unknown as Record<string, unknown>;
  scope['self'] = globalThis;
  scope['require'] = require;
  scope['importScripts'] = (path: string) => {
    const text = readFileSync(path, 'utf8');
    const wrapped = `(function (require, __filename, __dirname) {${text}\nreturn ModuleFactory;\n})`;
    scope['ModuleFactory'] = vm.runInThisContext(wrapped, { filename: path })(require, path, WASM_FOLDER);
  };
}

async function loadLibrary(): Promise<typeof import('@litertjs/core')> {
  pretendWorker();
  const library = await import('@litertjs/core');
  await library.loadLiteRt(WASM_FOLDER);
  return library;
}

/**
 * Opens a .tflite with LiteRT.js, the reference interpreter with XNNPACK, which this project did not write. It takes
 * float32, int32 and uint8 at the ends only, and may differ by one step in int8. Throws where it refuses the file.
 */
export async function openLiteRt(bytes: Uint8Array): Promise<LiteRtModel> {
  const library = await (loading ??= loadLibrary());
  const model: CompiledModel = await library.loadAndCompile(bytes, { accelerator: 'wasm' });
  return {
    async run(inputs) {
      const tensors = inputs.map(
        ({ data, shape }) => new library.Tensor(data as Float32Array<ArrayBuffer>, [...shape]),
      );
      const outputs = (await model.run(tensors)) as Tensor[];
      return Promise.all(outputs.map(async (output) => (await output.data()).slice() as LiteRtArray));
    },
  };
}
