import { expect, test } from 'vitest';
import { withInstantiation } from './instantiation.ts';

/** `(module)` with nothing in it. */
const EMPTY = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
const OURS = { env: { mp_js_random_u32: () => 0, emscripten_resize_heap: () => false } };
const MAX = { maxMemoryBytes: 2 ** 20, onBeat: () => false };
const asResponse = () => new Response(EMPTY, { headers: { 'content-type': 'application/wasm' } });

test('a module that streams in, as in a browser, is handed over as bytes and replaced', async () => {
  const seen: number[][] = [];
  const choose = async (read: () => Promise<Uint8Array>) => {
    seen.push([...(await read())]);
    return WebAssembly.compile(EMPTY);
  };
  const load = () => WebAssembly.instantiateStreaming(Promise.resolve(asResponse()), OURS);
  const { result, exports } = await withInstantiation({ ...MAX, choose }, load);
  expect(seen).toEqual([[...EMPTY]]);
  expect(result.instance.exports).toBe(exports);
});

test('other modules that load meanwhile pass through untouched', async () => {
  let other: WebAssembly.WebAssemblyInstantiatedSource | undefined;
  const choose = () => WebAssembly.compile(EMPTY);
  const load = async () => {
    other = await WebAssembly.instantiate(EMPTY, {});
    await WebAssembly.instantiate(EMPTY, OURS);
  };
  const { exports } = await withInstantiation({ ...MAX, choose }, load);
  expect(other?.instance.exports).not.toBe(exports);
});
