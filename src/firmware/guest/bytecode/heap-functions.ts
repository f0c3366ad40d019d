import { FormatError } from '../../../errors.ts';
import { immediateOf, type FunctionBody, type Instruction } from './function-body.ts';
import { WasmReader } from './wasm-format.ts';
import type { ModuleFunctions } from './wasm-functions.ts';

/** Functions of py/gc.c and of the port's main.c in the build that is known, by index; and where its state lies. */
export interface HeapFunctions {
  /** gc_alloc(bytes, flags). */
  readonly alloc: number;
  /** gc_collect(): the port only notes there that it should collect once no function of C is left. */
  readonly collect: number;
  /** gc_collect_start(), gc_mark_subtree(area, block), gc_collect_end(). */
  readonly start: number;
  readonly mark: number;
  readonly end: number;
  /** Address of mp_state_ctx. */
  readonly state: number;
}

const OP = { call: 0x10, load8: 0x2d, store: 0x36, store8: 0x3a };
/** gc_get_max_new_split: `return 128 * 1024 * 1024`; behind it `gc_collect_pending = true` up to the address (ports/webassembly/main.c). */
const GROWTH_BODY = [0, 0x41, 0x80, 0x80, 0x80, 0xc0, 0, 0x0b];
const COLLECT_BODY = [0, 0x41, 0, 0x41, 1, OP.store8, 0];
/** The allocator asks for a collection by its threshold and when it found no place. */
const LEAST_ALLOCATOR_CALLS = 2;

/** Finds them by what they do; throws a FormatError on a build where one is missing. */
export function findHeapFunctions(module: ModuleFunctions): HeapFunctions {
  const { bodies, imported } = module;
  const at = bodies.findIndex(({ bytes }) => startsWith(bytes, GROWTH_BODY));
  if (at < 0 || !startsWith(bodies[at + 1].bytes, COLLECT_BODY)) return unknownHeap('its collector');
  const collect = imported + at + 1;
  const pending = addressIn(module, collect, OP.store8);
  const topLevel = bodies.findIndex((_, own) =>
    operandsOf(module, imported + own, OP.load8).includes(pending),
  );
  const [start, end] = callsOf(module, imported + topLevel);
  const [mark] = callsOf(module, start);
  const alloc = bodies.findIndex(
    (_, own) =>
      callsOf(module, imported + own).filter((callee) => callee === collect).length >= LEAST_ALLOCATOR_CALLS,
  );
  if (topLevel < 0 || alloc < 0 || [start, end, mark].includes(undefined!))
    return unknownHeap('its allocator');
  return {
    alloc: imported + alloc,
    collect,
    start,
    mark,
    end,
    state: addressIn(module, start, OP.store),
  };
}

function unknownHeap(missing: string): never {
  throw new FormatError(
    `MicroPython's WebAssembly is not the build whose heap is known: ${missing} was not found`,
  );
}

const startsWith = (bytes: Uint8Array | undefined, start: readonly number[]): boolean =>
  bytes !== undefined && start.every((byte, index) => bytes[index] === byte);

/** What each instruction of this kind in a function has: the function called, or the offset of a load or store. */
function operandsOf(module: ModuleFunctions, index: number, wanted: number): number[] {
  const body = module.bodies[index - module.imported];
  const operands: number[] = [];
  for (const instruction of body.instructions)
    if (instruction.opcode === wanted) operands.push(operandOf(body, instruction));
  return operands;
}

function operandOf(body: FunctionBody, instruction: Instruction): number {
  if (instruction.opcode === OP.call) return immediateOf(body, instruction);
  const reader = new WasmReader(body.bytes, instruction.at + 1);
  reader.skipNumber();
  return reader.u32();
}

function callsOf(module: ModuleFunctions, index: number): number[] {
  return operandsOf(module, index, OP.call);
}

function addressIn(module: ModuleFunctions, index: number, opcode: number): number {
  return operandsOf(module, index, opcode)[0] ?? -1;
}
