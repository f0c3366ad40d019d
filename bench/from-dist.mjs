// Benches measure what users run: every module of src/ is taken from dist/, as tsc compiled it. (Loaders of TypeScript
// wrap each function to keep its name, which makes code with closures half as fast again.)
import { register } from 'node:module';
import { isMainThread } from 'node:worker_threads';

const SRC = new URL('../src/', import.meta.url).href;
const DIST = new URL('../dist/', import.meta.url).href;

export async function resolve(specifier, context, next) {
  const found = await next(specifier, context);
  if (!found.url.startsWith(SRC)) return found;
  const path = found.url.slice(SRC.length).replace(/\.ts(\?.*)?$/, '.js');
  return { url: DIST + path, format: 'module', shortCircuit: true };
}

// Once in the thread that benches; the hooks themselves run in a thread of their own.
if (isMainThread) register(import.meta.url);
