/** An import that only MicroPython's module asks for. */
const FINGERPRINT = 'mp_js_random_u32';

/** Emscripten asks for a fifth more memory than it needs, and prints a line where that is denied. */
const GROWTH_MARGIN = 1.2;

export interface Choice {
  /** The module to take; `read` gives the bytes that the package would have taken. */
  readonly choose: (read: () => Promise<Uint8Array>) => Promise<WebAssembly.Module>;
  /** The module's own maximum: requests that come near it are denied without a word. */
  readonly maxMemoryBytes: number;
  /** Asked before a random number is made: true where the interpreter wants something else of the host. */
  readonly onBeat: () => boolean;
}

interface Instantiated<Result> {
  readonly result: Result;
  readonly exports: WebAssembly.Exports;
}

/**
 * Runs `load`, which instantiates MicroPython by itself, and has it take the module that `choose` gives instead. The package has no option for that, so `WebAssembly.instantiate` and
 * `instantiateStreaming` are replaced while it loads; other modules pass through them untouched.
 */
export async function withInstantiation<Result>(
  { choose, maxMemoryBytes, onBeat }: Choice,
  load: () => Promise<Result>,
): Promise<Instantiated<Result>> {
  const before = {
    instantiate: WebAssembly.instantiate,
    instantiateStreaming: WebAssembly.instantiateStreaming,
  };
  let failure: unknown;
  let exports: WebAssembly.Exports | undefined;
  const take = async (read: () => Promise<Uint8Array>, imports: WebAssembly.Imports) => {
    try {
      const module = await choose(read);
      const instance = await before.instantiate(module, hosted(imports, { maxMemoryBytes, onBeat }));
      exports = instance.exports;
      return { module, instance };
    } catch (error) {
      failure = error;
      throw error;
    }
  };
  Object.assign(WebAssembly, replacements(before, take));
  try {
    const result = await load();
    if (!exports) throw new Error('MicroPython was loaded without instantiating its module');
    return { result, exports };
  } catch (error) {
    throw failure ?? error;
  } finally {
    Object.assign(WebAssembly, before);
  }
}

type Take = (
  read: () => Promise<Uint8Array>,
  imports: WebAssembly.Imports,
) => Promise<WebAssembly.WebAssemblyInstantiatedSource>;

type Before = Pick<typeof WebAssembly, 'instantiate' | 'instantiateStreaming'>;

function replacements(before: Before, take: Take): object {
  const instantiate = (source: BufferSource | WebAssembly.Module, imports?: WebAssembly.Imports) =>
    isMicroPython(imports) && !(source instanceof WebAssembly.Module)
      ? take(async () => bytesOf(source), imports)
      : before.instantiate(source as BufferSource, imports);
  const instantiateStreaming = (source: Response | PromiseLike<Response>, imports?: WebAssembly.Imports) =>
    isMicroPython(imports)
      ? take(async () => new Uint8Array(await (await source).arrayBuffer()), imports)
      : before.instantiateStreaming(source, imports);
  return { instantiate, instantiateStreaming };
}

function hosted(
  imports: WebAssembly.Imports,
  { maxMemoryBytes, onBeat }: Pick<Choice, 'maxMemoryBytes' | 'onBeat'>,
): WebAssembly.Imports {
  const random = imports.env[FINGERPRINT] as () => number;
  const mp_js_random_u32 = () => (onBeat() ? 0 : random());
  const grow = imports.env.emscripten_resize_heap as (bytes: number) => boolean;
  const emscripten_resize_heap = (bytes: number) =>
    (bytes >>> 0) * GROWTH_MARGIN <= maxMemoryBytes && grow(bytes);
  return { ...imports, env: { ...imports.env, emscripten_resize_heap, mp_js_random_u32 } };
}

function isMicroPython(imports: WebAssembly.Imports | undefined): imports is WebAssembly.Imports {
  return imports?.env !== undefined && FINGERPRINT in imports.env;
}

function bytesOf(source: BufferSource): Uint8Array {
  return ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
    : new Uint8Array(source);
}
