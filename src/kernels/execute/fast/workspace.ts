import { bytesFromBase64 } from '../../../base64.ts';
import { SIMD_WASM_BASE64 } from './simd-wasm.ts';

/** Functions of the module; arguments are byte offsets into its memory. */
export interface SimdExports {
  conv(block: number, input: number, out: number): void;
  depthwise(block: number, input: number, out: number): void;
  convFloats(block: number, input: number, out: number): void;
  depthwiseFloats(block: number, input: number, out: number): void;
  add(block: number, a: number, b: number, out: number, elements: number): void;
  addFloats(block: number, a: number, b: number, out: number, elements: number): void;
  lookUp(table: number, from: number, out: number, elements: number): void;
  lookUpWords(table: number, from: number, out: number, elements: number): void;
  quantize(block: number, from: number, out: number, elements: number): void;
  clampFloats(block: number, from: number, out: number, elements: number): void;
  poolBytes(block: number, input: number, out: number): void;
  poolFloats(block: number, input: number, out: number): void;
  sumBytes(from: number, count: number, width: number, out: number): void;
  sumFloats(from: number, count: number, width: number, out: number): void;
  placeRows(
    ...args: [
      table: number,
      rows: number,
      rowBytes: number,
      from: number,
      out: number,
      bytes: number,
      value: number,
    ]
  ): void;
}

const PAGE_BYTES = 65536;
/** Kernels load whole vectors, up to this far past the end of an array. */
const SLACK_BYTES = 64;
/** The first bytes stay unused, so that no array lies at 0. */
const FIRST_OFFSET = 1024;

let compiled: WebAssembly.Module | undefined | 'unsupported';

// Old browsers refuse to compile more than 4 KiB on a page's main thread at once, with a RangeError.
function tryCompile(bytes: Uint8Array<ArrayBuffer>): WebAssembly.Module | 'unsupported' {
  if (!WebAssembly.validate(bytes)) return 'unsupported';
  try {
    return new WebAssembly.Module(bytes);
  } catch (error) {
    if (error instanceof RangeError) return 'unsupported';
    throw error;
  }
}

function compile(): WebAssembly.Module | undefined {
  compiled ??= tryCompile(bytesFromBase64(SIMD_WASM_BASE64));
  return compiled === 'unsupported' ? undefined : compiled;
}

/**
 * The memory of one executor's fast kernels: packed weights, parameters, scratch and the tensors themselves. Reserved
 * once, before the tensors are laid over it; fresh memory is zero.
 */
export class Workspace {
  readonly exports: SimdExports;
  readonly #memory: WebAssembly.Memory;
  #end = FIRST_OFFSET;

  constructor(module: WebAssembly.Module) {
    this.#memory = new WebAssembly.Memory({ initial: 1 });
    const instance = new WebAssembly.Instance(module, { env: { memory: this.#memory } });
    this.exports = instance.exports as unknown as SimdExports;
  }

  /** Byte offset of so many new bytes, a multiple of 16. Views over the memory made before are lost. */
  reserve(bytes: number): number {
    const offset = this.#end;
    this.#end = Math.ceil((offset + bytes) / 16) * 16;
    const missing = this.#end + SLACK_BYTES - this.#memory.buffer.byteLength;
    if (missing > 0) this.#memory.grow(Math.ceil(missing / PAGE_BYTES));
    return offset;
  }

  /** Byte offset of a copy of the values. */
  store(values: Int32Array | Int16Array | Int8Array | Float32Array): number {
    const offset = this.reserve(values.byteLength);
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    new Uint8Array(this.#memory.buffer).set(bytes, offset);
    return offset;
  }

  get buffer(): ArrayBuffer {
    return this.#memory.buffer;
  }
}

/** A fresh workspace, or undefined where the host has no WebAssembly with SIMD. */
export function createWorkspace(): Workspace | undefined {
  if (typeof WebAssembly === 'undefined') return undefined;
  const module = compile();
  return module && new Workspace(module);
}
