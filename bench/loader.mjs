// Benches measure what users run: every module of src/ is taken from dist/, as the build made it, and only the benches'
// own modules are compiled here. (A loader for all of TypeScript stays in each thread and wraps each function to keep
// its name: closures become half as slow again, and two workers a tenth slower.)
import { readFile } from 'node:fs/promises';
import { register } from 'node:module';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';

const SRC = new URL('../src/', import.meta.url).href;
const DIST = new URL('../dist/', import.meta.url).href;

export async function resolve(specifier, context, next) {
  const found = await next(specifier, context);
  if (!found.url.startsWith(SRC)) return found;
  return { ...found, url: DIST + found.url.slice(SRC.length).replace(/\.ts$/, '.js'), format: 'module' };
}

export async function load(url, context, next) {
  if (!url.endsWith('.ts')) return next(url, context);
  const { default: typescript } = await import('typescript');
  const { ESNext } = typescript.ModuleKind;
  const compilerOptions = {
    module: ESNext,
    target: typescript.ScriptTarget.ES2023,
    verbatimModuleSyntax: true,
  };
  const text = await readFile(fileURLToPath(url), 'utf8');
  const source = typescript.transpileModule(text, { compilerOptions }).outputText;
  return { format: 'module', source, shortCircuit: true };
}

// Once in the thread that benches; the hooks themselves run in a thread of their own.
if (isMainThread) register(import.meta.url);
